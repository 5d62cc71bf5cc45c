import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  bindsAllAddresses,
  explainTcpBinding,
  parseTcpBinding,
  printTcpBinding,
  relateBindings,
} from '../../src/mail/tcp-binding.ts';

/** What is printed for a text, or the reason why it is no binding. */
const cases: readonly (readonly [text: string, means: string])[] = [
  ['0.0.0.0:25', '0.0.0.0:25'],
  ['[::]:25', '[::]:25'],
  ['192.0.2.25:2526', '192.0.2.25:2526'],
  ['[2001:DB8:0::1]:587', '[2001:db8::1]:587'],
  ['[::ffff:192.0.2.25]:25', '192.0.2.25:25'],
  ['[fe80::1%11]:25', '[fe80::1%11]:25'],
  ['0.0.0.0', 'missing-port'],
  ['0.0.0.0:', 'missing-port'],
  ['[::]', 'missing-port'],
  ['[::]:', 'missing-port'],
  ['::', 'missing-port'],
  ['::1:25', 'missing-port'],
  ['0.0.0.0:025', 'leading-zeros'],
  ['010.0.0.1:25', 'leading-zeros'],
  ['10.0.0.01:25', 'leading-zeros'],
  ['0.0.0.0:0', 'port-out-of-range'],
  ['0.0.0.0:65536', 'port-out-of-range'],
  ['0.0.0.0:99999999999999999999', 'port-out-of-range'],
  ['0.0.0.0:smtp', 'malformed'],
  ['0.0.0.0:25:25', 'malformed'],
  ['0.0.0.256:25', 'malformed'],
  ['[192.0.2.25]:25', 'malformed'],
  ['mail.contoso.com:25', 'malformed'],
  ['*:25', 'malformed'],
  [':25', 'malformed'],
  ['25', 'malformed'],
  ['', 'malformed'],
];

for (const [text, means] of cases) {
  test(`tcp-binding: "${text}"`, () => {
    const binding = parseTcpBinding(text);
    assert.equal(binding ? printTcpBinding(binding) : explainTcpBinding(text), means);
    if (binding) assert.deepEqual([binding.text, explainTcpBinding(text)], [text, undefined]);
  });
}

test('tcp-binding: the unspecified addresses bind all of their family', () => {
  const all = ['0.0.0.0:25', '[::]:25', '10.0.0.1:25', '[::1]:25'].map((text) => {
    const binding = parseTcpBinding(text);
    assert.ok(binding);
    return bindsAllAddresses(binding);
  });
  assert.deepEqual(all, [true, true, false, false]);
});

test('tcp-binding: a printed binding is read back', () => {
  const bindings = fc
    .tuple(
      fc.oneof(
        fc.ipV4(),
        fc.ipV6().map((text) => `[${text}]`),
      ),
      fc.integer({ min: 1, max: 65535 }),
    )
    .map(([host, port]) => parseTcpBinding(`${host}:${port}`));
  fc.assert(
    fc.property(bindings, (binding) => {
      assert.ok(binding);
      const printed = printTcpBinding(binding);
      assert.deepEqual(parseTcpBinding(printed), { ...binding, text: printed });
    }),
  );
});

const relations = [
  { a: '10.0.0.1:25', b: '10.0.0.1:25', relation: 'equal' },
  { a: '[::1]:25', b: '[0:0::1]:25', relation: 'equal' },
  { a: '0.0.0.0:25', b: '0.0.0.0:25', relation: 'equal' },
  { a: '0.0.0.0:25', b: '10.0.0.1:25', relation: 'one-binds-all' },
  { a: '0.0.0.0:25', b: '[::1]:25', relation: 'apart' },
  { a: '0.0.0.0:25', b: '10.0.0.1:587', relation: 'apart' },
  { a: '10.0.0.1:25', b: '10.0.0.2:25', relation: 'apart' },
] as const;

for (const { a, b, relation } of relations) {
  test(`tcp-binding: ${a} and ${b} are ${relation}`, () => {
    const [ours, theirs] = [parseTcpBinding(a), parseTcpBinding(b)];
    assert.ok(ours && theirs);
    assert.equal(relateBindings(ours, theirs), relation);
    assert.equal(relateBindings(theirs, ours), relation);
  });
}
