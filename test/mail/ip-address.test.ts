/** What is read by hand is what ipaddr.js reads. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import ipaddr from 'ipaddr.js';
import { parseUnmapped, printIpAddress } from '../../src/mail/ip-address.ts';

const group = fc.oneof(
  fc.constantFrom('0', '1', 'ffff', 'FFFF', '0001', '00001', '10000', '', 'g', '2001', 'db8'),
  fc.nat(0xffff).map((value) => value.toString(16)),
);
const nearlyAddress = fc.tuple(fc.array(group, { maxLength: 9 }), fc.nat(9)).map(([groups, at]) => {
  const text = groups.join(':');
  return at < groups.length ? [...groups.slice(0, at), '', ...groups.slice(at)].join(':') : text;
});
const fixed = [
  '::',
  '::1',
  '1::',
  ':::',
  '::1::',
  ':',
  '1:2:3:4:5:6:7:8',
  '1:2:3:4:5:6:7::',
  '::2:3:4:5:6:7:8',
];

function valueBy(text: string): bigint | undefined {
  if (!text.includes(':') || !ipaddr.IPv6.isValid(text)) return undefined;
  const bytes = ipaddr.IPv6.parse(text).toByteArray();
  return bytes.reduce((value, byte) => (value << 8n) | BigInt(byte), 0n);
}

for (const text of fixed) {
  test(`IPv6: ${text}`, () => assert.equal(parseUnmapped(text)?.value, valueBy(text)));
}

test('IPv6: groups in any number and of any length', () => {
  fc.assert(
    fc.property(nearlyAddress, (text) => assert.equal(parseUnmapped(text)?.value, valueBy(text))),
    { numRuns: 3000 },
  );
});

test('IPv6: what is printed is read again', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: (1n << 128n) - 1n }), (value) => {
      const text = printIpAddress({ family: 'ipv6', value });
      assert.equal(parseUnmapped(text)?.value, value);
    }),
  );
});
