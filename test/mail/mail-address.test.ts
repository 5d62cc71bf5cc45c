import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseMailAddress } from '../../src/mail/mail-address.ts';

const cases: readonly { readonly text: string; readonly localPart?: string }[] = [
  { text: 'postmaster@contoso.com', localPart: 'postmaster' },
  { text: "o'brien+news@mail.contoso.com", localPart: "o'brien+news" },
  { text: '"an odd @ one"@contoso.com', localPart: '"an odd @ one"' },
  { text: 'größe@contoso.com', localPart: 'größe' },
  { text: 'postmaster' },
  { text: '@contoso.com' },
  { text: 'a..b@contoso.com' },
  { text: 'a b@contoso.com' },
  { text: 'a@b@contoso.com' },
  { text: 'a@contoso..com' },
  { text: 'a\r\n@contoso.com' },
  { text: `${'a'.repeat(65)}@contoso.com` },
];

for (const { text, localPart } of cases) {
  test(`mail-address: ${JSON.stringify(text)} is ${localPart === undefined ? 'none' : 'one'}`, () => {
    assert.equal(parseMailAddress(text)?.localPart, localPart);
  });
}
