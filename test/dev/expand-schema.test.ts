import assert from 'node:assert/strict';
import test from 'node:test';
import { expandSchema } from '../../src/dev/expand-schema.ts';

test('references are written out and annotations left out, but not keys that are named like one', () => {
  const written = {
    title: 'a topology',
    properties: { description: { $ref: '#/$defs/text' }, list: { items: [{ $ref: '#/$defs/text' }] } },
    additionalProperties: false,
    $defs: { text: { type: 'string', examples: ['a'] } },
  };
  assert.deepEqual(expandSchema(written, written), {
    properties: { description: { type: 'string' }, list: { items: [{ type: 'string' }] } },
    additionalProperties: false,
  });
});

test('a keyword for whose faults there are no words is refused', () => {
  const written = { properties: { a: { pattern: '^a' } } };
  assert.throws(() => expandSchema(written, written), /no words for faults of the keyword "pattern"/);
});

test('a reference that leads nowhere is refused', () => {
  assert.throws(() => expandSchema({ $ref: '#/$defs/a' }, {}), /"#\/\$defs\/a" leads nowhere/);
});
