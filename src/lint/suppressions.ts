import { bounds } from '../base/bounds.ts';
import type { Diagnostic } from '../base/diagnostic.ts';
import type { Span } from '../base/span.ts';
import type { LocatedComment, LocatedDocument } from '../source/located.ts';
import { lineAt, NodeIndex } from './node-index.ts';
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

type Line = readonly [start: number, end: number];

/** The line that a comment speaks of: its own, or the next one that is neither empty nor a comment. */
class SpokenLines {
  readonly #text: string;
  /** By the start of a line that is empty or a comment. */
  readonly #next = new Map<number, Line>();

  constructor(text: string) {
    this.#text = text;
  }

  of({ at, ownLine }: LocatedComment): Line {
    const text = this.#text;
    let line: Line = lineAt(text, at.start);
    if (!ownLine) return [line[0], at.start];
    const passed: number[] = [];
    while (/^\s*(#[^\n]*)?$/.test(text.slice(...line))) {
      const [start, end] = line;
      passed.push(start);
      // Comments stand in a row, and each of them speaks of the same line.
      line = this.#next.get(start) ?? (end >= text.length ? [end, end] : lineAt(text, end + 1));
      if (line[0] === line[1] && line[0] >= text.length) break;
    }
    for (const start of passed) this.#next.set(start, line);
    return line;
  }
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
  const nodes = new NodeIndex(document.root, document.text);
  const lines = new SpokenLines(document.text);
  const { suppressions: count, suppression: length } = bounds;
  for (const [index, comment] of document.comments.entries()) {
    if (index === count.most) {
      const message = `The file has more than ${count.most} comments to mailtopo; this one and all below allow nothing.`;
      diagnostics.push(diagnose('malformed-suppression', comment.at, message, 'Mend what they allow.'));
      break;
    }
    if (comment.text.length > length.most) {
      const message = `The suppression is longer than ${length.most} characters.`;
      diagnostics.push(diagnose('malformed-suppression', comment.at, message, 'Shorten it.'));
      continue;
    }
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
    const covers = nodes.nodeOn(lines.of(comment));
    if (covers !== undefined && faults.length === 0) suppressions.push({ comment, rules: names, covers });
  }
  return { suppressions, diagnostics };
}

/** Says whether a suppression of a node speaks of a finding. */
export function isCovered({ at }: Diagnostic, covers: Span): boolean {
  return at.start >= covers.start && at.end <= covers.end;
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
  const byRule = new Map<string, Suppression[]>();
  for (const suppression of suppressions) {
    for (const name of new Set(suppression.rules)) {
      const those = byRule.get(name);
      if (those) those.push(suppression);
      else byRule.set(name, [suppression]);
    }
  }
  const left = found.filter((one) => {
    const by = (byRule.get(one.rule) ?? []).filter(({ covers }) => isCovered(one, covers));
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
