/** Unit: both count from 1; columns count UTF-16 code units. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** A source text with its lines found, so that offsets become lines and columns without reading it again. */
export interface LinedText {
  readonly text: string;
  /** Unit: offset of the first character of each line. */
  readonly starts: readonly number[];
}

/** Finds the lines of a text; CR LF, LF and a lone CR end a line, as in YAML. Source: YAML 1.2.2 §5.4. */
export function lined(text: string): LinedText {
  const starts = [0];
  for (const match of text.matchAll(/\r\n|\n|\r/g)) starts.push(match.index + match[0].length);
  return { text, starts };
}

/** Turns an offset into a line and a column. */
export function positionAt({ starts }: LinedText, offset: number): Position {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return { line: low + 1, column: offset - (starts[low] ?? 0) + 1 };
}

/** Tells the line on which a place of a text begins; lines count from 1. */
export function lineFinder(text: string): (place: { readonly start: number }) => number {
  const lines = lined(text);
  return ({ start }) => positionAt(lines, start).line;
}

/** Gives the text of a line, counted from 1, without its end. */
export function lineText({ text, starts }: LinedText, line: number): string {
  const start = starts[line - 1] ?? text.length;
  let end = starts[line] ?? text.length;
  // From the end, for a file may be one line, and each of its findings asks for it.
  while (end > start && /[\r\n]/.test(text.charAt(end - 1))) end -= 1;
  return text.slice(start, end);
}

/** Unit: as a `Position`; `endColumn` is exclusive. */
export interface LineRegion {
  readonly line: number;
  readonly column: number;
  readonly endColumn: number;
}

/** Gives the part of a place that lies on its first line. */
export function firstLineOf(
  at: { readonly start: number; readonly end: number },
  text: LinedText,
): LineRegion {
  const { line, column } = positionAt(text, at.start);
  const endOfLine = lineText(text, line).length + 1;
  return { line, column, endColumn: Math.max(column, Math.min(column + at.end - at.start, endOfLine)) };
}
