import type { Span } from '../base/span.ts';
import { excerptOf, type Excerpt } from './excerpt.ts';
import { barsOf, type Bar } from './frame-bars.ts';
import { markRows, under } from './mark-rows.ts';
import type { Paint } from './report.ts';
import { moved, rowText, type Row, type Tone } from './row-text.ts';
import { lineText, positionAt, type LinedText } from './text-position.ts';

/** A place that a frame shows, and what is said of it; the words are printable. */
export interface Labelled {
  readonly at: Pick<Span, 'start' | 'end'>;
  readonly tone: Tone;
  readonly label: string;
}

/** The lines of a place, counted from 1; it ends with what it says, not with blanks and line ends after that. */
export interface Place extends Labelled {
  readonly first: number;
  readonly last: number;
  /** Unit: UTF-16 code units of the first line, and of the last one, from 0. */
  readonly start: number;
  readonly end: number;
}

/** How the parts of a frame are painted. */
export interface FramePaint {
  readonly toneOf: (tone: Tone) => (text: string) => string;
  readonly faint: Paint['faint'];
  readonly columns: Paint['columns'];
}

/** Unit: columns of line numbers, and of all that stands before a line of source. */
const numbers = 5;
const gutter = numbers + 3;

/** Unit: columns; source is not squeezed into fewer, however narrow the terminal. Our choice. */
const leastRoom = 24;

function placeOf(one: Labelled, text: LinedText): Place {
  const { start } = one.at;
  const said = text.text.slice(start, one.at.end);
  const end = start + (/[\r\n]/.test(said) ? said.trimEnd() : said).length;
  const from = positionAt(text, start);
  const to = positionAt(text, end);
  return { ...one, first: from.line, last: to.line, start: from.column - 1, end: to.column - 1 };
}

/** What is left of a place over several lines where it gets no bar. */
function onFirstLine(place: Place, text: LinedText): Place {
  return { ...place, last: place.first, end: lineText(text, place.first).length };
}

/** The lines on which places begin or end, and a line that stands alone between two of them. */
function shownLines(places: readonly Place[]): readonly number[] {
  const lines = [...new Set(places.flatMap(({ first, last }) => [first, last]))].sort((a, b) => a - b);
  return lines.flatMap((line, index) => (lines[index + 1] === line + 2 ? [line, line + 1] : [line]));
}

/** The rows of a line: the source, what is drawn below it, and which bars go on. */
interface LineRows {
  readonly source: string;
  readonly sourceRow: Row;
  readonly rows: readonly Row[];
  readonly open: ReadonlySet<Bar>;
}

/** Adds the bars that are open to a row; they cross whatever leads to another bar. */
function withBars({ drawing, ...rest }: Row, open: Iterable<Bar>): Row {
  const bars = [...open].map(({ slot, place }) => [slot, ['|', place.tone]] as const);
  return { ...rest, drawing: new Map([...drawing, ...bars]) };
}

/** The row that leads from a bar to the first or the last character of its place. */
function arm({ slot, place }: Bar, end: number, label: string): Row {
  const { tone } = place;
  const line = Array.from({ length: Math.max(0, end - slot - 1) }, (_, index) => slot + 1 + index);
  const drawing = new Map([
    ...line.map((column) => [column, ['_', tone]] as const),
    [end, [under[tone], tone]] as const,
  ]);
  return label === '' ? { drawing } : { drawing, words: { column: end + 2, text: label, tone } };
}

/** Draws the rows of one line; `open` are the bars that come from above. */
function lineRows(
  source: string,
  marked: readonly Place[],
  bars: { readonly begin: readonly Bar[]; readonly end: readonly Bar[]; readonly open: ReadonlySet<Bar> },
  { margin, room }: { readonly margin: number; readonly room: number },
): LineRows {
  const beginning = ({ place: { start } }: Bar): { start: number; end: number } => ({
    start,
    end: start + 1,
  });
  const ending = ({ place: { end } }: Bar): { start: number; end: number } => ({ start: end - 1, end });
  const stretches = [...marked, ...bars.begin.map(beginning), ...bars.end.map(ending)];
  const excerpt: Excerpt = excerptOf(source, stretches, room);
  const slashes = bars.begin.filter(({ beginsWith }) => beginsWith === 'slash');
  const open = new Set([...bars.open, ...slashes]);
  const slashRow: Row = {
    drawing: new Map(slashes.map(({ slot, place }) => [slot, ['/', place.tone] as const])),
  };
  const marks = marked.map(({ tone, label, ...place }) => ({ tone, label, ...excerpt.columnsAt(place) }));
  const rows = (marks.length === 0 ? [] : markRows(marks, room)).map((row) =>
    withBars(moved(row, margin), open),
  );
  for (const bar of bars.begin.filter(({ beginsWith }) => beginsWith === 'arm')) {
    rows.push(withBars(arm(bar, excerpt.columnsAt(beginning(bar)).from + margin, ''), open));
    open.add(bar);
  }
  for (const bar of bars.end) {
    const column = Math.max(0, excerpt.columnsAt(ending(bar)).to - 1);
    rows.push(withBars(arm(bar, column + margin, bar.place.label), open));
    open.delete(bar);
  }
  return { source: excerpt.text.trimEnd(), sourceRow: withBars(slashRow, bars.open), rows, open };
}

/** Draws the places of one file in one frame, in the order of its lines. */
export function frameOf(labelled: readonly Labelled[], text: LinedText, paint: FramePaint): string {
  const places = labelled.map((one) => placeOf(one, text));
  const bars = barsOf(places, text);
  const barred = new Set(bars.map(({ place }) => place));
  const single = places
    .filter((place) => !barred.has(place))
    .map((place) => (place.first === place.last ? place : onFirstLine(place, text)));
  const margin = bars.length === 0 ? 0 : bars.length + 1;
  const space = { margin, room: Math.max(leastRoom, paint.columns - gutter - margin) };
  const draw = (head: string, row: Row, rest = ''): string => {
    const drawn = rowText(row, paint.toneOf);
    const reached = Math.max(-1, ...row.drawing.keys()) + 1;
    const body = rest === '' ? drawn : `${drawn}${' '.repeat(Math.max(0, margin - reached))}${rest}`;
    const edge = paint.faint(`${head.padStart(numbers)}${head === '...' ? '' : ' |'}`);
    return body === '' ? `${edge}\n` : `${edge}${head === '...' ? '   ' : ' '}${body}\n`;
  };
  let written = '';
  let open: ReadonlySet<Bar> = new Set();
  let before: number | undefined;
  for (const line of shownLines([...single, ...bars.map(({ place }) => place)])) {
    if (before !== undefined && line > before + 1)
      written += draw('...', withBars({ drawing: new Map() }, open));
    before = line;
    const begin = bars.filter(({ place }) => place.first === line);
    const end = bars.filter(({ place }) => place.last === line);
    const marked = single.filter(({ first }) => first === line);
    const shown = lineRows(lineText(text, line), marked, { begin, end, open }, space);
    written += draw(String(line), shown.sourceRow, shown.source);
    for (const row of shown.rows) written += draw('', row);
    open = shown.open;
  }
  return written;
}
