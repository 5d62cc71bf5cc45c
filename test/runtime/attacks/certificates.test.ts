import assert from 'node:assert/strict';
import { webcrypto, X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { test, type TestContext } from 'node:test';
import * as tls from 'node:tls';

import { judgeCertificate, type CertificateJudgement } from '../../../runtime/decide/client-certificate.ts';
import { domainSecureList } from '../../../runtime/decide/inbound-security.ts';
import { presentedCertificate } from '../../../runtime/presented-certificate.ts';
import { issue, makeAuthority, type Issued, type IssueRequest } from '../../support/certificates.ts';

/*
 * What a certificate must not get by its names, dates, purposes or chain, as a client and as a server: both sides of one
 * handshake are judged by what the transport judges by.
 */

const fabrikamRoot = await makeAuthority('fabrikam-root');
const wingtipRoot = await makeAuthority('wingtip-root');
/** A stranger who took the name of the root, and has a key of their own. */
const forgedRoot = await makeAuthority('fabrikam-root');
const partners = [
  { name: 'fabrikam', domains: ['fabrikam.com', 'fabrikam.net'], issuedBy: 'fabrikam-root' },
  { name: 'wingtip', domains: ['wingtip.com'], issuedBy: 'wingtip-root' },
];
const list = domainSecureList(['fabrikam.com', 'fabrikam.net', 'wingtip.com'], partners);
const trusted = new Map(
  [fabrikamRoot, wingtipRoot].map((root) => [
    new X509Certificate(root.certificate).fingerprint256,
    root.name,
  ]),
);

interface Case {
  readonly title: string;
  readonly request: IssueRequest;
  readonly domain?: string;
  readonly outcome: 'valid' | Extract<CertificateJudgement, { kind: 'refused' }>['fault'];
  /** Where one side is judged differently. */
  readonly asServer?: Case['outcome'];
}

const authority = fabrikamRoot;
const cases: readonly Case[] = [
  { title: 'the domain itself', request: { authority, domains: ['fabrikam.com'] }, outcome: 'valid' },
  named('a NUL behind the domain', 'fabrikam.com\0.evil.example'),
  named('a NUL in front of the domain', 'evil.example\0fabrikam.com'),
  named('a second name inside a name', 'evil.example, DNS:fabrikam.com'),
  named('a quoted second name inside a name', 'evil.example", DNS:"fabrikam.com'),
  named('a line end inside a name', 'evil.example\nDNS:fabrikam.com'),
  named('a wildcard for everything', '*'),
  named('a wildcard for the top-level domain', '*.com'),
  named('a wildcard below the domain', '*.fabrikam.com'),
  named('a wildcard for a part of a label', 'fab*.com'),
  named('a wildcard at the end of a label', '*brikam.com'),
  named('a wildcard in the middle', 'fabrikam.*'),
  named('an empty first label', '.fabrikam.com'),
  named('two final dots', 'fabrikam.com..'),
  named('a blank behind the domain', 'fabrikam.com '),
  named('a Cyrillic letter', 'f\u0430brikam.com'.normalize()),
  named('the host of the domain', 'mail.fabrikam.com'),
  named('a longer domain', 'notfabrikam.com'),
  named('the domain as a subdomain', 'fabrikam.com.evil.example'),
  named('the domain as an address', 'ip:198.51.100.10'),
  {
    title: 'a second common name behind a line end',
    request: { authority, commonName: 'evil.example\nCN=fabrikam.com', domains: ['evil.example'] },
    outcome: 'domain not covered',
  },
  {
    title: 'a common name with a comma',
    request: { authority, commonName: 'evil.example,CN=fabrikam.com', domains: ['evil.example'] },
    outcome: 'domain not covered',
  },
  {
    title: 'a common name with a NUL',
    request: { authority, commonName: 'fabrikam.com\0.evil.example', domains: ['evil.example'] },
    outcome: 'domain not covered',
  },
  {
    title: 'an expired one',
    request: { authority, domains: ['fabrikam.com'], validity: 'expired' },
    outcome: 'expired',
  },
  {
    title: 'one of tomorrow',
    request: { authority, domains: ['fabrikam.com'], validity: 'future' },
    outcome: 'not yet valid',
  },
  {
    title: 'one for servers',
    request: { authority, domains: ['fabrikam.com'], usage: 'server' },
    outcome: 'wrong purpose',
    asServer: 'valid',
  },
  {
    title: 'one for clients',
    request: { authority, domains: ['fabrikam.com'], usage: 'client' },
    outcome: 'valid',
    asServer: 'wrong purpose',
  },
  { title: 'one that signs itself', request: { domains: ['fabrikam.com'] }, outcome: 'untrusted root' },
  {
    title: 'a root of the same name',
    request: { authority: forgedRoot, domains: ['fabrikam.com'] },
    outcome: 'broken',
  },
  {
    title: "another partner's root",
    request: { authority: wingtipRoot, domains: ['fabrikam.com'] },
    outcome: 'untrusted root',
  },
  {
    title: "a partner's own root for another partner's domain",
    request: { authority, domains: ['fabrikam.com', 'wingtip.com'] },
    domain: 'wingtip.com',
    outcome: 'untrusted root',
  },
  {
    title: "a partner's certificate for another domain of the same partner",
    request: { authority, domains: ['fabrikam.com'] },
    domain: 'fabrikam.net',
    outcome: 'domain not covered',
  },
];

function named(title: string, name: string): Case {
  return {
    title,
    request: { authority, commonName: 'evil.example', domains: [name] },
    outcome: 'domain not covered',
  };
}

for (const { title, request, domain = 'fabrikam.com', outcome, asServer = outcome } of cases) {
  test(`certificate of an attacker: ${title}`, async (context) => {
    const [client, server] = await judged(context, await issue(request), domain);
    assert.equal(faultOf(client), outcome, 'as a client');
    assert.equal(faultOf(server), asServer, 'as a server');
  });
}

test('certificate of an attacker: one that a partner signed with a certificate of its own', async (context) => {
  const leaf = await issue({ authority, domains: ['fabrikam.com'] });
  const keys = await importKeys(leaf);
  const below = await issue({
    authority: { ...leaf, name: 'leaf', keys },
    domains: ['wingtip.com', 'fabrikam.com'],
  });
  const chain = { ...below, certificate: below.certificate + leaf.certificate };
  for (const judgement of await judged(context, chain, 'fabrikam.com'))
    assert.notEqual(faultOf(judgement), 'valid');
});

async function importKeys({ privateKey }: Issued): Promise<webcrypto.CryptoKeyPair> {
  const der = Buffer.from(privateKey.replaceAll(/-----.*-----|\n/g, ''), 'base64');
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256' };
  const key = await webcrypto.subtle.importKey('pkcs8', der, algorithm, true, ['sign']);
  return { privateKey: key, publicKey: key };
}

function faultOf(judgement: CertificateJudgement): Case['outcome'] {
  return judgement.kind === 'valid' ? 'valid' : judgement.fault;
}

/** What each side of a handshake thinks of the other one, when both present the same certificate. */
async function judged(
  context: TestContext,
  { certificate, privateKey }: Pick<Issued, 'certificate' | 'privateKey'>,
  domain: string,
): Promise<readonly [client: CertificateJudgement, server: CertificateJudgement]> {
  const options = {
    cert: certificate,
    key: privateKey,
    ca: [fabrikamRoot.certificate, wingtipRoot.certificate],
    rejectUnauthorized: false,
  };
  const listener = tls.createServer({ ...options, requestCert: true }).listen(0, '127.0.0.1');
  context.after(() => listener.close());
  await once(listener, 'listening');
  const accepted = once(listener, 'secureConnection') as Promise<[tls.TLSSocket]>;
  const clientSide = tls.connect({
    ...options,
    host: '127.0.0.1',
    port: (listener.address() as AddressInfo).port,
    checkServerIdentity: () => undefined,
  });
  await once(clientSide, 'secureConnect');
  const [serverSide] = await accepted;
  context.after(() => void (clientSide.destroy(), serverSide.destroy()));
  const vouchers = list.get(domain);
  assert.ok(vouchers);
  const expected = { ...vouchers, domain, now: Date.now() };
  return [
    judgeCertificate(presentedCertificate(serverSide, trusted), { ...expected, purpose: 'client' }),
    judgeCertificate(presentedCertificate(clientSide, trusted), { ...expected, purpose: 'server' }),
  ];
}
