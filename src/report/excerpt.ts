import { shownCells, type Stretch } from './shown-cells.ts';

/** Unit: columns of a terminal, half-open. */
export interface Columns {
  readonly from: number;
  readonly to: number;
}

/** What is shown of a line, with an ellipsis wherever something is left out. */
export interface Excerpt {
  readonly text: string;
  /** Tells where a stretch of the line stands below `text`; an empty one has no width. */
  readonly columnsAt: (stretch: Stretch) => Columns;
}

const ellipsis = '…';

/**
 * Cuts a line down to what fits a terminal, around the places that are spoken of.
 *
 * Unit: `room` counts columns.
 */
export function excerptOf(line: string, stretches: readonly Stretch[], room: number): Excerpt {
  const placed: (Stretch & Columns)[] = [];
  let text = '';
  let column = 0;
  let reached = 0;
  for (const cell of shownCells(line, stretches, room)) {
    if (cell.start !== reached) {
      text += ellipsis;
      column += 1;
    }
    placed.push({ start: cell.start, end: cell.end, from: column, to: column + cell.width });
    text += cell.text;
    column += cell.width;
    reached = cell.end;
  }
  if (reached < line.length) text += ellipsis;
  const columnsAt = ({ start, end }: Stretch): Columns => {
    const from = placed.find((cell) => cell.end > start)?.from ?? column;
    return { from, to: placed.findLast((cell) => cell.start < end && cell.end > start)?.to ?? from };
  };
  return { text, columnsAt };
}
