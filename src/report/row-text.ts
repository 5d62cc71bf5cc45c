import { columnsOf } from './terminal-cells.ts';

/** What a mark shows: the fault itself, or a place that belongs to it. */
export type Tone = 'primary' | 'related';

/** Characters by their column. */
export type Drawing = ReadonlyMap<number, readonly [character: string, tone: Tone]>;

/** Words behind or below a mark. Unit: `column` counts columns of a terminal. */
export interface Words {
  readonly column: number;
  readonly text: string;
  readonly tone: Tone;
}

/** A row below a line of source; what is drawn stands before the words. */
export interface Row {
  readonly drawing: Drawing;
  readonly words?: Words;
}

/** Moves a row to the right, to make room for bars. */
export function moved({ drawing, words }: Row, by: number): Row {
  const right = new Map([...drawing].map(([column, drawn]) => [column + by, drawn] as const));
  return words === undefined
    ? { drawing: right }
    : { drawing: right, words: { ...words, column: words.column + by } };
}

/** Writes a row, those characters in one go that have one tone and stand side by side. */
export function rowText({ drawing, words }: Row, paintOf: (tone: Tone) => (text: string) => string): string {
  const pieces: { column: number; text: string; tone: Tone }[] = [];
  for (const [column, [character, tone]] of [...drawing].sort((a, b) => a[0] - b[0])) {
    const before = pieces.at(-1);
    if (before?.tone === tone && before.column + before.text.length === column) before.text += character;
    else pieces.push({ column, text: character, tone });
  }
  let text = '';
  let reached = 0;
  for (const piece of words === undefined ? pieces : [...pieces, words]) {
    text += `${' '.repeat(Math.max(0, piece.column - reached))}${paintOf(piece.tone)(piece.text)}`;
    reached = piece.column + columnsOf(piece.text);
  }
  return text;
}
