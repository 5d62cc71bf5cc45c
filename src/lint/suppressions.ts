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

/** The line that a comment speaks of: its own, or the next one that is neither empty nor a comment. */
function lineOf(text: string, { at, ownLine }: LocatedComment): readonly [number, number] {
  let [start, end] = lineAt(text, at.start);
  if (!ownLine) return [start, at.start];
  while (/^\s*(#.*)?$/.test(text.slice(start, end))) {
    if (end >= text.length) return [end, end];
    [start, end] = lineAt(text, end + 1);
  }
  return [start, end];
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
    const covers = nodes.nodeOn(lineOf(document.text, comment));
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
  const left = found.filter((one) => {
    const by = suppressions.filter(
      ({ rules: names, covers }) => names.includes(one.rule) && isCovered(one, covers),
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
