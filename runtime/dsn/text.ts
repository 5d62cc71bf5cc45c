/** Turns xtext back into what it stands for; what is no xtext stays as it is. Source: RFC 3461 §4. */
export function fromXtext(text: string): string {
  return text.replaceAll(/\+([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
}

/** Makes any text fit for one line of a header or a plain text: printable ASCII, and not endless. Unit: characters. */
export function printable(text: string, length = 512): string {
  return text.replaceAll(/[^\x20-\x7e]/g, '?').slice(0, length);
}

/** Writes an address as a DSN names it, with its type; one in another script is escaped. Source: RFC 6533 §3. */
export function typedAddress(address: string): string {
  if (/^[\x20-\x7e]*$/.test(address)) return `rfc822;${address}`;
  const escaped = [...address].map((character) => {
    const code = character.codePointAt(0) ?? 0;
    return code > 0x20 && code < 0x7f && character !== '\\'
      ? character
      : `\\x{${code.toString(16).toUpperCase()}}`;
  });
  return `utf-8;${escaped.join('')}`;
}

/**
 * Writes a subject of any characters as encoded words, folded; plain ASCII stays as it is.
 *
 * Source: RFC 2047 §2: an encoded word has at most 75 characters, so each carries up to 42 bytes.
 */
export function headerText(text: string): string {
  const clean = text.replaceAll(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, ' ').trim();
  if (/^[\x20-\x7e]*$/.test(clean)) return fold(clean);
  const words: string[] = [];
  let word = '';
  for (const character of clean) {
    if (Buffer.byteLength(word + character) > 42) {
      words.push(word);
      word = '';
    }
    word += character;
  }
  return [...words, word].map((one) => `=?utf-8?B?${Buffer.from(one).toString('base64')}?=`).join('\r\n ');
}

/** Breaks a line at blanks before it grows past 76 characters; where no blank helps, it stays long. */
function fold(text: string): string {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + word.length > 75) {
      lines.push(line);
      line = '';
    }
    line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line].join('\r\n ');
}

/** Writes a date as mail does, in UTC. Unit: milliseconds since 1970. Source: RFC 5322 §3.3. */
export function mailDate(time: number): string {
  return new Date(time).toUTCString().replace('GMT', '+0000');
}
