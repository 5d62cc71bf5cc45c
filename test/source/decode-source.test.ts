import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decodeSource } from '../../src/source/decode-source.ts';

test('decode: a byte-order mark is left out', () => {
  assert.equal(decodeSource('t', Buffer.from('\ufeffa: 1', 'utf8')).value, 'a: 1');
});

test('decode: the first byte that is not UTF-8 is told', () => {
  const cases: readonly (readonly [bytes: readonly number[], start: number])[] = [
    [[0x61, 0xff, 0x62], 1],
    [[0xc3, 0xa9, 0x80], 1],
    [[0x61, 0xe2, 0x82], 1],
    [[0xed, 0xa0, 0x80], 0],
    [[...Buffer.from('a😀'), 0xc0], 3],
  ];
  for (const [bytes, start] of cases) {
    const { value, diagnostics } = decodeSource('t', Uint8Array.from(bytes));
    assert.equal(value, undefined);
    assert.equal(diagnostics[0]?.at.start, start, JSON.stringify(bytes));
  }
});
