import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  explainDomainPattern,
  explainSmtpDomain,
  isSubdomainOf,
  parseDomainPattern,
  parseFqdn,
  parseSmtpDomain,
  printDomainPattern,
  sameDomain,
  type DomainFault,
} from '../../src/mail/smtp-domain.ts';

const long = 'a'.repeat(63);

const cases: readonly (readonly [text: string, ascii: string | undefined, fault?: DomainFault])[] = [
  ['contoso.com', 'contoso.com'],
  ['Contoso.COM', 'contoso.com'],
  ['com', 'com'],
  ['a-b.c1', 'a-b.c1'],
  ['b\u00fccher.example', 'xn--bcher-kva.example'],
  ['B\u00dcCHER.example', 'xn--bcher-kva.example'],
  ['xn--bcher-kva.example', 'xn--bcher-kva.example'],
  ['\u4f8b\u3048\u3002\u30c6\u30b9\u30c8', 'xn--r8jz45g.xn--zckzah'],
  [`${long}.com`, `${long}.com`],
  [`${long}a.com`, undefined, 'too-long'],
  [`${'a.'.repeat(127)}com`, undefined, 'too-long'],
  ['ann@contoso.com', undefined, 'mail-address'],
  ['*.contoso.com', undefined, 'wildcard'],
  ['*contoso.com', undefined, 'wildcard'],
  ['.contoso.com', undefined, 'malformed'],
  ['contoso.com.', undefined, 'malformed'],
  ['contoso..com', undefined, 'malformed'],
  ['-contoso.com', undefined, 'malformed'],
  ['con_toso.com', undefined, 'malformed'],
  ['con toso.com', undefined, 'malformed'],
  ['192.0.2.1', undefined, 'malformed'],
  ['[192.0.2.1]', undefined, 'malformed'],
  ['b\u00fccher%2eexample', undefined, 'malformed'],
  ['b\u00fccher.example/x', undefined, 'malformed'],
  ['contoso\u202e.com', undefined, 'malformed'],
  ['', undefined, 'malformed'],
];

for (const [text, ascii, fault] of cases) {
  test(`smtp-domain: ${JSON.stringify(text).slice(0, 40)}`, () => {
    assert.equal(parseSmtpDomain(text)?.ascii, ascii);
    assert.equal(explainSmtpDomain(text), fault);
  });
}

const patterns: readonly (readonly [text: string, printed: string | DomainFault])[] = [
  ['*', '*'],
  ['*.Contoso.com', '*.contoso.com'],
  ['*.com', '*.com'],
  ['contoso.com', 'contoso.com'],
  ['*contoso.com', 'wildcard'],
  ['mail.*.com', 'wildcard'],
  ['*.*.com', 'wildcard'],
  ['**', 'wildcard'],
  ['*.', 'malformed'],
  ['--', 'malformed'],
];

for (const [text, printed] of patterns) {
  test(`smtp-domain: pattern ${text}`, () => {
    const pattern = parseDomainPattern(text);
    assert.equal(pattern ? printDomainPattern(pattern) : explainDomainPattern(text), printed);
  });
}

test('smtp-domain: a fully qualified name has two labels or more', () => {
  assert.equal(parseFqdn('mail.contoso.com')?.labels.length, 3);
  assert.equal(parseFqdn('mail'), undefined);
});

const labels = fc.stringMatching(/^[a-z0-9]([a-z0-9-]{0,5}[a-z0-9])?$/).filter((one) => !one.includes('--'));
const domains = fc
  .array(labels, { minLength: 1, maxLength: 4 })
  .map((parts) => [...parts, 'example'].join('.'));

test('smtp-domain: a domain lies below its parent and not below itself', () => {
  fc.assert(
    fc.property(domains, labels, (text, label) => {
      const parent = parseSmtpDomain(text);
      const child = parseSmtpDomain(`${label}.${text.toUpperCase()}`);
      assert.ok(parent && child);
      assert.ok(
        isSubdomainOf(child, parent) && !isSubdomainOf(parent, child) && !isSubdomainOf(parent, parent),
      );
      assert.ok(sameDomain(parent, { ...parent }) && !sameDomain(parent, child));
    }),
  );
});

test('smtp-domain: any text either parses or has a reason, and what parses is ASCII', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      const domain = parseSmtpDomain(text);
      assert.equal(domain === undefined, explainSmtpDomain(text) !== undefined);
      if (domain) assert.match(domain.ascii, /^[a-z0-9.-]+$/);
    }),
  );
});
