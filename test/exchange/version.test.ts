import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  compareVersions,
  exchangeVersions,
  holdsIn,
  parseVersion,
  versionsWith,
  type ExchangeVersion,
  type VersionFact,
} from '../../src/exchange/version.ts';

const cases: readonly (readonly [fact: VersionFact, versions: readonly ExchangeVersion[]])[] = [
  [{}, exchangeVersions],
  [{ since: '2013' }, ['2013', '2016', '2019', 'SE']],
  [{ until: '2010' }, ['2007', '2010']],
  [{ since: '2010', until: '2010' }, ['2010']],
  [{ since: '2010', until: '2016' }, ['2010', '2013', '2016']],
  [{ since: 'SE' }, ['SE']],
];

for (const [fact, versions] of cases) {
  test(`version: ${JSON.stringify(fact)} holds in ${versions.join(' ')}`, () => {
    assert.deepEqual(versionsWith(fact), versions);
  });
}

test('version: names are read without regard to case', () => {
  assert.equal(parseVersion('se'), 'SE');
  assert.equal(parseVersion('2010'), '2010');
  assert.equal(parseVersion('2012'), undefined);
  assert.equal(parseVersion(''), undefined);
});

test('version: a fact holds in its own ends, and outside of them nowhere', () => {
  const versions = fc.constantFrom(...exchangeVersions);
  fc.assert(
    fc.property(versions, versions, versions, (since, until, version) => {
      const isBetween = compareVersions(since, version) <= 0 && compareVersions(version, until) <= 0;
      assert.equal(holdsIn(version, { since, until }), isBetween);
    }),
  );
});
