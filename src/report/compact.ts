import type { Diagnostic } from '../base/diagnostic.ts';
import { printable } from './printable.ts';
import { ruleUrl, type Findings, type Paint } from './report.ts';
import { lined, positionAt, type LinedText } from './text-position.ts';

/** Finds the lines of each file once. */
export function linedSources({ sources }: Findings): (file: string) => LinedText {
  const texts = new Map<string, LinedText>();
  return (file) => {
    const known = texts.get(file) ?? lined(sources.get(file) ?? '');
    texts.set(file, known);
    return known;
  };
}

/** The line that editors and `grep` understand: `file:line:column: severity: message [rule]`. */
export function headline(one: Diagnostic, text: LinedText, paint: Paint, { addressOf }: Findings): string {
  const { line, column } = positionAt(text, one.at.start);
  const place = paint.link(`${printable(one.at.file)}:${line}:${column}`, () => addressOf?.(one.at.file));
  const severity = paint[one.severity](`${one.severity}:`);
  const rule = paint.link(one.rule, () => ruleUrl(one.rule));
  return `${paint.strong(`${place}:`)} ${severity} ${printable(one.message)} ${paint.faint(`[${rule}]`)}`;
}

/** One line for each diagnostic. */
export function compact(findings: Findings, paint: Paint): string {
  const textOf = linedSources(findings);
  return findings.diagnostics
    .map((one) => `${headline(one, textOf(one.at.file), paint, findings)}\n`)
    .join('');
}
