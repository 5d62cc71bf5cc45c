import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseIpRange, type IpRange } from '../../src/mail/ip-range.ts';
import { isCovered, sameAddresses } from '../../src/mail/ip-ranges.ts';

interface Case {
  readonly title: string;
  readonly a: readonly string[];
  readonly b: readonly string[];
  readonly same: boolean;
}

const cases: readonly Case[] = [
  { title: 'two spellings of a network', a: ['10.0.0.0/24'], b: ['10.0.0.0(255.255.255.0)'], same: true },
  { title: 'two halves and the whole', a: ['10.0.0.0/24'], b: ['10.0.0.128/25', '10.0.0.0/25'], same: true },
  { title: 'one inside the other', a: ['10.0.0.0/24', '10.0.0.7'], b: ['10.0.0.0/24'], same: true },
  { title: 'both families in another order', a: ['10.0.0.1', '::1'], b: ['::1', '10.0.0.1'], same: true },
  { title: 'a gap', a: ['10.0.0.1-10.0.0.9'], b: ['10.0.0.1-10.0.0.4', '10.0.0.6-10.0.0.9'], same: false },
  { title: 'one address more', a: ['10.0.0.1'], b: ['10.0.0.1', '10.0.0.2'], same: false },
  { title: 'the same numbers in another family', a: ['0.0.0.1'], b: ['::1'], same: false },
  { title: 'nothing and something', a: [], b: ['10.0.0.1'], same: false },
];

const parse = (text: string): IpRange => parseIpRange(text) ?? assert.fail(text);

for (const { title, a, b, same } of cases) {
  test(`same addresses: ${title}`, () => {
    assert.equal(sameAddresses(a.map(parse), b.map(parse)), same);
    assert.equal(sameAddresses(b.map(parse), a.map(parse)), same);
  });
}

interface CoverCase {
  readonly title: string;
  readonly range: string;
  readonly by: readonly string[];
  readonly covered: boolean;
}

const coverCases: readonly CoverCase[] = [
  { title: 'itself', range: '10.0.0.0/24', by: ['10.0.0.0/24'], covered: true },
  {
    title: 'two neighbours together',
    range: '10.0.0.100-10.0.0.200',
    by: ['10.0.0.128/25', '10.0.0.0/25'],
    covered: true,
  },
  {
    title: 'a gap of one address',
    range: '10.0.0.1-10.0.0.9',
    by: ['10.0.0.1-10.0.0.4', '10.0.0.6-10.0.0.9'],
    covered: false,
  },
  {
    title: 'one address beyond the end',
    range: '10.0.0.1-10.0.0.10',
    by: ['10.0.0.1-10.0.0.9'],
    covered: false,
  },
  { title: 'the same numbers in another family', range: '0.0.0.1', by: ['::1'], covered: false },
  { title: 'nothing', range: '10.0.0.1', by: [], covered: false },
];

for (const { title, range, by, covered } of coverCases) {
  test(`covered by ${title}`, () => {
    assert.equal(isCovered(parse(range), by.map(parse)), covered);
  });
}
