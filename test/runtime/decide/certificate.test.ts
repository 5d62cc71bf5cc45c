import assert from 'node:assert/strict';
import { test } from 'node:test';

import type { Certificate } from '../../../runtime/config.ts';
import { chooseCertificate, setupCertificate } from '../../../runtime/decide/certificate.ts';
import type { CertificateCandidate, CertificateFacts } from '../../../runtime/decide/certificate.ts';

const now = Date.UTC(2026, 9, 1);
const day = 86_400_000;

const certificate: Certificate = {
  name: 'mail',
  domains: ['mail.contoso.com', 'contoso.com'],
  installedOn: ['EDGE01'],
  smtp: true,
  issuedBy: 'contoso-root',
};
const facts: CertificateFacts = {
  subject: 'C=DE\nO=Contoso\nCN=mail.contoso.com',
  issuer: 'CN=Contoso Root',
  names: ['mail.contoso.com', 'contoso.com'],
  notBefore: now - 100 * day,
  notAfter: now + 100 * day,
  thumbprint: 'B0',
  selfSigned: false,
};
const declared = (changes: Partial<Certificate>): CertificateCandidate => ({
  certificate: { ...certificate, ...changes },
});
const loaded = (name: string, changes: Partial<CertificateFacts> = {}): CertificateCandidate => ({
  certificate: { ...certificate, name },
  facts: { ...facts, ...changes },
});
const setup = setupCertificate({
  name: 'EDGE01',
  role: 'edge',
  fqdn: 'mail.contoso.com',
  exchangeVersion: '2016',
  addresses: [],
});

const cases: readonly {
  readonly title: string;
  readonly candidates: readonly CertificateCandidate[];
  readonly tlsCertificateName?: string;
  readonly chosen?: string;
  readonly reasons: readonly string[];
}[] = [
  { title: 'the name fits', candidates: [declared({})], chosen: 'mail', reasons: [] },
  {
    title: 'on another server, for another service, with another name',
    candidates: [
      declared({ installedOn: ['HUB01'] }),
      declared({ smtp: false }),
      declared({ domains: ['contoso.com'] }),
    ],
    reasons: ['not installed on server', 'not enabled for SMTP', 'name not covered'],
  },
  {
    title: 'the certificate speaks, not the declaration',
    candidates: [{ certificate, facts: { ...facts, names: ['www.contoso.com'] } }],
    reasons: ['name not covered'],
  },
  {
    title: 'a wildcard',
    candidates: [declared({ domains: ['*.contoso.com'] })],
    chosen: 'mail',
    reasons: [],
  },
  {
    title: 'out of date',
    candidates: [loaded('old', { notAfter: now - day }), loaded('early', { notBefore: now + day })],
    reasons: ['expired', 'not yet valid'],
  },
  {
    title: 'an authority before self-signed, then the newest, then the lowest thumbprint',
    candidates: [
      loaded('self', { selfSigned: true, notBefore: now }),
      loaded('older', { notBefore: now - 200 * day }),
      loaded('later', { thumbprint: 'C0' }),
      loaded('winner'),
      { certificate: setup },
    ],
    chosen: 'winner',
    reasons: ['self-signed', 'older', 'later thumbprint', 'self-signed'],
  },
  {
    title: 'only what setup made',
    candidates: [{ certificate: setup }],
    chosen: 'EDGE01 (setup)',
    reasons: [],
  },
  {
    title: 'named by issuer and subject, in the words of Windows',
    candidates: [loaded('mail'), loaded('other', { issuer: 'CN=Other Root' })],
    tlsCertificateName: '<I>CN=contoso root<S>CN=mail.contoso.com, O="Contoso", C=DE',
    chosen: 'mail',
    reasons: ['other issuer or subject'],
  },
  {
    title: 'a name without its marks names nothing',
    candidates: [loaded('mail')],
    tlsCertificateName: 'CN=Contoso Root',
    reasons: ['other issuer or subject'],
  },
];

for (const { title, candidates, tlsCertificateName, chosen, reasons } of cases) {
  test(`certificate: ${title}`, () => {
    for (const order of [candidates, [...candidates].reverse()]) {
      const choice = chooseCertificate(order, {
        server: 'EDGE01',
        fqdn: 'mail.contoso.com',
        now,
        ...(tlsCertificateName !== undefined && { tlsCertificateName }),
      });
      assert.equal(choice.chosen?.certificate.name, chosen);
      assert.equal(choice.eliminated.length, reasons.length);
    }
  });
}

test('certificate: every loser has its reason', () => {
  for (const { candidates, tlsCertificateName, reasons } of cases) {
    const { eliminated } = chooseCertificate(candidates, {
      server: 'EDGE01',
      fqdn: 'mail.contoso.com',
      now,
      ...(tlsCertificateName !== undefined && { tlsCertificateName }),
    });
    assert.deepEqual(eliminated.map(({ reason }) => reason).sort(), [...reasons].sort());
  }
});
