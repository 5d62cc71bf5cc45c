import assert from 'node:assert/strict';
import { test } from 'node:test';

import {
  acceptedDomainLookup,
  asciiDomain,
  certificateNameCovers,
  domainOf,
} from '../../../runtime/decide/domain-match.ts';

const domains: readonly { readonly text: string; readonly ascii?: string }[] = [
  { text: 'Contoso.COM', ascii: 'contoso.com' },
  { text: 'contoso.com.', ascii: 'contoso.com' },
  { text: 'bücher.example', ascii: 'xn--bcher-kva.example' },
  { text: 'xn--BCHER-kva.example', ascii: 'xn--bcher-kva.example' },
  { text: '_dmarc.contoso.com', ascii: '_dmarc.contoso.com' },
  { text: 'EDGE01', ascii: 'edge01' },
  { text: '0x7f.1', ascii: '0x7f.1' },
  { text: '' },
  { text: '.' },
  { text: 'contoso..com' },
  { text: '-contoso.com' },
  { text: 'contoso-.com' },
  { text: 'con toso.com' },
  { text: 'contoso.com:25' },
  { text: '192.0.2.1' },
  { text: '192。0。2。1' },
  { text: `${'a'.repeat(64)}.com` },
  { text: `${'a.'.repeat(127)}com` },
];

for (const { text, ascii } of domains) {
  test(`domain: ${JSON.stringify(text.slice(0, 40))} is ${ascii ?? 'no domain'}`, () => {
    assert.equal(asciiDomain(text), ascii);
  });
}

const accepted = acceptedDomainLookup(
  ['contoso.com', '*.contoso.com', '*.eu.contoso.com', 'Bücher.example'].map((domain) => ({
    domain,
    type: 'authoritative',
  })),
);
const everything = acceptedDomainLookup([
  { domain: 'contoso.com', type: 'authoritative' },
  { domain: '*', type: 'externalRelay' },
]);

const mailboxes: readonly { readonly mailbox: string; readonly by?: string }[] = [
  { mailbox: 'ann@contoso.com', by: 'contoso.com' },
  { mailbox: 'ann@CONTOSO.com.', by: 'contoso.com' },
  { mailbox: 'ann@sales.contoso.com', by: '*.contoso.com' },
  { mailbox: 'ann@sales.eu.contoso.com', by: '*.eu.contoso.com' },
  { mailbox: 'ann@eu.contoso.com', by: '*.contoso.com' },
  { mailbox: 'ann@bücher.example', by: 'Bücher.example' },
  { mailbox: 'ann@evilcontoso.com' },
  { mailbox: 'ann@contoso.com.evil.example' },
  { mailbox: '"x@contoso.com"@fabrikam.com' },
  { mailbox: 'ann@[192.0.2.1]' },
  { mailbox: 'ann' },
];

for (const { mailbox, by } of mailboxes) {
  test(`accepted domain: ${mailbox} by ${by ?? 'none'}`, () => {
    const domain = domainOf(mailbox);
    assert.equal(domain === undefined ? undefined : accepted(domain)?.domain, by);
  });
}

test('accepted domain: * takes what nothing closer names', () => {
  assert.equal(everything('contoso.com')?.domain, 'contoso.com');
  assert.equal(everything('fabrikam.com')?.domain, '*');
});

const names: readonly { readonly name: string; readonly domain: string; readonly covers: boolean }[] = [
  { name: 'mail.contoso.com', domain: 'MAIL.contoso.com.', covers: true },
  { name: 'mail.contoso.com', domain: 'contoso.com', covers: false },
  { name: '*.contoso.com', domain: 'mail.contoso.com', covers: true },
  { name: '*.contoso.com', domain: 'contoso.com', covers: false },
  { name: '*.contoso.com', domain: 'a.b.contoso.com', covers: false },
  { name: '*.com', domain: 'contoso.com', covers: false },
  { name: '*', domain: 'contoso.com', covers: false },
  { name: 'ma*.contoso.com', domain: 'mail.contoso.com', covers: false },
  { name: 'xn--bcher-kva.example', domain: 'bücher.example', covers: true },
  { name: 'contoso.com\u0000.evil.example', domain: 'contoso.com', covers: false },
  { name: '', domain: '', covers: false },
];

for (const { name, domain, covers } of names) {
  test(`certificate name ${JSON.stringify(name)} and ${domain}: ${covers ? 'covers' : 'does not cover'}`, () => {
    assert.equal(certificateNameCovers(name, domain), covers);
  });
}
