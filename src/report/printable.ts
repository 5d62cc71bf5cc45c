/** Controls, bidirectional overrides and half characters: a terminal or log would act on them or be led astray. */
const unprintable =
  /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** Writes text from a file or the network so that it cannot steer a terminal: unprintable characters become `<U+001B>`. */
export function printable(text: string): string {
  return text.replace(unprintable, (found) => {
    return `<U+${found.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}>`;
  });
}

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
