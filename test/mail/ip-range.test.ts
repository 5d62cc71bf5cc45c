import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parseIpAddress, printIpAddress, type IpAddress } from '../../src/mail/ip-address.ts';
import {
  classfulNetwork,
  explainIpRange,
  hasAddress,
  holds,
  parseIpRange,
  printIpRange,
  rangeOfAddress,
  relate,
  sizeOfRange,
  type IpRange,
} from '../../src/mail/ip-range.ts';

const allIpv6 = '::-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff';

interface Parsed {
  readonly title: string;
  readonly text: string;
  /** What is printed for it, or the reason why it is no range. */
  readonly means: string;
  readonly form?: IpRange['form'];
}

const parsed: readonly Parsed[] = [
  { title: 'one host', text: '10.0.6.6', means: '10.0.6.6', form: 'address' },
  { title: 'CIDR', text: '10.0.8.0/24', means: '10.0.8.0/24', form: 'cidr' },
  { title: 'CIDR with host bits', text: '192.168.1.1/24', means: '192.168.1.0/24', form: 'cidr' },
  { title: 'CIDR of one host', text: '192.168.1.1/32', means: '192.168.1.1', form: 'cidr' },
  { title: 'first to last', text: '10.0.7.1-10.0.7.20', means: '10.0.7.1-10.0.7.20', form: 'range' },
  {
    title: 'blanks around the hyphen',
    text: '10.0.7.1 - 10.0.7.20',
    means: '10.0.7.1-10.0.7.20',
    form: 'range',
  },
  { title: 'a range that is a block', text: '10.0.0.0-10.0.0.255', means: '10.0.0.0/24', form: 'range' },
  { title: 'everything', text: '0.0.0.0-255.255.255.255', means: '0.0.0.0-255.255.255.255', form: 'range' },
  { title: 'everything as CIDR', text: '0.0.0.0/0', means: '0.0.0.0-255.255.255.255', form: 'cidr' },
  { title: 'address and mask', text: '10.0.9.0(255.255.255.192)', means: '10.0.9.0/26', form: 'mask' },
  { title: 'mask of one host', text: '10.0.9.7(255.255.255.255)', means: '10.0.9.7', form: 'mask' },
  { title: 'mask of everything', text: '10.0.9.7(0.0.0.0)', means: '0.0.0.0-255.255.255.255', form: 'mask' },
  { title: 'class C', text: '192.168.1.0', means: '192.168.1.0/24', form: 'classful' },
  { title: 'class B', text: '172.16.0.0', means: '172.16.0.0/16', form: 'classful' },
  { title: 'class A', text: '10.0.0.0', means: '10.0.0.0/8', form: 'classful' },
  { title: 'class B with a host part', text: '172.16.5.0', means: '172.16.5.0', form: 'address' },
  { title: 'class A with a host part', text: '10.1.0.0', means: '10.1.0.0', form: 'address' },
  { title: 'no class above 223', text: '224.0.0.0', means: '224.0.0.0', form: 'address' },
  {
    title: 'a host that ends in .0, said to be one',
    text: '192.168.1.0/32',
    means: '192.168.1.0/32',
    form: 'cidr',
  },
  { title: 'IPv6 host', text: '2001:DB8:0:0::1', means: '2001:db8::1', form: 'address' },
  { title: 'IPv6 block', text: '2001:db8::/32', means: '2001:db8::/32', form: 'cidr' },
  { title: 'IPv6 range', text: '2001:db8::1-2001:db8::5', means: '2001:db8::1-2001:db8::5', form: 'range' },
  { title: 'all of IPv6', text: allIpv6, means: allIpv6, form: 'range' },
  { title: 'IPv6 zone', text: 'fe80::1%11', means: 'fe80::1%11', form: 'address' },
  { title: 'IPv4-mapped host', text: '::ffff:192.0.2.1', means: '192.0.2.1', form: 'address' },
  { title: 'IPv4-mapped block', text: '::ffff:192.0.2.0/120', means: '192.0.2.0/24', form: 'cidr' },
  { title: 'a block wider than the mapped ones', text: '::ffff:192.0.2.0/80', means: '::/80', form: 'cidr' },
  { title: 'blanks around', text: ' 10.0.6.6 ', means: '10.0.6.6', form: 'address' },
  { title: 'reversed', text: '10.0.7.20-10.0.7.1', means: 'reversed' },
  { title: 'two families', text: '10.0.7.1-2001:db8::1', means: 'mixed-families' },
  { title: 'a mask of the other family', text: '2001:db8::(255.255.255.0)', means: 'mixed-families' },
  { title: 'an IPv6 mask', text: '2001:db8::(ffff::)', means: 'malformed' },
  { title: 'a mask with a hole', text: '10.0.9.0(255.0.255.0)', means: 'non-contiguous-mask' },
  { title: 'a wildcard mask', text: '10.0.9.0(0.0.0.63)', means: 'non-contiguous-mask' },
  { title: 'IPv4 prefix above 32', text: '10.0.0.0/33', means: 'prefix-out-of-bounds' },
  { title: 'IPv6 prefix above 128', text: '2001:db8::/129', means: 'prefix-out-of-bounds' },
  { title: 'a prefix with a zero in front', text: '10.0.0.0/08', means: 'malformed' },
  { title: 'a prefix that is a mask', text: '10.0.0.0/255.0.0.0', means: 'malformed' },
  { title: 'no prefix', text: '10.0.0.0/', means: 'malformed' },
  { title: 'a name', text: 'mail.fabrikam.com', means: 'host-name' },
  { title: 'a name of one label with a hyphen', text: 'mail-gw', means: 'host-name' },
  { title: 'a name with a prefix', text: 'mail.fabrikam.com/24', means: 'host-name' },
  { title: 'a part above 255', text: '10.0.0.256', means: 'malformed' },
  { title: 'three parts', text: '10.0.1', means: 'malformed' },
  { title: 'a zero in front', text: '010.0.0.1', means: 'malformed' },
  { title: 'hexadecimal', text: '0x0a.0.0.1', means: 'malformed' },
  { title: 'a range of last parts', text: '10.0.0.1-20', means: 'malformed' },
  { title: 'two zones', text: 'fe80::1%11-fe80::9%12', means: 'malformed' },
  { title: 'an open bracket', text: '10.0.9.0(255.255.255.0', means: 'malformed' },
  { title: 'brackets of an address literal', text: '[10.0.0.1]', means: 'malformed' },
  { title: 'nothing', text: '', means: 'malformed' },
  { title: 'a list', text: '10.0.0.1,10.0.0.2', means: 'malformed' },
];

