import { printable } from '../base/printable.ts';

export { printable };

/** Characters that a terminal draws two columns wide. Source: Unicode Standard Annex 11, the common blocks. */
const wide =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Extended_Pictographic}/u;
const zero = /\p{Mn}|\p{Me}|\u200d|\ufe0f/u;

/** Unit: columns of a terminal that a text takes, once it is printable. */
export function columnsOf(text: string): number {
  let columns = 0;
  for (const character of text) columns += zero.test(character) ? 0 : wide.test(character) ? 2 : 1;
  return columns;
}

/** Writes a line of source for a terminal: printable, tabs as four blanks, so that what stands below lines up. */
export function printableLine(line: string): string {
  return printable(line.replaceAll('\t', '    '));
}

/** Replaces half characters, which neither UTF-8 nor a URI can hold, by U+FFFD. */
export function wellFormed(text: string): string {
  return text.replaceAll(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, '\ufffd');
}
