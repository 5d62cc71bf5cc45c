/** The short look at a shape says what the validator says, of sound topologies and of all others. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import fc from 'fast-check';
import { stringify } from 'yaml';
import { hasShape } from '../../src/schema/has-shape.ts';
import type { JsonSchema } from '../../src/schema/json-schema.ts';
import { schema } from '../../src/schema/expanded-schema.js';
import { validate } from '../../src/schema/validate-topology.js';
import { plainOf } from '../../src/source/located.ts';
import { parseSource } from '../../src/source/parse-source.ts';

const examples = readdirSync('examples', { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => {
    const { value } = parseSource(name, readFileSync(`examples/${name}/topology.yaml`, 'utf8'));
    assert.ok(value, name);
    return value;
  });

test('every example has the shape of a topology', () => {
  const without = examples.filter(({ root }) => !hasShape(root, schema));
  assert.deepEqual(
    without.map(({ file }) => file),
    [],
  );
});

/** Puts something else into one place of a value; `steps` choose the way there. */
function changed(value: unknown, [step, ...steps]: readonly number[], other: unknown): unknown {
  if (step === undefined || typeof value !== 'object' || value === null) return other;
  const entries = Object.entries(value);
  const at = step % (entries.length + 1);
  const [key, inside] = entries[at] ?? ['new', undefined];
  const entry = [key, at < entries.length ? changed(inside, steps, other) : other] as const;
  const all = Object.entries({ ...value, ...Object.fromEntries([entry]) }).filter(
    ([, one]) => one !== undefined,
  );
  return Array.isArray(value) ? all.map(([, one]) => one) : Object.fromEntries(all);
}

const others = [
  undefined,
  null,
  true,
  1,
  1.5,
  'a',
  '2016',
  'None',
  [],
  ['a'],
  [1],
  {},
  { a: 1 },
  { env: 'A' },
];

test('an example in which one place is changed has it where the validator says so', () => {
  const seen = new Set<boolean>();
  const way = fc.array(fc.nat(20), { maxLength: 5 });
  fc.assert(
    fc.property(fc.constantFrom(...examples), way, fc.constantFrom(...others), (example, steps, other) => {
      const { value } = parseSource('t.yaml', stringify(changed(plainOf(example.root), steps, other) ?? {}));
      fc.pre(value !== undefined);
      const expected = validate(plainOf(value.root));
      seen.add(expected);
      assert.equal(hasShape(value.root, schema), expected);
    }),
    { numRuns: 400 },
  );
  assert.equal(seen.size, 2, 'some have the shape, and some have not');
});

const parts: readonly (readonly [schema: JsonSchema, yes: readonly string[], no: readonly string[]])[] = [
  [{ type: 'integer' }, ['1', '-2', '1.0'], ['1.5', '"1"', '.inf', '.nan', '~', '[]', '{}']],
  [{ type: ['integer', 'string'] }, ['1', 'a'], ['true', '1.5', '~']],
  [{ type: 'boolean' }, ['true'], ['"true"', 'yes', '~']],
  [{ enum: ['2010', 2010] }, ['2010', '"2010"'], ['2013', '[2010]', '{}']],
  [{ const: 1 }, ['1'], ['"1"', '2', '~', '[1]']],
  [{ type: 'object', minProperties: 1 }, ['{ a: 1 }'], ['{}', '[]', '~', 'a']],
  [{ type: 'array', minItems: 2 }, ['[1, 2]'], ['[1]', '{}', '~']],
  [
    { items: [{ type: 'string' }, { type: 'integer' }], additionalItems: false },
    ['[]', '[a]', '[a, 1]', 'a'],
    ['[1]', '[a, 1, 1]'],
  ],
  [{ oneOf: [{ required: ['env'] }, { required: ['file'] }] }, ['{ env: 1 }'], ['{}', '{ env: 1, file: 1 }']],
  [
    { properties: { a: { type: 'string' } }, additionalProperties: false },
    ['{ a: x }', '{}', '[]', 'a'],
    ['{ a: 1 }', '{ b: x }', '{ __proto__: x }', '{ toString: x }'],
  ],
  [
    { additionalProperties: { type: 'string' } },
    ['{ b: x }', '{ __proto__: x }'],
    ['{ b: 1 }', '{ __proto__: 1 }'],
  ],
];

for (const [part, yes, no] of parts) {
  test(`shape: ${JSON.stringify(part)}`, () => {
    for (const text of [...yes, ...no]) {
      const { value } = parseSource('t.yaml', text);
      assert.equal(value && hasShape(value.root, part), yes.includes(text), text);
    }
  });
}
