import type { Diagnostic } from '../base/diagnostic.ts';
import type { Span } from '../base/span.ts';
import { headline, linedSources } from './compact.ts';
import { columnsOf, printable, printableLine } from './printable.ts';
import type { Findings, Paint } from './report.ts';
import { lineText, positionAt, type LinedText } from './text-position.ts';

const gutter = 5;

/** Unit: UTF-16 code units of a line of source that are shown, and of them those before the place. Our choice. */
const widest = 160;
const widestBefore = 60;

/** A piece of a line with the place in it; a line that is too long for a terminal is cut on both sides. */
interface Excerpt {
  readonly before: string;
  readonly under: string;
  readonly after: string;
}

function excerptOf(whole: string, start: number, length: number): Excerpt {
  if (whole.length <= widest) {
    const end = start + length;
    return { before: whole.slice(0, start), under: whole.slice(start, end), after: whole.slice(end) };
  }
  const first = Math.max(0, start - widestBefore);
  const last = Math.min(whole.length, first + widest);
  const end = Math.min(start + length, last);
  return {
    before: `${first > 0 ? '…' : ''}${wholeCharacters(whole.slice(first, start))}`,
    under: wholeCharacters(whole.slice(start, end)),
    after: `${wholeCharacters(whole.slice(end, last))}${last < whole.length ? '…' : ''}`,
  };
}

/** Takes off halves of characters that a cut has left. */
function wholeCharacters(text: string): string {
  return text.replace(/^[\udc00-\udfff]|[\ud800-\udbff]$/g, '');
}

/** A line of source with a mark under a place; of a place over several lines, the first line is shown. */
function frame(at: Span, text: LinedText, mark: string, note: string, paint: Paint): string {
  const { line, column } = positionAt(text, at.start);
  const whole = lineText(text, line);
  const { before, under, after } = excerptOf(whole, column - 1, at.end - at.start);
  const indent = ' '.repeat(columnsOf(printableLine(before)));
  const marks = mark.repeat(Math.max(1, columnsOf(printableLine(under))));
  const label = note === '' ? '' : ` ${printable(note)}`;
  const number = paint.faint(`${String(line).padStart(gutter)} |`);
  const blank = paint.faint(`${' '.repeat(gutter)} |`);
  return `${number} ${printableLine(before + under + after)}\n${blank} ${indent}${marks}${label}\n`;
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
