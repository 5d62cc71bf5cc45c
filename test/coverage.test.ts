/** rules/coverage.json says of each known constraint which rule tells of it, or why none does; a generator makes a page of it. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { rules } from '../rules/index.ts';
import { builtIn } from '../src/lint/built-in.ts';

type Entry = { readonly rule?: string; readonly also?: readonly string[]; readonly reason?: string };

const coverage = JSON.parse(readFileSync('rules/coverage.json', 'utf8')) as Readonly<Record<string, Entry>>;
const known = new Set([...rules, ...builtIn].map(({ id }) => id));

test('the keys are sorted', () => {
  assert.deepEqual(Object.keys(coverage), Object.keys(coverage).sort());
});

for (const [id, { rule, also = [], reason }] of Object.entries(coverage)) {
  test(`${id}: a rule that there is, or a reason`, () => {
    assert.ok((rule === undefined) !== (reason === undefined), 'either a rule or a reason');
    for (const one of [...(rule === undefined ? [] : [rule]), ...also])
      assert.ok(known.has(one), `there is no rule "${one}"`);
    if (reason !== undefined) assert.match(reason, /^[A-Z].*\.$/);
  });
}
