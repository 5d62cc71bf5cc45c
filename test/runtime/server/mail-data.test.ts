import assert from 'node:assert/strict';
import { test } from 'node:test';

import fc from 'fast-check';

import { MailDataDecoder } from '../../../runtime/server/mail-data.ts';

interface Case {
  readonly title: string;
  readonly wire: string;
  readonly message: string;
  readonly rest?: string;
  readonly bare?: true;
  /** What is left of the message where bare line ends are made CR LF; the message itself where it says nothing. */
  readonly normal?: string;
}

const cases: readonly Case[] = [
  { title: 'an empty message', wire: '.\r\nQUIT\r\n', message: '', rest: 'QUIT\r\n' },
  { title: 'a line', wire: 'a\r\n.\r\n', message: 'a\r\n', rest: '' },
  { title: 'a stuffed dot', wire: '..a\r\n.\r\n', message: '.a\r\n' },
  { title: 'a stuffed dot alone', wire: '..\r\n.\r\n', message: '.\r\n' },
  { title: 'a dot that nobody stuffed', wire: '.a\r\n.\r\n', message: 'a\r\n' },
  { title: 'a dot inside a line', wire: 'a.b\r\n.\r\n', message: 'a.b\r\n' },
  { title: 'an empty line', wire: 'a\r\n\r\nb\r\n.\r\n', message: 'a\r\n\r\nb\r\n' },
  {
    title: 'smuggling: LF . CR LF',
    wire: 'a\n.\r\nMAIL\r\n.\r\n',
    message: 'a\n.\r\nMAIL\r\n',
    bare: true,
    normal: 'a\r\n.\r\nMAIL\r\n',
  },
  {
    title: 'smuggling: CR LF . LF',
    wire: 'a\r\n.\nMAIL\r\n.\r\n',
    message: 'a\r\n\nMAIL\r\n',
    bare: true,
    normal: 'a\r\n\r\nMAIL\r\n',
  },
  {
    title: 'smuggling: LF . LF',
    wire: 'a\n.\nMAIL\r\n.\r\n',
    message: 'a\n.\nMAIL\r\n',
    bare: true,
    normal: 'a\r\n.\r\nMAIL\r\n',
  },
  {
    title: 'smuggling: CR . CR',
    wire: 'a\r.\rMAIL\r\n.\r\n',
    message: 'a\r.\rMAIL\r\n',
    bare: true,
    normal: 'a\r\n.\r\nMAIL\r\n',
  },
  {
    title: 'smuggling: CR . CR LF',
    wire: 'a\r.\r\nMAIL\r\n.\r\n',
    message: 'a\r.\r\nMAIL\r\n',
    bare: true,
    normal: 'a\r\n.\r\nMAIL\r\n',
  },
  {
    title: 'smuggling: CR CR LF . CR LF',
    wire: 'a\r\r\n.\r\nQUIT\r\n',
    message: 'a\r\r\n',
    rest: 'QUIT\r\n',
    bare: true,
    normal: 'a\r\n\r\n',
  },
  {
    title: 'smuggling: CR LF . CR CR LF',
    wire: 'a\r\n.\r\r\nMAIL\r\n.\r\n',
    message: 'a\r\n\r\r\nMAIL\r\n',
    bare: true,
    normal: 'a\r\n\r\n\r\nMAIL\r\n',
  },
  {
    title: 'a bare CR after the dot',
    wire: '.\r.\r\n.\r\n',
    message: '\r.\r\n',
    bare: true,
    normal: '\r\n.\r\n',
  },
  {
    title: 'bare LF first',
    wire: '\n.\r\n\r\n.\r\n',
    message: '\n.\r\n\r\n',
    bare: true,
    normal: '\r\n.\r\n\r\n',
  },
];

interface Outcome {
  readonly message: string;
  readonly rest?: string;
  readonly bare: boolean;
}

function decodeAll(decoder: MailDataDecoder, wire: Buffer, size: number): Outcome {
  let message = '';
  for (let at = 0; at < wire.length; at += size) {
    const { data, rest } = decoder.decode(wire.subarray(at, at + size));
    message += Buffer.from(data).toString('latin1');
    if (rest === undefined) continue;
    const after = Buffer.from(rest).toString('latin1') + wire.subarray(at + size).toString('latin1');
    return { message, rest: after, bare: decoder.sawBareLineEnd };
  }
  return { message, bare: decoder.sawBareLineEnd };
}

for (const { title, wire, message, rest = '', bare = false, normal = message } of cases) {
  for (const size of [1, 2, 3, 1000]) {
    test(`mail data: ${title}, ${size} at a time`, () => {
      const bytes = Buffer.from(wire, 'latin1');
      assert.deepEqual(decodeAll(new MailDataDecoder('final dot', 'kept'), bytes, size), {
        message,
        rest,
        bare,
      });
      const made = decodeAll(new MailDataDecoder('final dot', 'made CR LF'), bytes, size);
      assert.deepEqual(made, { message: normal, rest, bare });
    });
  }
}

test('mail data: counted octets have no dots', () => {
  for (const size of [1, 2, 3, 1000]) {
    const decoder = new MailDataDecoder('counted', 'made CR LF');
    const { message, rest } = decodeAll(decoder, Buffer.from('.\r\n..a\n.\r\nb\r'), size);
    assert.equal(message + Buffer.from(decoder.end()).toString(), '.\r\n..a\r\n.\r\nb\r\n');
    assert.equal(rest, undefined);
    assert.equal(decoder.sawBareLineEnd, true);
  }
});

const wireText = fc.string({
  unit: fc.constantFrom('\r', '\n', '.', 'a', '\r\n', '\r\n.', 'bb'),
  maxLength: 30,
});

test('mail data: whatever the cut, the outcome is the same', () => {
  fc.assert(
    fc.property(wireText, fc.integer({ min: 1, max: 5 }), (text, size) => {
      const wire = Buffer.from(`${text}\r\n.\r\n`);
      const whole = decodeAll(new MailDataDecoder('final dot', 'kept'), wire, wire.length);
      assert.deepEqual(decodeAll(new MailDataDecoder('final dot', 'kept'), wire, size), whole);
    }),
  );
});

test('mail data: what leaves has no bare line end, and dot-stuffing brings it back', () => {
  fc.assert(
    fc.property(wireText, (text) => {
      const wire = Buffer.from(`${text}\r\n.\r\n`);
      const { message } = decodeAll(new MailDataDecoder('final dot', 'made CR LF'), wire, 3);
      assert.doesNotMatch(message, /(?<!\r)\n|\r(?!\n)/);
      const stuffed = Buffer.from(`${message.replaceAll(/(^|\r\n)\./g, '$1..')}.\r\n`);
      const again = decodeAll(new MailDataDecoder('final dot', 'made CR LF'), stuffed, 2);
      assert.deepEqual(again, { message, rest: '', bare: false });
    }),
  );
});
