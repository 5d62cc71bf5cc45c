import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bounds } from '../../src/base/bounds.ts';
import type { Diagnostic, Severity } from '../../src/base/diagnostic.ts';
import { firstFindings } from '../../src/lint/first-findings.ts';

function finding(start: number, severity: Severity = 'warning'): Diagnostic {
  const at = { file: 't', start, end: start + 1, path: '' };
  return { rule: 'a-rule', severity, message: `Finding ${start}.`, at, related: [] };
}

const bound = { most: 3, unit: 'findings', of: 'this test', beyond: 'told' };

test('firstFindings: as many as the bound are told, in order', () => {
  const found = [finding(2), finding(0), finding(1)];
  assert.deepEqual(firstFindings(found, bound), [finding(0), finding(1), finding(2)]);
});

for (const severity of ['warning', 'error'] as const) {
  test(`firstFindings: one more with a hidden ${severity} is told as that, at the place of the next one`, () => {
    const found = [finding(4, severity), finding(3), finding(2), finding(1), finding(0)];
    const told = firstFindings(found, bound);
    assert.deepEqual(told.slice(0, 3), [finding(0), finding(1), finding(2)]);
    assert.equal(told.length, 4);
    assert.deepEqual(
      [told[3]?.rule, told[3]?.severity, told[3]?.at.start],
      ['too-many-findings', severity, 3],
    );
  });
}

test('firstFindings: texts and places of a finding are cut to what a report can hold', () => {
  const name = 'n'.repeat(100_000);
  const related = Array.from({ length: 1000 }, () => ({ at: finding(0).at, note: name }));
  const [one] = firstFindings([{ ...finding(0), message: `"${name}" is odd.`, help: name, related }], bound);
  assert.equal(one?.related.length, bounds.places.most);
  for (const text of [one?.message, one?.help, ...(one?.related ?? []).map(({ note }) => note)])
    assert.ok((text ?? '').length <= bounds.words.most, String(text?.length));
  assert.match(one?.message ?? '', /^"n+ … n+" is odd\.$/);
});
