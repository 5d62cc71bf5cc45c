import type { YAMLParseError } from 'yaml';

/** What is said about a fault of syntax: the fact, and what to do where the parser's code tells. */
export interface SyntaxFault {
  readonly message: string;
  readonly help?: string;
}

const faults: Readonly<Record<string, SyntaxFault>> = {
  TAB_AS_INDENT: {
    message: 'A tab stands where YAML wants blanks for indentation.',
    help: 'Indent with blanks.',
  },
  DUPLICATE_KEY: { message: 'This key stands twice in one map.', help: 'Keep one of them.' },
  MULTIPLE_DOCS: {
    message: 'The file holds more than one YAML document.',
    help: 'Put one topology into one file, without a second "---".',
  },
  BAD_SCALAR_START: {
    message: 'A value begins with a character that YAML reserves.',
    help: 'Put the value in quotes.',
  },
  MISSING_CHAR: {
    message: 'A closing character is missing.',
    help: 'Close the quote or bracket, or put a blank after the colon or comma.',
  },
  BLOCK_AS_IMPLICIT_KEY: {
    message: 'A second colon on this line makes YAML look for a nested map.',
    help: 'Put the value in quotes.',
  },
  BAD_ALIAS: {
    message: 'A value that begins with "*" is a YAML alias.',
    help: 'Put the value in quotes.',
  },
  IMPOSSIBLE: { message: 'This is not YAML.' },
};

/** Unit: UTF-16 code units; an IPv6 address in brackets takes 41. */
const longestAddress = 64;

/** Unit: UTF-16 code units of the parser's own words, which may quote the file. Our choice. */
const longestWords = 200;

/** Words a parser error for the author of the file; codes without words of ours keep the parser's own. */
export function wordSyntaxError(error: YAMLParseError, source: string): SyntaxFault {
  const known = faults[error.code];
  if (known) return known;
  const at = source.slice(error.pos[0], error.pos[0] + 1);
  const before = source.slice(Math.max(0, error.pos[0] - longestAddress), error.pos[0]);
  if (error.code === 'UNEXPECTED_TOKEN' && /\[[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*\]$/.test(before)) {
    return {
      message: 'An IPv6 address in brackets is read as a YAML list.',
      help: 'Put the value in quotes, such as "[::]:25".',
    };
  }
  const text = error.message
    .slice(0, longestWords)
    .replace(/ at line \d[\s\S]*$/, '')
    .replace(/\.$/, '');
  return { message: `YAML: ${text}${at.trim() === '' ? '' : `, at ${JSON.stringify(at)}`}.` };
}
