import assert from 'node:assert/strict';
import { test } from 'node:test';
import { reachesInternet } from '../../src/mail/internet-reach.ts';
import { parseIpRange } from '../../src/mail/ip-range.ts';

interface Case {
  readonly title: string;
  readonly ranges: readonly string[];
  readonly reaches: boolean;
}

const cases: readonly Case[] = [
  { title: 'all of IPv4', ranges: ['0.0.0.0-255.255.255.255'], reaches: true },
  { title: 'all of IPv6', ranges: ['::/0'], reaches: true },
  { title: 'two halves', ranges: ['0.0.0.0/1', '128.0.0.0/1'], reaches: true },
  {
    title: 'the Internet in many small parts',
    ranges: ['64.0.0.0/13', '65.0.0.0/13', '66.0.0.0/13'],
    reaches: true,
  },
  {
    title: 'a part that counts once, however often it is written',
    ranges: ['64.0.0.0/13', '64.0.0.0/13', '64.0.0.0/14'],
    reaches: false,
  },
  { title: 'a class A network that was meant as a host', ranges: ['20.0.0.0'], reaches: true },
  {
    title: 'all private networks',
    ranges: ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10'],
    reaches: false,
  },
  { title: 'private IPv6 networks', ranges: ['fc00::/7', 'fe80::/10'], reaches: false },
  { title: 'a university', ranges: ['129.132.0.0/16', '192.33.88.0/21', '82.130.64.0/18'], reaches: false },
  { title: 'a block of an IPv6 provider', ranges: ['2a02:1200::/32'], reaches: false },
  { title: 'documentation addresses', ranges: ['198.51.100.0/24', '2001:db8::/32'], reaches: false },
  { title: 'nobody', ranges: [], reaches: false },
];

for (const { title, ranges, reaches } of cases) {
  test(`reaches the Internet: ${title}`, () => {
    const parsed = ranges.map((text) => parseIpRange(text) ?? assert.fail(text));
    assert.equal(reachesInternet(parsed), reaches);
  });
}
