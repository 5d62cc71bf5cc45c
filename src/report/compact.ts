import type { Diagnostic } from '../base/diagnostic.ts';
import { printable } from './printable.ts';
import type { Findings, Paint } from './report.ts';
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
export function headline(one: Diagnostic, text: LinedText, paint: Paint): string {
  const { line, column } = positionAt(text, one.at.start);
  const place = `${printable(one.at.file)}:${line}:${column}:`;
  const severity = paint[one.severity](`${one.severity}:`);
  return `${paint.strong(place)} ${severity} ${printable(one.message)} ${paint.faint(`[${one.rule}]`)}`;
}

/** One line for each diagnostic. */
export function compact(findings: Findings, paint: Paint): string {
  const textOf = linedSources(findings);
  return findings.diagnostics.map((one) => `${headline(one, textOf(one.at.file), paint)}\n`).join('');
}
