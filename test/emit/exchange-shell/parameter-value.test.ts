import assert from 'node:assert/strict';
import { test } from 'node:test';
import { literal } from '../../../src/emit/exchange-shell/parameter-value.ts';
import type { ParameterValue } from '../../../src/plan/step.ts';

const cases: readonly (readonly [ParameterValue, string])[] = [
  [{ kind: 'text', text: "220 it's here" }, "'220 it''s here'"],
  [{ kind: 'boolean', value: true }, '$true'],
  [{ kind: 'boolean', value: false }, '$false'],
  [{ kind: 'number', value: 25 }, '25'],
  [{ kind: 'size', bytes: 26214400 }, "'25MB'"],
  [{ kind: 'size', bytes: 1536 * 1024 }, "'1536KB'"],
  [{ kind: 'size', bytes: 0 }, "'0B'"],
  [{ kind: 'size', bytes: 'unlimited' }, "'unlimited'"],
  [{ kind: 'limit', value: 5000 }, '5000'],
  [{ kind: 'limit', value: 'unlimited' }, "'unlimited'"],
  [{ kind: 'time-span', seconds: 600 }, "'00:10:00'"],
  [{ kind: 'time-span', seconds: 90061 }, "'1.01:01:01'"],
  [{ kind: 'enum', names: ['Tls'], multi: true }, "@('Tls')"],
  [{ kind: 'enum', names: ['Verbose'], multi: false }, "'Verbose'"],
  [{ kind: 'list', items: [] }, '@()'],
  [{ kind: 'list', items: ['a', 'b'] }, "@('a', 'b')"],
  [
    { kind: 'list', items: ['a', 'b', 'c', 'd', 'e'] },
    "@(\n    'a',\n    'b',\n    'c',\n    'd',\n    'e'\n)",
  ],
  [{ kind: 'null' }, '$null'],
];

for (const [value, text] of cases) {
  test(`${JSON.stringify(value)} is written ${JSON.stringify(text)}`, () => {
    assert.equal(literal(value), text);
  });
}
