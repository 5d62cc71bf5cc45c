import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fingerprint } from '../../src/report/fingerprint.ts';

const base = {
  rule: 'malformed-smart-host',
  message: '"relay:25" is no smart host.',
  at: { file: 'a.yaml', start: 10, end: 18, path: '/sendConnectors/To Fabrikam/smartHosts/0' },
};

const cases: readonly {
  readonly title: string;
  readonly other: Parameters<typeof fingerprint>[0];
  readonly same: boolean;
}[] = [
  { title: 'the block moved', other: { ...base, at: { ...base.at, start: 90, end: 98 } }, same: true },
  {
    title: 'an entry was added above',
    other: { ...base, at: { ...base.at, path: '/sendConnectors/To Fabrikam/smartHosts/3' } },
    same: true,
  },
  { title: 'another file', other: { ...base, at: { ...base.at, file: 'b.yaml' } }, same: true },
  { title: 'another value', other: { ...base, message: '"relay:26" is no smart host.' }, same: false },
  { title: 'another rule', other: { ...base, rule: 'schema' }, same: false },
  {
    title: 'another connector',
    other: { ...base, at: { ...base.at, path: '/sendConnectors/To Tailspin/smartHosts/0' } },
    same: false,
  },
  { title: 'half characters', other: { ...base, message: '\ud800' }, same: false },
];

for (const { title, other, same } of cases) {
  test(`fingerprint: ${title} is ${same ? 'the same' : 'another'} finding`, () => {
    assert.equal(fingerprint(base) === fingerprint(other), same);
  });
}

test('fingerprint: two different half characters stay two findings', () => {
  const of = (message: string): string => fingerprint({ ...base, message });
  assert.notEqual(of('\ud800'), of('\ud801'));
  assert.match(of('x'), /^[0-9a-f]{64}$/);
});

test('fingerprint: what stands in baselines holds from version to version', () => {
  assert.equal(fingerprint(base), 'c74708f527a5f8c7737cee18fcf859975f0edc1664f363a2f9b374dbbd6ab504');
});
