/** Unit: characters; what mail programs show without breaking lines. */
const width = 76;

/** Joins the parts of a letter that say anything, with an empty line between them. */
export function joined(parts: readonly string[]): string {
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

/** Writes a heading, underlined. */
export function title(text: string): string {
  return `${text}\n${'-'.repeat(Math.min(text.length, width))}`;
}

/** Writes sentences as one paragraph. */
export function paragraph(...sentences: readonly string[]): string {
  return wrapped(sentences.filter((sentence) => sentence !== '').join(' '), '', '');
}

/** Writes one entry of a list. */
export function item(text: string): string {
  return wrapped(text, '  - ', '    ');
}

/** Writes a line that is copied as it stands, and below it what it means. */
export function verbatim(line: string, meaning?: string): string {
  return meaning === undefined ? `    ${line}` : `    ${line}\n${wrapped(meaning, '        ', '        ')}`;
}

function wrapped(text: string, first: string, next: string): string {
  const lines: string[] = [];
  let line = first;
  let isEmpty = true;
  for (const word of text.split(' ')) {
    if (!isEmpty && line.length + 1 + word.length > width) {
      lines.push(line);
      [line, isEmpty] = [next, true];
    }
    line += isEmpty ? word : ` ${word}`;
    isEmpty = false;
  }
  return [...lines, line].join('\n');
}
