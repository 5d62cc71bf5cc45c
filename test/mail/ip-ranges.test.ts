import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parseIpRange, type IpRange } from '../../src/mail/ip-range.ts';
import {
  countAddresses,
  isCovered,
  sameAddresses,
  subtractRanges,
  type IpInterval,
} from '../../src/mail/ip-ranges.ts';

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

const interval = fc
  .tuple(fc.constantFrom('ipv4' as const, 'ipv6' as const), fc.nat(15), fc.nat(15))
  .map(([family, a, b]): IpInterval => {
    return { family, first: BigInt(Math.min(a, b)), last: BigInt(Math.max(a, b)) };
  });

function addressesOf(intervals: readonly IpInterval[]): ReadonlySet<string> {
  const all = new Set<string>();
  for (const { family, first, last } of intervals)
    for (let value = first; value <= last; value += 1n) all.add(`${family} ${value}`);
  return all;
}

test('what is subtracted is gone, and all else is left, once', () => {
  fc.assert(
    fc.property(fc.array(interval, { maxLength: 6 }), fc.array(interval, { maxLength: 6 }), (a, b) => {
      const left = subtractRanges(a, b);
      const taken = addressesOf(b);
      const expected = new Set([...addressesOf(a)].filter((one) => !taken.has(one)));
      assert.deepEqual(addressesOf(left), expected);
      assert.equal(
        left.reduce((count, { first, last }) => count + last - first + 1n, 0n),
        countAddresses(left, 'ipv4') + countAddresses(left, 'ipv6'),
      );
    }),
  );
});
