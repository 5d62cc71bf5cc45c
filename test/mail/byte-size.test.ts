import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  parseByteLimit,
  parseByteSize,
  parseExactByteSize,
  printByteSize,
} from '../../src/mail/byte-size.ts';

interface Case {
  readonly text: string;
  readonly bytes: number | undefined;
  readonly printed?: string;
}

const cases: readonly Case[] = [
  { text: '25MB', bytes: 26_214_400, printed: '25MB' },
  { text: '25 mb', bytes: 26_214_400, printed: '25MB' },
  { text: '26214400', bytes: 26_214_400, printed: '25MB' },
  { text: '1', bytes: 1024, printed: '1KB' },
  { text: '1025B', bytes: 2048, printed: '2KB' },
  { text: '0', bytes: 0, printed: '0B' },
  { text: '64KB', bytes: 65_536, printed: '64KB' },
  { text: '1024KB', bytes: 1_048_576, printed: '1MB' },
  { text: '2147483647', bytes: 2_147_483_648, printed: '2GB' },
  { text: '3TB', bytes: 3_298_534_883_328, printed: '3TB' },
  { text: 'unlimited', bytes: undefined },
  { text: '25 Megs', bytes: undefined },
  { text: '25  MB', bytes: undefined },
  { text: '1.5MB', bytes: undefined },
  { text: '-1', bytes: undefined },
  { text: '1e3', bytes: undefined },
  { text: '', bytes: undefined },
  { text: 'MB', bytes: undefined },
  { text: '99999999999999999999', bytes: undefined },
];

for (const { text, bytes, printed } of cases) {
  test(`byte-size: "${text}" is ${bytes ?? 'no size'}`, () => {
    assert.equal(parseByteSize(text), bytes);
    if (bytes !== undefined) assert.equal(printByteSize(bytes), printed);
  });
}

test('byte-size: a limit may be unlimited', () => {
  assert.equal(parseByteLimit('Unlimited'), 'unlimited');
  assert.equal(parseByteLimit('10MB'), 10_485_760);
  assert.equal(parseByteLimit('none'), undefined);
});

test('byte-size: a printed size is read back', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 2 ** 42 }), (kilobytes) => {
      assert.equal(parseByteSize(printByteSize(kilobytes * 1024)), kilobytes * 1024);
    }),
  );
});

test('byte-size: an exact size is not rounded', () => {
  assert.equal(parseExactByteSize('2147483647'), 2_147_483_647);
  assert.equal(parseByteSize('2147483647'), 2_147_483_648);
  assert.equal(parseExactByteSize('25 Megs'), undefined);
});
