import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';

import { parseTranscript, unescapeBytes } from '../support/transcript.ts';

/** What clients say in the transcripts, one line each with its line end, in Latin 1. */
function spokenLines(): readonly string[] {
  const folder = new URL('../../../test/runtime/transcripts/', import.meta.url);
  const lines = readdirSync(folder).flatMap((file) =>
    parseTranscript(readFileSync(new URL(file, folder), 'utf8'))
      .lines.filter(({ kind }) => kind === 'C' || kind === 'c')
      .flatMap(({ kind, text }) => {
        const said = unescapeBytes(kind === 'C' ? `${text}\\r\\n` : text).toString('latin1');
        return said.split(/(?<=\n)/);
      }),
  );
  return [...new Set(lines)].filter((line) => line.length < 300);
}

const lines = spokenLines();
const scraps = [
  '\r\n',
  '\n',
  '\r',
  '.',
  '..',
  '\r\n.\r\n',
  '\0',
  '\xff',
  '\xc3\xb6',
  '<',
  '>',
  '"',
  '\\',
  '@',
  ':',
  ' ',
  '\t',
  '*',
  '=',
  'BDAT 3\r\n',
  'BDAT 0 LAST\r\n',
  'LAST',
  'SIZE=',
  'SMTPUTF8',
  '[127.0.0.1]',
  'a'.repeat(70),
];

/** How a line is made worse. */
type Change =
  | { readonly kind: 'none' }
  | { readonly kind: 'cut'; readonly at: number; readonly count: number }
  | { readonly kind: 'put'; readonly at: number; readonly scrap: string }
  | { readonly kind: 'flip'; readonly at: number; readonly bit: number };

const place = fc.nat({ max: 400 });
const change: fc.Arbitrary<Change> = fc.oneof(
  { weight: 5, arbitrary: fc.constant<Change>({ kind: 'none' }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('cut' as const), at: place, count: fc.nat({ max: 9 }) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('put' as const), at: place, scrap: fc.constantFrom(...scraps) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('flip' as const), at: place, bit: fc.nat({ max: 7 }) }),
  },
);

function changed(line: string, one: Change): string {
  const at = one.kind === 'none' ? 0 : one.at % (line.length + 1);
  switch (one.kind) {
    case 'none':
      return line;
    case 'cut':
      return line.slice(0, at) + line.slice(at + one.count);
    case 'put':
      return line.slice(0, at) + one.scrap + line.slice(at);
    case 'flip': {
      const octet = line.charCodeAt(at);
      return Number.isNaN(octet)
        ? line
        : line.slice(0, at) + String.fromCharCode(octet ^ (1 << one.bit)) + line.slice(at + 1);
    }
  }
}

const spoken = fc.tuple(fc.constantFrom(...lines), change).map(([line, one]) => changed(line, one));

/** The lines of a mail transaction, so that a mutation often meets the inside of one. */
const transaction = fc
  .tuple(
    fc.constantFrom(
      'MAIL FROM:<bob@fabrikam.example>\r\n',
      'MAIL FROM:<>\r\n',
      'MAIL FROM:<scanner@contoso.com>\r\n',
    ),
    fc.constantFrom('RCPT TO:<ann@contoso.com>\r\n', 'RCPT TO:<bob@fabrikam.example>\r\n'),
    fc.constantFrom(
      'DATA\r\nSubject: x\r\n\r\nbody\r\n.\r\n',
      'DATA\r\n\r\n..\r\n.\r\n',
      'BDAT 7 LAST\r\n\r\nabcde',
      'DATA\r\n',
    ),
    fc.tuple(change, change, change),
  )
  .map(([mail, rcpt, data, changes]) =>
    [mail, rcpt, data].map((line, at) => changed(line, changes[at]!)).join(''),
  );

/** What a client may say, from what honest ones do to what nobody would; in Latin 1. */
export const clientBytes: fc.Arbitrary<string> = fc
  .tuple(
    fc.constantFrom('EHLO a\r\n', 'EHLO a\r\n', 'HELO a\r\n', ''),
    fc.array(fc.oneof({ weight: 3, arbitrary: spoken }, { weight: 2, arbitrary: transaction }), {
      maxLength: 8,
    }),
  )
  .map(([hello, said]) => hello + said.join(''));

const replyLines = [
  '220 mail ESMTP\r\n',
  '250-mail\r\n',
  '250-SIZE 1000\r\n',
  '250 OK\r\n',
  '354 Go\r\n',
  '451 4.7.0 Later\r\n',
  '550 5.1.1 No\r\n',
  '421\r\n',
];

/** What a server may answer; in Latin 1. */
export const serverBytes: fc.Arbitrary<string> = fc
  .array(
    fc.oneof(
      {
        weight: 6,
        arbitrary: fc.tuple(fc.constantFrom(...replyLines), change).map(([line, one]) => changed(line, one)),
      },
      {
        weight: 1,
        arbitrary: fc.constantFrom('x'.repeat(1100), '250-\r\n'.repeat(130), '\r\n', '250', '2', '250-'),
      },
    ),
    { maxLength: 12 },
  )
  .map((said) => said.join(''));

/** What may stand in a message, above all around dots and line ends; in Latin 1. */
export const messageBytes: fc.Arbitrary<string> = fc.string({
  unit: fc.constantFrom(
    '\r',
    '\n',
    '.',
    '\r\n',
    '\r\n.',
    '\r\n..',
    'a',
    '\0',
    '\xff',
    'Subject: x\r\n',
    ' ',
    ':',
  ),
  maxLength: 40,
});