for (const { title, text, means, form } of parsed) {
  test(`ip-range: ${title}`, () => {
    const range = parseIpRange(text);
    assert.equal(range ? printIpRange(range) : explainIpRange(text), means);
    assert.equal(range?.form, form);
    if (range) assert.deepEqual([range.text, explainIpRange(text)], [text, undefined]);
  });
}

const relations: readonly (readonly [a: string, b: string, relation: ReturnType<typeof relate>])[] = [
  ['10.0.0.1-10.0.0.50', '10.0.0.40-10.0.0.90', 'partial'],
  ['10.0.0.1-10.0.0.50', '10.0.0.50-10.0.0.90', 'partial'],
  ['10.0.0.1-10.0.0.50', '10.0.0.51-10.0.0.90', 'apart'],
  ['0.0.0.0-255.255.255.255', '192.0.2.10', 'nested'],
  ['10.0.0.0/8', '10.0.0.0', 'equal'],
  ['10.0.0.0/24', '10.0.0.0-10.0.0.254', 'nested'],
  ['0.0.0.0/0', '::/0', 'apart'],
  ['::ffff:10.0.0.1', '10.0.0.1', 'equal'],
];

for (const [a, b, relation] of relations) {
  test(`ip-range: ${a} and ${b} lie ${relation}`, () => {
    assert.equal(relate(range(a), range(b)), relation);
    assert.equal(relate(range(b), range(a)), relation);
  });
}

