import type { Diagnostic } from '../base/diagnostic.ts';
import type { Span } from '../base/span.ts';
import type { LocatedComment, LocatedDocument, LocatedNode } from '../source/located.ts';
import type { Rule } from './rule.ts';
import { unknownRule } from './unknown-rule.ts';

/** A comment that allows some rules at the node that it stands at. */
interface Suppression {
  readonly comment: LocatedComment;
  readonly rules: readonly string[];
  readonly covers: Span;
}

const form = /^mailtopo:\s*allow\s+([A-Za-z0-9-]+(?:\s*,\s*[A-Za-z0-9-]+)*)\s+--\s+(\S.*)$/;

function diagnose(rule: string, at: Span, message: string, help: string): Diagnostic {
  const severity = rule === 'unused-suppression' ? 'warning' : 'error';
  return { rule, severity, message, at, related: [], help };
}

/** Unit: offset of the first character of the line that `offset` is in. */
function lineStart(text: string, offset: number): number {
  return text.lastIndexOf('\n', offset - 1) + 1;
}

function lineEnd(text: string, offset: number): number {
  const end = text.indexOf('\n', offset);
  return end < 0 ? text.length : end;
}

/** The line that a comment speaks of: its own, or the next one that is neither empty nor a comment. */
function lineOf(text: string, { at, ownLine }: LocatedComment): readonly [number, number] {
  let start = lineStart(text, at.start);
  if (!ownLine) return [start, at.start];
  while (start < text.length) {
    const end = lineEnd(text, start);
    if (!/^\s*(#.*)?$/.test(text.slice(start, end))) return [start, end];
    start = end + 1;
  }
  return [text.length, text.length];
}

/** Calls back for every node with the span that a suppression there covers: an entry with its key, an item, the root. */
function walk(node: LocatedNode, visit: (span: Span) => void): void {
  if (node.kind === 'map') {
    for (const { key, value } of node.entries) {
      // An aliased or merged value stands elsewhere: then the key alone is here.
      const end = value.at.start >= key.at.start ? Math.max(key.at.end, value.at.end) : key.at.end;
      visit({ ...key.at, end });
      walk(value, visit);
    }
  }
  if (node.kind === 'list') {
    for (const item of node.items) {
      visit(item.at);
      walk(item, visit);
    }
  }
}

/** The widest node that begins on the line; where none begins, the narrowest that holds it. */
function nodeOn(document: LocatedDocument, [start, end]: readonly [number, number]): Span | undefined {
  let begins: Span | undefined;
  let holds: Span | undefined;
  walk(document.root, (span) => {
    const size = span.end - span.start;
    if (span.start >= start && span.start < end) {
      if (!begins || span.start < begins.start || (span.start === begins.start && span.end > begins.end))
        begins = span;
    } else if (span.start <= start && span.end >= start && (!holds || size < holds.end - holds.start))
      holds = span;
  });
  return begins ?? holds;
}

function checkNames(
  comment: LocatedComment,
  names: readonly string[],
  rules: readonly Rule[],
): readonly Diagnostic[] {
  const known = new Map(rules.map((rule) => [rule.id, rule]));
  return names.flatMap((name) => {
    const rule = known.get(name);
    if (rule === undefined) return [unknownRule(name, comment.at, known.keys())];
    if (rule.lock === undefined) return [];
    return [
      diagnose('locked-rule', comment.at, `The rule "${name}" cannot be suppressed.`, 'Mend what it finds.'),
    ];
  });
}

function read(
  document: LocatedDocument,
  rules: readonly Rule[],
): {
  readonly suppressions: readonly Suppression[];
  readonly diagnostics: readonly Diagnostic[];
} {
  const suppressions: Suppression[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const comment of document.comments) {
    const names = form.exec(comment.text)?.[1]?.split(/\s*,\s*/);
    if (names === undefined) {
      const help = 'Write "# mailtopo: allow <rule> -- <reason>".';
      diagnostics.push(
        diagnose('malformed-suppression', comment.at, 'The suppression lacks a rule or a reason.', help),
      );
      continue;
    }
    const faults = checkNames(comment, names, rules);
    diagnostics.push(...faults);
    const covers = nodeOn(document, lineOf(document.text, comment));
    if (covers !== undefined && faults.length === 0) suppressions.push({ comment, rules: names, covers });
  }
  return { suppressions, diagnostics };
}

/**
 * Takes away the diagnostics that the file allows, and adds what is wrong with its suppressions.
 *
 * A suppression that covers nothing is itself reported, rule by rule.
 */
export function applySuppressions(
  document: LocatedDocument,
  rules: readonly Rule[],
  found: readonly Diagnostic[],
): readonly Diagnostic[] {
  if (document.comments.length === 0) return found;
  const { suppressions, diagnostics } = read(document, rules);
  const used = new Set<string>();
  const left = found.filter((one) => {
    const by = suppressions.filter(
      ({ rules: names, covers }) =>
        names.includes(one.rule) && one.at.start >= covers.start && one.at.end <= covers.end,
    );
    for (const { comment } of by) used.add(`${comment.at.start} ${one.rule}`);
    return by.length === 0;
  });
  const unused = suppressions.flatMap(({ comment, rules: names }) =>
    names
      .filter((name) => !used.has(`${comment.at.start} ${name}`))
      .map((name) =>
        diagnose(
          'unused-suppression',
          comment.at,
          `Nothing here breaks the rule "${name}".`,
          'Remove the suppression.',
        ),
      ),
  );
  return [...left, ...diagnostics, ...unused];
}
