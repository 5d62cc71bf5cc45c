import type { Diagnostic } from '../base/diagnostic.ts';
import type { Span } from '../base/span.ts';
import { headline, linedSources } from './compact.ts';
import { columnsOf, printable, printableLine } from './printable.ts';
import type { Findings, Paint } from './report.ts';
import { lineText, positionAt, type LinedText } from './text-position.ts';

const gutter = 5;

/** A line of source with a mark under a place; of a place over several lines, the first line is shown. */
function frame(at: Span, text: LinedText, mark: string, note: string, paint: Paint): string {
  const { line, column } = positionAt(text, at.start);
  const whole = lineText(text, line);
  const before = whole.slice(0, column - 1);
  const under = whole.slice(column - 1, column - 1 + at.end - at.start);
  const indent = ' '.repeat(columnsOf(printableLine(before)));
  const marks = mark.repeat(Math.max(1, columnsOf(printableLine(under))));
  const label = note === '' ? '' : ` ${printable(note)}`;
  const number = paint.faint(`${String(line).padStart(gutter)} |`);
  const blank = paint.faint(`${' '.repeat(gutter)} |`);
  return `${number} ${printableLine(whole)}\n${blank} ${indent}${marks}${label}\n`;
}

function block(one: Diagnostic, textOf: (file: string) => LinedText, paint: Paint): string {
  const text = textOf(one.at.file);
  const related = one.related.map(({ at, note }) => frame(at, textOf(at.file), '-', note, paint));
  const help = one.help === undefined ? '' : `  ${paint.strong('help:')} ${printable(one.help)}\n`;
  return `${headline(one, text, paint)}\n${frame(one.at, text, '^', '', paint)}${related.join('')}${help}`;
}

/** The report for people: each diagnostic with its place in the source, the places that belong to it, and help. */
export function pretty(findings: Findings, paint: Paint): string {
  const textOf = linedSources(findings);
  return findings.diagnostics.map((one) => block(one, textOf, paint)).join('\n');
}