function range(text: string): IpRange {
  const value = parseIpRange(text);
  assert.ok(value, text);
  return value;
}

const addresses: fc.Arbitrary<IpAddress> = fc.oneof(
  fc.bigInt({ min: 0n, max: 0xffffffffn }).map((value) => ({ family: 'ipv4', value }) as const),
  fc.bigInt({ min: 1n << 96n, max: (1n << 128n) - 1n }).map((value) => ({ family: 'ipv6', value }) as const),
);

const ranges: fc.Arbitrary<IpRange> = fc.oneof(
  fc.tuple(addresses, fc.integer({ min: 0, max: 128 })).map(([address, prefix]) => {
    const bits = address.family === 'ipv4' ? Math.min(prefix, 32) : prefix;
    return range(`${printIpAddress(address)}/${bits}`);
  }),
  fc
    .tuple(addresses, addresses)
    .filter(([a, b]) => a.family === b.family)
    .map(([a, b]) => {
      const [first, last] = a.value <= b.value ? [a, b] : [b, a];
      return range(`${printIpAddress(first)}-${printIpAddress(last)}`);
    }),
  // Close neighbours, so that nested and crossing ranges do occur.
  fc.tuple(fc.integer({ min: 0, max: 12 }), fc.integer({ min: 0, max: 12 })).map(([from, more]) => {
    return range(`10.0.0.${from}-10.0.0.${from + more}`);
  }),
);

test('ip-range: a printed address is read back', () => {
  fc.assert(
    fc.property(addresses, (address) => assert.deepEqual(parseIpAddress(printIpAddress(address)), address)),
  );
});

test('ip-range: a printed range has the same addresses when read back', () => {
  fc.assert(
    fc.property(ranges, (one) => {
      const again = range(printIpRange(one));
      assert.deepEqual([again.family, again.first, again.last], [one.family, one.first, one.last]);
      assert.notEqual(again.form, 'classful');
    }),
  );
});

test('ip-range: relations look the same from both sides and agree with what a range has', () => {
  fc.assert(
    fc.property(ranges, ranges, (a, b) => {
      const relation = relate(a, b);
      assert.equal(relate(b, a), relation);
      assert.equal(relation === 'equal', holds(a, b) && holds(b, a));
      assert.equal(relation === 'nested', holds(a, b) !== holds(b, a));
      const meet = [a.first, a.last].some((value) => hasAddress(b, { family: a.family, value }));
      assert.equal(relation === 'apart', !meet && !holds(a, b));
      assert.equal(relate(a, a), 'equal');
    }),
  );
});

test('ip-range: a smaller range never holds a larger one', () => {
  fc.assert(fc.property(ranges, ranges, (a, b) => !(holds(a, b) && sizeOfRange(a) < sizeOfRange(b))));
});

test('ip-range: the range of one address has that address alone', () => {
  fc.assert(
    fc.property(addresses, (address) => {
      const one = rangeOfAddress(address);
      assert.equal(sizeOfRange(one), 1n);
      assert.ok(hasAddress(one, address));
    }),
  );
});

test('ip-range: any text either parses or has a reason', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[0-9a-f:.%/()-]{0,40}$/)), (text) => {
      assert.equal(parseIpRange(text) === undefined, explainIpRange(text) !== undefined);
    }),
  );
});

const classful = [
  { text: '192.168.1.0', network: '192.168.1.0/24' },
  { text: '10.1.2.0', network: '10.0.0.0/8' },
  { text: '172.16.0.0', network: '172.16.0.0/16' },
  { text: '192.168.1.1', network: undefined },
  { text: '192.168.1.0/24', network: undefined },
  { text: '224.0.0.0', network: undefined },
  { text: '2001:db8::', network: undefined },
];

for (const { text, network } of classful) {
  test(`ip-range: the network of the class of ${text} is ${network ?? 'nothing'}`, () => {
    const range = parseIpRange(text);
    assert.ok(range);
    const found = classfulNetwork(range);
    assert.equal(found && printIpRange(found), network);
  });
}
