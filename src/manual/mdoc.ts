/** Characters that troff would draw as others, or act on. Source: groff_char(7), mandoc_char(7). */
const escapes: ReadonlyMap<string, string> = new Map([
  ['\\', '\\e'],
  ['-', '\\-'],
  ["'", '\\(aq'],
  ['`', '\\(ga'],
  ['^', '\\(ha'],
  ['~', '\\(ti'],
]);

/** Writes text so that troff shows it as it is, to the letter. */
export function troff(text: string): string {
  return text
    .replaceAll(/[-\\'`^~]/g, (found) => escapes.get(found) ?? found)
    .replaceAll(/[^\x20-\x7e]/gu, (found) => {
      return `\\[u${(found.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}]`;
    });
}

/** Unit: characters of a line in the source of a page. Source: mandoc(1), `-T lint`. */
const widest = 78;

/** Breaks text where it has blanks, and after each sentence, so that troff can set its own blank there. */
function wrapped(text: string): readonly string[] {
  const lines: string[] = [];
  for (const sentence of text.split(/(?<=[.]) +(?=[A-Z"])/)) {
    let line = '';
    for (const word of sentence.split(' ').map(troff)) {
      if (line !== '' && line.length + 1 + word.length > widest) {
        lines.push(line);
        line = word;
      } else line = line === '' ? word : `${line} ${word}`;
    }
    lines.push(line);
  }
  return lines;
}

/** Writes running text; a line that begins as a request does is kept from being one. */
export function mdocText(text: string): string {
  return wrapped(text)
    .map((line) => line.replace(/^(?=[.])/, '\\&'))
    .join('\n');
}

/** Writes an argument of a macro; what looks like the name of a macro or a delimiter is text there, too. */
export function mdocArgument(text: string): string {
  const plain = troff(text).replaceAll('"', '\\(dq');
  return /[^A-Za-z0-9_/\\-]/.test(text) || /^[A-Z][a-z]$/.test(text) ? `"\\&${plain}"` : plain;
}
