import { eastAsianWidth } from 'get-east-asian-width';
import { printable } from '../base/printable.ts';

/** What a terminal draws as one character, and where in the line it comes from. */
export interface Cell {
  /** Unit: UTF-16 code units of the line, half-open. */
  readonly start: number;
  readonly end: number;
  /** Printable: what could steer a terminal is written out, a tab is four blanks. */
  readonly text: string;
  /** Unit: columns of a terminal. */
  readonly width: number;
}

const ascii = /^[\x20-\x7e]*$/;

/**
 * Marks and joiners, and the vowels and finals of Hangul, are drawn into what stands before them.
 * Source: Unicode Standard Annex 11 §4 (what it leaves to others), and `wcwidth` of the C libraries.
 */
const zeroWidth = /[\p{Mn}\p{Me}\p{Default_Ignorable_Code_Point}\u1160-\u11ff]/u;
const emoji = /\ufe0f|\p{Emoji_Presentation}|\p{Regional_Indicator}{2}/u;

let segmenter: Intl.Segmenter | undefined;

/** Splits text into what a reader calls characters; the tables for that are loaded where a text is not ASCII. */
function graphemesOf(text: string): Iterable<{ readonly segment: string; readonly index: number }> {
  segmenter ??= new Intl.Segmenter('und', { granularity: 'grapheme' });
  return segmenter.segment(text);
}

function widthOf(grapheme: string): number {
  // A cluster with an emoji in it is one picture, however many code points it is made of.
  if (emoji.test(grapheme)) return 2;
  let width = 0;
  for (const character of grapheme) {
    if (!zeroWidth.test(character)) width += eastAsianWidth(character.codePointAt(0) ?? 0);
  }
  return width;
}

/** Unit: columns of a terminal that a printable text takes. */
export function columnsOf(text: string): number {
  if (ascii.test(text)) return text.length;
  let columns = 0;
  for (const { segment } of graphemesOf(text)) columns += widthOf(segment);
  return columns;
}

function cellOf(grapheme: string, start: number): Cell {
  const text = grapheme === '\t' ? '    ' : printable(grapheme);
  const width = text === grapheme ? widthOf(text) : columnsOf(text);
  return { start, end: start + grapheme.length, text, width };
}

/** Cuts a piece of a line into cells; `start` is where in the line the piece begins. */
export function cellsOf(piece: string, start: number): readonly Cell[] {
  if (ascii.test(piece))
    return [...piece].map((text, index) => ({
      start: start + index,
      end: start + index + 1,
      text,
      width: 1,
    }));
  return Array.from(graphemesOf(piece), ({ segment, index }) => cellOf(segment, start + index));
}
