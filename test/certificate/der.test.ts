import assert from 'node:assert/strict';
import { test } from 'node:test';
import { derValues, objectIdentifier } from '../../src/certificate/der.ts';

const cases: readonly { title: string; bytes: readonly number[]; lengths: readonly number[] }[] = [
  { title: 'two values', bytes: [0x01, 0x01, 0xff, 0x05, 0x00], lengths: [3, 2] },
  { title: 'a long form of the length', bytes: [0x04, 0x81, 0x01, 0xff], lengths: [4] },
  { title: 'content cut off', bytes: [0x05, 0x00, 0x04, 0x02, 0xff], lengths: [2] },
  { title: 'length cut off', bytes: [0x04, 0x82, 0x01], lengths: [] },
  { title: 'a length that no file has', bytes: [0x04, 0x89, 1, 1, 1, 1, 1, 1, 1, 1, 1], lengths: [] },
  { title: 'a tag alone', bytes: [0x04], lengths: [] },
  { title: 'nothing', bytes: [], lengths: [] },
];

for (const { title, bytes, lengths } of cases) {
  test(`DER: ${title}`, () => {
    assert.deepEqual(
      derValues(Uint8Array.from(bytes)).map(({ length }) => length),
      lengths,
    );
  });
}

test('object identifiers', () => {
  assert.equal(objectIdentifier(Uint8Array.from([0x55, 0x1d, 0x0f])), '2.5.29.15');
  assert.equal(objectIdentifier(Uint8Array.from([0x2a, 0x86, 0x48, 0xce, 0x3d])), '1.2.840.10045');
  assert.equal(objectIdentifier(Uint8Array.from([0x88, 0x37])), '2.999');
});
