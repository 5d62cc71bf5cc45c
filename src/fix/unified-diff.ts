/** Lines that stand on both sides, by their index on each. */
type Match = readonly [before: number, after: number];

/** Unit: lines shown around a change. */
const context = 3;

/** Unit: windows within windows; what lies deeper is shown as replaced, so that no text exhausts the stack. Our choice. */
const deepest = 200;

/**
 * Writes the difference of two texts as a unified diff; empty where they are equal.
 *
 * Lines are matched by those that are unique on both sides, so that the work stays near linear; a diff is not always the
 * shortest one.
 * Source: POSIX diff, "Diff -u or -U Output Format".
 */
export function unifiedDiff(name: string, before: string, after: string): string {
  if (before === after) return '';
  const [a, b] = [linesOf(before), linesOf(after)];
  const matches: Match[] = [];
  match(a, b, [0, a.length, 0, b.length], matches, 0);
  const hunks = hunksOf(matches, a.length, b.length).map((hunk) => hunkText(hunk, a, b));
  return `--- a/${name}\n+++ b/${name}\n${hunks.join('')}`;
}

/** Each line with its end, so that a change of line ends alone is a change. */
function linesOf(text: string): readonly string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

type Window = readonly [aStart: number, aEnd: number, bStart: number, bEnd: number];

function match(
  a: readonly string[],
  b: readonly string[],
  window: Window,
  matches: Match[],
  depth: number,
): void {
  let [aStart, aEnd, bStart, bEnd] = window;
  while (aStart < aEnd && bStart < bEnd && a[aStart] === b[bStart]) matches.push([aStart++, bStart++]);
  const tail: Match[] = [];
  while (aStart < aEnd && bStart < bEnd && a[aEnd - 1] === b[bEnd - 1]) tail.push([--aEnd, --bEnd]);
  if (aStart < aEnd && bStart < bEnd && depth < deepest) {
    const anchors = rising(uniqueInBoth(a, b, [aStart, aEnd, bStart, bEnd]));
    if (anchors.length > 0) {
      for (const [inA, inB] of [...anchors, [aEnd, bEnd] as const]) {
        match(a, b, [aStart, inA, bStart, inB], matches, depth + 1);
        if (inA < aEnd) matches.push([inA, inB]);
        [aStart, bStart] = [inA + 1, inB + 1];
      }
    }
  }
  for (const one of tail.reverse()) matches.push(one);
}

function uniqueInBoth(a: readonly string[], b: readonly string[], window: Window): readonly Match[] {
  const [aStart, aEnd, bStart, bEnd] = window;
  const inB = indexOfUnique(b, bStart, bEnd);
  const inA = indexOfUnique(a, aStart, aEnd);
  return [...inA].flatMap(([line, index]) => {
    const other = inB.get(line);
    return index < 0 || other === undefined || other < 0 ? [] : [[index, other] as const];
  });
}

/** Of a line that stands twice the index is -1. */
function indexOfUnique(lines: readonly string[], start: number, end: number): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  for (let index = start; index < end; index += 1) {
    const line = lines[index] ?? '';
    found.set(line, found.has(line) ? -1 : index);
  }
  return found;
}

/** The longest run of matches that rises on both sides, by patience sorting; they rise on the first side already. */
function rising(matches: readonly Match[]): readonly Match[] {
  interface Card {
    readonly match: Match;
    readonly below: Card | undefined;
  }
  const piles: Card[] = [];
  for (const one of matches) {
    let low = 0;
    let high = piles.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((piles[middle]?.match[1] ?? 0) < one[1]) low = middle + 1;
      else high = middle;
    }
    piles[low] = { match: one, below: piles[low - 1] };
  }
  const run: Match[] = [];
  for (let card = piles.at(-1); card !== undefined; card = card.below) run.push(card.match);
  return run.reverse();
}

/** Ranges of lines that differ, with their context, those that meet taken together. */
function hunksOf(matches: readonly Match[], aLength: number, bLength: number): readonly Window[] {
  const hunks: [number, number, number, number][] = [];
  let [aDone, bDone] = [0, 0];
  for (const [inA, inB] of [...matches, [aLength, bLength] as const]) {
    if (inA > aDone || inB > bDone) {
      const lead = Math.min(context, aDone, bDone);
      const trail = Math.min(context, aLength - inA, bLength - inB);
      const last = hunks.at(-1);
      if (last && aDone - lead <= last[1]) [last[1], last[3]] = [inA + trail, inB + trail];
      else hunks.push([aDone - lead, inA + trail, bDone - lead, inB + trail]);
    }
    [aDone, bDone] = [inA + 1, inB + 1];
  }
  return hunks;
}

function hunkText([aStart, aEnd, bStart, bEnd]: Window, a: readonly string[], b: readonly string[]): string {
  const inside: Match[] = [];
  match(a, b, [aStart, aEnd, bStart, bEnd], inside, 0);
  const parts = [`@@ -${rangeText(aStart, aEnd)} +${rangeText(bStart, bEnd)} @@\n`];
  let [atA, atB] = [aStart, bStart];
  for (const [inA, inB] of [...inside, [aEnd, bEnd] as const]) {
    for (; atA < inA; atA += 1) parts.push(lineText('-', a[atA]));
    for (; atB < inB; atB += 1) parts.push(lineText('+', b[atB]));
    if (inA < aEnd) parts.push(lineText(' ', a[inA]));
    [atA, atB] = [inA + 1, inB + 1];
  }
  return parts.join('');
}

/** An empty range names the line before it. */
function rangeText(start: number, end: number): string {
  const count = end - start;
  const first = count === 0 ? start : start + 1;
  return count === 1 ? `${first}` : `${first},${count}`;
}

function lineText(sign: ' ' | '-' | '+', line = ''): string {
  return line.endsWith('\n') ? `${sign}${line}` : `${sign}${line}\n\\ No newline at end of file\n`;
}
