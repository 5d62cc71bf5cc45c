import assert from 'node:assert/strict';
import { test } from 'node:test';

import type { PresentedCertificate } from '../../../runtime/decide/client-certificate.ts';
import { decideInboundSecurity, domainSecureList } from '../../../runtime/decide/inbound-security.ts';
import type { InboundQuestion } from '../../../runtime/decide/inbound-security.ts';

const now = Date.UTC(2026, 9, 1);
const list = domainSecureList(
  ['Fabrikam.com', 'tailspin.example', 'nobody.example'],
  [
    { name: 'fabrikam', domains: ['fabrikam.com'], issuedBy: 'fabrikam-root' },
    { name: 'tailspin', domains: ['tailspin.example'], issuedBy: 'public' },
    { name: 'wingtip', domains: ['wingtip.example'], issuedBy: 'wingtip-root' },
  ],
);
const presented: PresentedCertificate = {
  chain: { kind: 'ends in authority', authority: 'fabrikam-root' },
  names: ['mail.fabrikam.com', 'fabrikam.com'],
  extendedKeyUsage: ['1.3.6.1.5.5.7.3.2'],
  notBefore: now - 1000,
  notAfter: now + 1000,
};
const question: InboundQuestion = {
  connector: {
    requireTLS: false,
    domainSecureEnabled: true,
    permissionGroups: ['AnonymousUsers', 'Partners'],
  },
  principal: 'anonymous',
  reversePath: 'bob@fabrikam.com',
  tls: 'active',
  presented,
  now,
};
const publicChain = { kind: 'ends in public root' } as const;
const { presented: _, ...withoutCertificate } = question;

const cases: readonly { readonly title: string; readonly ask: InboundQuestion; readonly outcome: string }[] =
  [
    { title: 'mutual TLS', ask: question, outcome: 'accepted as partner' },
    {
      title: 'mutual TLS on a connector without the group Partners',
      ask: { ...question, connector: { ...question.connector, permissionGroups: ['AnonymousUsers'] } },
      outcome: 'accepted as anonymous',
    },
    {
      title: 'a domain that is not listed',
      ask: { ...withoutCertificate, reversePath: 'carl@wingtip.example' },
      outcome: 'accepted as anonymous',
    },
    {
      title: 'a subdomain of a listed domain is not listed',
      ask: { ...withoutCertificate, reversePath: 'carl@sales.fabrikam.com' },
      outcome: 'accepted as anonymous',
    },
    {
      title: 'the null reverse-path',
      ask: { ...withoutCertificate, reversePath: '' },
      outcome: 'accepted as anonymous',
    },
    { title: 'no certificate', ask: withoutCertificate, outcome: 'no certificate' },
    { title: 'no TLS', ask: { ...withoutCertificate, tls: 'none' }, outcome: 'domain-secure without TLS' },
    {
      title: 'no TLS where TLS is required of everyone',
      ask: { ...withoutCertificate, tls: 'none', connector: { ...question.connector, requireTLS: true } },
      outcome: 'TLS required',
    },
    {
      title: 'another connector, without Domain Security',
      ask: { ...question, connector: { ...question.connector, domainSecureEnabled: false } },
      outcome: 'domain-secure on another connector',
    },
    {
      title: 'a server of the organization passing it on',
      ask: { ...withoutCertificate, principal: 'Exchange server' },
      outcome: 'accepted as Exchange server',
    },
    {
      title: 'the host alone in the certificate',
      ask: { ...question, presented: { ...presented, names: ['mail.fabrikam.com', '*.fabrikam.com'] } },
      outcome: 'domain not covered',
    },
    {
      title: 'a public certificate for a partner with a root of its own',
      ask: { ...question, presented: { ...presented, chain: publicChain } },
      outcome: 'untrusted root',
    },
    {
      title: 'a root of another partner, for one with a public certificate',
      ask: {
        ...question,
        reversePath: 'dora@tailspin.example',
        presented: { ...presented, names: ['tailspin.example'] },
      },
      outcome: 'untrusted root',
    },
    {
      title: 'a root of another partner, for one with a root of its own',
      ask: {
        ...question,
        presented: { ...presented, chain: { kind: 'ends in authority', authority: 'wingtip-root' } },
      },
      outcome: 'untrusted root',
    },
    {
      title: 'a root of another partner, for a domain of nobody',
      ask: {
        ...question,
        reversePath: 'eve@nobody.example',
        presented: { ...presented, names: ['nobody.example'] },
      },
      outcome: 'untrusted root',
    },
    {
      title: "a root that is no partner's",
      ask: {
        ...question,
        presented: { ...presented, chain: { kind: 'ends in authority', authority: 'contoso-root' } },
      },
      outcome: 'accepted as partner',
    },
    {
      title: 'a public certificate for a partner with a public one',
      ask: {
        ...question,
        reversePath: 'dora@tailspin.example',
        presented: { ...presented, chain: publicChain, names: ['tailspin.example'] },
      },
      outcome: 'accepted as partner',
    },
    {
      title: 'an untrusted root',
      ask: { ...question, presented: { ...presented, chain: { kind: 'refused', reason: 'untrusted root' } } },
      outcome: 'untrusted root',
    },
    { title: 'expired', ask: { ...question, now: now + 2000 }, outcome: 'expired' },
    { title: 'not yet valid', ask: { ...question, now: now - 2000 }, outcome: 'not yet valid' },
    {
      title: 'a certificate for servers only',
      ask: { ...question, presented: { ...presented, extendedKeyUsage: ['1.3.6.1.5.5.7.3.1'] } },
      outcome: 'wrong purpose',
    },
  ];

for (const { title, ask, outcome } of cases) {
  test(`inbound security: ${title}: ${outcome}`, () => {
    const decision = decideInboundSecurity(list, ask);
    const told =
      decision.kind === 'accepted'
        ? `accepted as ${decision.principal}`
        : decision.kind === 'domain-secure certificate refused'
          ? decision.fault
          : decision.kind;
    assert.equal(told, outcome);
  });
}
