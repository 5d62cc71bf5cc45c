import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  compareSpecificity,
  explainAddressSpace,
  hasDomain,
  parseAddressSpace,
  printAddressSpace,
  printSpace,
  type AddressSpace,
} from '../../src/mail/address-space.ts';
import { parseSmtpDomain } from '../../src/mail/smtp-domain.ts';

const x400 = 'X400:o=MySite;p=MyOrg;a=adatum;c=us';

/** What is printed for a text, or the reason why it is no address space. */
const cases: readonly (readonly [text: string, means: string])[] = [
  ['fabrikam.com', 'SMTP:fabrikam.com;1'],
  ['SMTP:*.contoso.com;10', 'SMTP:*.contoso.com;10'],
  ['smtp:Fabrikam.NET;5', 'SMTP:fabrikam.net;5'],
  ['fabrikam.com;100', 'SMTP:fabrikam.com;100'],
  ['*', 'SMTP:*;1'],
  ['*.com', 'SMTP:*.com;1'],
  ['--', 'SMTP:--;1'],
  ['SMTP:--;1', 'SMTP:--;1'],
  ['b\u00fccher.example', 'SMTP:xn--bcher-kva.example;1'],
  [`${x400};1`, `${x400};1`],
  ['x400:o=MySite;7', 'X400:o=MySite;7'],
  ['NOTES:notes.contoso.com;3', 'NOTES:notes.contoso.com;3'],
  ['FAX:*', 'FAX:*;1'],
  [x400, 'missing-cost'],
  ['*contoso.com', 'wildcard'],
  ['SMTP:mail.*.com', 'wildcard'],
  ['ann@contoso.com', 'mail-address'],
  ['fabrikam.com;0', 'cost'],
  ['fabrikam.com;101', 'cost'],
  ['fabrikam.com;', 'cost'],
  ['fabrikam.com;ten', 'cost'],
  ['fabrikam.com;-1', 'cost'],
  ['fabrikam.com;1.5', 'cost'],
  ['fabrikam.com;1;2', 'malformed'],
  ['FAX:x;0', 'cost'],
  ['FAX:', 'malformed'],
  ['SMTP:', 'malformed'],
  ['Local:SMTP:fabrikam.com;1', 'scope'],
  [`${'a'.repeat(64)}.com`, 'too-long'],
  ['', 'malformed'],
];

for (const [text, means] of cases) {
  test(`address-space: ${JSON.stringify(text).slice(0, 50)}`, () => {
    const space = parseAddressSpace(text);
    assert.equal(space ? printAddressSpace(space) : explainAddressSpace(text), means);
    if (space) assert.deepEqual([space.text, explainAddressSpace(text)], [text, undefined]);
  });
}

const served: readonly (readonly [space: string, domain: string, has: boolean])[] = [
  ['contoso.com', 'contoso.com', true],
  ['contoso.com', 'sales.contoso.com', false],
  ['*.contoso.com', 'CONTOSO.com', true],
  ['*.contoso.com', 'sales.contoso.com', true],
  ['*.contoso.com', 'a.sales.contoso.com', true],
  ['*.contoso.com', 'xcontoso.com', false],
  ['*', 'contoso.com', true],
  ['--', 'contoso.com', false],
  ['FAX:contoso.com', 'contoso.com', false],
];

for (const [text, domainText, has] of served) {
  test(`address-space: ${text} ${has ? 'has' : 'has not'} ${domainText}`, () => {
    const domain = parseSmtpDomain(domainText);
    assert.ok(domain);
    assert.equal(hasDomain(space(text), domain), has);
  });
}

test('address-space: the most specific one comes first, whatever it costs', () => {
  const sorted = ['*;1', '*.com;1', '*.contoso.com;50', 'sales.contoso.com;100'].map(space);
  const shuffled = [2, 0, 3, 1].map((index) => sorted[index]).filter((one) => one !== undefined);
  const texts = shuffled.toSorted(compareSpecificity).map(printSpace);
  assert.deepEqual(texts, sorted.map(printSpace).toReversed());
});

function space(text: string): AddressSpace {
  const value = parseAddressSpace(text);
  assert.ok(value, text);
  return value;
}

const spaces = fc
  .tuple(
    fc.constantFrom('', 'SMTP:', 'smtp:', 'X400:', 'FAX:'),
    fc.constantFrom('*', '--', 'contoso.com', '*.contoso.com', 'Sales.Contoso.com', 'o=a;p=b', '*.de'),
    fc.integer({ min: 1, max: 100 }),
  )
  .map(([type, text, cost]) => `${type}${text};${cost}`)
  .filter((text) => parseAddressSpace(text) !== undefined);

test('address-space: a printed space is read back', () => {
  fc.assert(
    fc.property(spaces, (text) => {
      const printed = printAddressSpace(space(text));
      assert.equal(printAddressSpace(space(printed)), printed);
      assert.equal(space(printed).cost, space(text).cost);
    }),
  );
});

test('address-space: two spaces compare the other way round from the other side', () => {
  fc.assert(
    fc.property(spaces, spaces, (a, b) => {
      assert.equal(
        Math.sign(compareSpecificity(space(a), space(b))) + Math.sign(compareSpecificity(space(b), space(a))),
        0,
      );
    }),
  );
});
