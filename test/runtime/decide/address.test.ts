import assert from 'node:assert/strict';
import { test } from 'node:test';

import {
  addressTowards,
  formatAddress,
  isWildcard,
  parseAddress,
  parseRange,
  rangeHolds,
  rangeSize,
  sameAddress,
} from '../../../runtime/decide/address.ts';

const canonical: readonly { readonly text: string; readonly written?: string }[] = [
  { text: '192.0.2.25', written: '192.0.2.25' },
  { text: '0.0.0.0', written: '0.0.0.0' },
  { text: '255.255.255.255', written: '255.255.255.255' },
  { text: '::ffff:192.0.2.25', written: '192.0.2.25' },
  { text: '::FFFF:C000:0219', written: '192.0.2.25' },
  { text: '::', written: '::' },
  { text: '[::1]', written: '::1' },
  { text: '2001:DB8:0:0:1:0:0:1', written: '2001:db8::1:0:0:1' },
  { text: '2001:db8:0:1:1:1:1:1', written: '2001:db8:0:1:1:1:1:1' },
  { text: '64:ff9b::192.0.2.33', written: '64:ff9b::c000:221' },
  { text: 'fe80::1%eth0', written: 'fe80::1' },
  { text: '1::', written: '1::' },
  { text: '192.0.2.025' },
  { text: '192.0.2' },
  { text: '[192.0.2.1]' },
  { text: '192.0.2.1:25' },
  { text: 'mail.contoso.com' },
  { text: '' },
];

for (const { text, written } of canonical) {
  test(`address: ${JSON.stringify(text)} is ${written ?? 'no address'}`, () => {
    const address = parseAddress(text);
    assert.equal(address && formatAddress(address), written);
  });
}

const ranges: readonly {
  readonly first: string;
  readonly last: string;
  readonly address: string;
  readonly outcome: 'held' | 'outside' | 'no range';
  readonly size?: bigint;
}[] = [
  { first: '10.0.0.1', last: '10.0.0.50', address: '10.0.0.1', outcome: 'held', size: 50n },
  { first: '10.0.0.1', last: '10.0.0.50', address: '::ffff:10.0.0.50', outcome: 'held', size: 50n },
  { first: '10.0.0.1', last: '10.0.0.50', address: '10.0.0.51', outcome: 'outside', size: 50n },
  { first: '0.0.0.0', last: '255.255.255.255', address: '::1', outcome: 'outside', size: 2n ** 32n },
  {
    first: '::',
    last: 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff',
    address: '::1',
    outcome: 'held',
    size: 2n ** 128n,
  },
  { first: '::', last: 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff', address: '10.0.0.1', outcome: 'outside' },
  { first: '10.0.0.2', last: '10.0.0.1', address: '10.0.0.1', outcome: 'no range' },
  { first: '10.0.0.2', last: '::1', address: '10.0.0.2', outcome: 'no range' },
];

for (const { first, last, address, outcome, size } of ranges) {
  test(`range: ${address} is ${outcome} for ${first}-${last}`, () => {
    const range = parseRange({ first, last });
    const parsed = parseAddress(address);
    assert.ok(parsed);
    assert.equal(range ? (rangeHolds(range, parsed) ? 'held' : 'outside') : 'no range', outcome);
    if (range && size !== undefined) assert.equal(rangeSize(range), size);
  });
}

test('address: the same in two writings', () => {
  assert.ok(sameAddress('2001:db8::1', '2001:0DB8:0::0001'));
  assert.ok(!sameAddress('10.0.0.1', '10.0.0.2'));
  assert.ok(!sameAddress('nobody', 'nobody'));
  assert.ok(isWildcard('0.0.0.0') && isWildcard('::') && !isWildcard('10.0.0.0'));
});

const towards: readonly (readonly [own: readonly string[], target: string, chosen: string | undefined])[] = [
  [['192.0.2.45', '10.3.9.45'], '10.3.0.20', '10.3.9.45'],
  [['192.0.2.45', '10.3.9.45'], '192.0.2.1', '192.0.2.45'],
  [['10.0.0.1', '10.0.0.2'], '10.0.0.3', '10.0.0.2'],
  [['10.0.0.4', '10.0.0.5'], '10.0.0.9', '10.0.0.4'],
  [['10.0.0.1', '2001:db8::1'], '2001:db8::2', '2001:db8::1'],
  [['10.0.0.1'], '2001:db8::2', '10.0.0.1'],
  [[], '10.0.0.1', undefined],
];
for (const [own, target, chosen] of towards) {
  test(`${own.join(', ') || 'nobody'} speaks to ${target} from ${chosen ?? 'nowhere'}`, () => {
    assert.equal(addressTowards(own, target), chosen);
  });
}
