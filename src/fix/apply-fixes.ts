import type { Fix } from '../base/diagnostic.ts';
import { withEdits, type TextEdit } from '../base/with-edits.ts';

/** Two edits of one place, or one that begins where the other does, would undo each other. */
function meet(a: TextEdit, b: TextEdit): boolean {
  return a.start === b.start || (a.start < b.end && b.start < a.end);
}

/** A comment that a fix would take away is the author's, and may be a suppression. */
function takesComment(text: string, { start, end }: TextEdit): boolean {
  return /(?:^|\s)#[^\n]*\n/.test(text.slice(start, end));
}

/** Finds the first edit that does not begin before the offset; they are in order and apart. */
function indexAt(edits: readonly TextEdit[], offset: number): number {
  let low = 0;
  let high = edits.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((edits[middle]?.start ?? 0) < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

function hasRoom(edits: readonly TextEdit[], edit: TextEdit): boolean {
  const index = indexAt(edits, edit.start);
  const [before, after] = [edits[index - 1], edits[index]];
  return !(before && meet(before, edit)) && !(after && meet(after, edit));
}

/**
 * Applies fixes to the text that they were made for; all else stays byte for byte.
 *
 * A fix is applied wholly or not at all: of two that touch one place the first one in the list wins, and one that would
 * take a comment away is left out. New lines end as
 * the lines of the text do.
 */
export function applyFixes<T extends { readonly fix: Fix }>(
  text: string,
  fixes: readonly T[],
): { readonly text: string; readonly applied: readonly T[] } {
  const lineEnd = text.includes('\r\n') ? '\r\n' : '\n';
  const accepted: TextEdit[] = [];
  const applied: T[] = [];
  for (const one of fixes) {
    const edits = one.fix.edits.map(({ at, text: put }) => ({
      start: at.start,
      end: at.end,
      text: put.replaceAll(/\r?\n/g, lineEnd),
    }));
    const apart = edits.every((edit, index) => !edits.slice(0, index).some((other) => meet(edit, other)));
    if (!apart || edits.some((edit) => takesComment(text, edit) || !hasRoom(accepted, edit))) continue;
    for (const edit of edits) accepted.splice(indexAt(accepted, edit.start), 0, edit);
    applied.push(one);
  }
  return { text: withEdits(text, accepted), applied };
}
