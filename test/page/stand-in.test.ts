import assert from 'node:assert/strict';
import { isIP as isIpOfNode } from 'node:net';
import { test } from 'node:test';
import { domainToASCII as asciiOfNode } from 'node:url';
import fc from 'fast-check';
import { isIP } from '../../src/page/stand-in/node-net.ts';
import { domainToASCII, UnjudgedDomain } from '../../src/page/stand-in/node-url.ts';

const addresses: readonly string[] = [
  '',
  '1.2.3.4',
  '255.255.255.255',
  '256.1.1.1',
  '1.2.3',
  '01.2.3.4',
  '1.2.3.4 ',
  '::',
  '::1',
  '1::',
  ':1',
  '1:',
  ':::',
  '1::2::3',
  '1:2:3:4:5:6:7:8',
  '1:2:3:4:5:6:7',
  '1:2:3:4:5:6:7:8:9',
  '1:2:3:4:5:6:7::',
  '::2:3:4:5:6:7:8',
  '1:2:3:4::5:6:7:8',
  '::ffff:1.2.3.4',
  '::ffff:1.2.3.256',
  '1:2:3:4:5:6:1.2.3.4',
  '1:2:3:4:5:6:7:1.2.3.4',
  '1.2.3.4::',
  '::1.2.3.4:5',
  'fe80::1%eth0',
  'fe80::1%',
  'fe80::1%a%b',
  '12345::',
  'g::',
];

for (const text of addresses) {
  test(`stand-in: isIP of ${JSON.stringify(text)} is that of Node`, () =>
    assert.equal(isIP(text), isIpOfNode(text)));
}

test('stand-in: isIP is that of Node for whatever looks like an address', () => {
  const part = fc.constantFrom(
    '0',
    '1',
    '12',
    '255',
    '256',
    '00',
    'f',
    'ffff',
    ':',
    '::',
    '.',
    '1.2.3.4',
    '%',
    'x',
  );
  const text = fc.array(part, { maxLength: 16 }).map((parts) => parts.join(''));
  fc.assert(
    fc.property(fc.oneof(text, fc.ipV4(), fc.ipV6()), (one) => assert.equal(isIP(one), isIpOfNode(one))),
    { numRuns: 3000 },
  );
});

const domains: readonly string[] = [
  'contoso.com',
  'CONTOSO.com',
  'münchen.example',
  'faß.example',
  'x',
  'y',
  'X',
  '',
  'a b',
  'a..b',
  '1.2.3.4',
  '1.2',
  '[::1]',
  'a:80',
  'a/b',
  'a\\b',
  'a?b',
  'a#b',
  'a@b',
  'a%2eb',
];

for (const text of domains) {
  test(`stand-in: domainToASCII of ${JSON.stringify(text)} is that of Node`, () =>
    assert.equal(domainToASCII(text), asciiOfNode(text)));
}

function asciiOrNot(domain: string): string | undefined {
  try {
    return domainToASCII(domain);
  } catch (thrown) {
    assert.ok(thrown instanceof UnjudgedDomain);
    return undefined;
  }
}

const unjudged: readonly string[] = ['\u202ea', 'a\u200db', '\u{13460}', '\u0ce0\u0cf3', '\u2135'];

for (const text of unjudged) {
  test(`stand-in: domainToASCII of ${JSON.stringify(text)} is not judged`, () =>
    assert.equal(asciiOrNot(text), undefined));
}

test('stand-in: domainToASCII is that of Node for whatever looks like a domain', () => {
  const part = fc.constantFrom(
    'a',
    'X',
    '.',
    '-',
    'ü',
    'ß',
    'xn--',
    '1',
    '@',
    ':',
    '/',
    ' ',
    '*',
    'ع',
    '\u200d',
  );
  const text = fc.array(part, { maxLength: 12 }).map((parts) => parts.join(''));
  fc.assert(
    fc.property(fc.oneof(text, fc.domain(), fc.string()), (one) => {
      const other = asciiOrNot(one);
      if (other !== undefined) assert.equal(other, asciiOfNode(one));
    }),
    { numRuns: 2000 },
  );
});
