import type { Columns } from './excerpt.ts';
import type { Drawing, Row, Tone } from './row-text.ts';
import { columnsOf } from './terminal-cells.ts';

/** A place below a line of source, with what is said of it. */
export interface Mark extends Columns {
  readonly tone: Tone;
  /** Printable; empty where the headline says it all. */
  readonly label: string;
}

/** The character that underlines a place. */
export const under: Readonly<Record<Tone, string>> = { primary: '^', related: '-' };

/** A mark has a width even where its place has none, as at the end of a line. */
function endOf({ from, to }: Columns): number {
  return Math.max(to, from + 1);
}

/** All marks in one row; a narrow one stays visible within a wide one, the fault before what belongs to it. */
function underline(marks: readonly Mark[]): Drawing {
  const width = (mark: Mark): number => endOf(mark) - mark.from;
  const rank = ({ tone }: Mark): number => (tone === 'primary' ? 1 : 0);
  const drawing = new Map<number, readonly [string, Tone]>();
  for (const mark of [...marks].sort((a, b) => width(b) - width(a) || rank(a) - rank(b))) {
    for (let column = mark.from; column < endOf(mark); column += 1)
      drawing.set(column, [under[mark.tone], mark.tone]);
  }
  return drawing;
}

function connectors(marks: readonly Mark[]): Drawing {
  return new Map(marks.map(({ from, tone }) => [from, ['|', tone] as const]));
}

/**
 * Draws the rows below a line: the marks, the words of the last one behind it, and those of the others below, each at
 * the end of a line that leads down from its mark.
 *
 * Unit: `room` counts columns; words that do not fit behind their mark hang below it as well.
 */
export function markRows(marks: readonly Mark[], room: number): readonly Row[] {
  const drawing = underline(marks);
  const labelled = marks.filter(({ label }) => label !== '').sort((a, b) => a.from - b.from || b.to - a.to);
  const end = Math.max(...marks.map(endOf));
  const last = labelled.findLast((mark) => endOf(mark) === end && end + 1 + columnsOf(mark.label) <= room);
  const hanging = labelled.filter((mark) => mark !== last);
  const rows: Row[] = [
    last === undefined
      ? { drawing }
      : { drawing, words: { column: end + 1, text: last.label, tone: last.tone } },
  ];
  if (hanging.length > 0) rows.push({ drawing: connectors(hanging) });
  for (const [index, { from, tone, label }] of [...hanging.entries()].reverse()) {
    const earlier = hanging.slice(0, index).filter((mark) => mark.from < from);
    // Words too long for what is right of their line begin farther left, but never on the line of another mark.
    const free = Math.max(0, ...earlier.map((mark) => mark.from + 2));
    const column = Math.min(from, Math.max(free, room - columnsOf(label)));
    rows.push({ drawing: connectors(earlier), words: { column, text: label, tone } });
  }
  return rows;
}
