import assert from 'node:assert/strict';
import { generateKeyPairSync, X509Certificate } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';

import type { Certificate, TransportConfig } from '../../../runtime/config.ts';
import { usualOldestTls } from '../../../runtime/oldest-tls.ts';
import { factsOf } from '../../../runtime/server/certificate-facts.ts';
import type { InternalHop } from '../../../runtime/server/internal-hop.ts';
import { receiveTls } from '../../../runtime/server/receive-tls.ts';
import { makeSelfSigned } from '../../../runtime/server/self-signed.ts';
import { chooseLoaded, loadTlsMaterial } from '../../../runtime/server/tls-material.ts';
import type { TlsMaterial } from '../../../runtime/server/tls-material.ts';
import { StartFailure } from '../../../runtime/start-failure.ts';
import { issue, makeAuthority } from '../../support/certificates.ts';
import type { Issued } from '../../support/certificates.ts';
import { receiveConnector, receivingConfig } from '../../support/receive-connector.ts';

const folder = mkdtempSync(join(tmpdir(), 'mailtopo-material-'));
const noHop: InternalHop = { identityOf: () => undefined, serverOf: () => undefined };
let good: Issued;
let other: Issued;
let expired: Issued;

before(async () => {
  const authority = await makeAuthority('Contoso Root');
  good = await issue({ authority, domains: ['mail.contoso.com'] });
  other = await issue({ authority, domains: ['other.contoso.com'] });
  expired = await issue({ authority, domains: ['mail.contoso.com'], validity: 'expired' });
  writeFileSync(join(folder, 'root.pem'), authority.certificate);
  writeFileSync(join(folder, 'nonsense.pem'), 'nonsense');
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const locked = { type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'secret' } as const;
  writeFileSync(join(folder, 'locked.key'), privateKey.export(locked));
});

after(() => rmSync(folder, { recursive: true }));

const base: Certificate = {
  name: 'mail',
  domains: ['mail.contoso.com'],
  installedOn: ['EDGE01'],
  smtp: true,
  issuedBy: 'contoso-root',
};

function load(certificate: Partial<Certificate>, more: Partial<TransportConfig> = {}): TlsMaterial {
  const config = { ...receivingConfig([]), certificates: [{ ...base, ...certificate }], ...more };
  return loadTlsMaterial({
    config,
    serverNames: ['EDGE01'],
    bundleFolder: folder,
    keysFolder: folder,
    now: Date.now(),
  });
}

/** Writes a pair into the bundle and names its files. */
function filed({ certificate }: Issued, { privateKey }: Issued): Partial<Certificate> {
  writeFileSync(join(folder, 'mail.pem'), certificate);
  writeFileSync(join(folder, 'mail.key'), privateKey);
  return { file: 'mail.pem', keyFile: 'mail.key' };
}

const failures: readonly {
  readonly title: string;
  readonly certificate: () => Partial<Certificate>;
  readonly says: RegExp;
}[] = [
  {
    title: 'no certificate file',
    certificate: () => ({ file: 'missing.pem', keyFile: 'mail.key' }),
    says: /^cannot read certificate "mail": .*missing\.pem: no such file or folder$/,
  },
  {
    title: 'no key file',
    certificate: () => ({ ...filed(good, good), keyFile: 'missing.key' }),
    says: /^cannot read private key of certificate "mail": .*missing\.key: no such file or folder$/,
  },
  {
    title: 'no key named',
    certificate: () => ({ file: filed(good, good).file ?? '' }),
    says: /^certificate "mail" has no private key file$/,
  },
  {
    title: "another certificate's key",
    certificate: () => filed(good, other),
    says: /^the private key of certificate "mail" belongs to another certificate$/,
  },
  {
    title: 'no key at all',
    certificate: () => ({ ...filed(good, good), keyFile: 'nonsense.pem' }),
    says: /^the private key of certificate "mail" is not a key in PEM$/,
  },
  {
    title: 'a key under a passphrase',
    certificate: () => ({ ...filed(good, good), keyFile: 'locked.key' }),
    says: /^the private key of certificate "mail" is under a passphrase; give it as unencrypted PEM$/,
  },
  {
    title: 'no certificate at all',
    certificate: () => ({ ...filed(good, good), file: 'nonsense.pem' }),
    says: /^certificate "mail" is not a certificate in PEM$/,
  },
  {
    title: 'out of date',
    certificate: () => filed(expired, expired),
    says: /^certificate "mail" expired on /,
  },
];

for (const { title, certificate, says } of failures) {
  test(`TLS material: ${title} stops the start`, () => {
    assert.throws(
      () => load(certificate()),
      (thrown) =>
        thrown instanceof StartFailure && says.test(thrown.message) && !thrown.message.includes('\n'),
    );
  });
}

test('TLS material: an authority that is not there stops the start', () => {
  const authorities = [{ name: 'root', file: 'missing-root.pem', trustedOn: ['EDGE01'] }];
  assert.throws(
    () => load(filed(good, good), { authorities }),
    /^StartFailure: cannot read authority "root": /,
  );
});

test('TLS material: what belongs to servers elsewhere is not needed', () => {
  assert.deepEqual(load({ file: 'missing.pem', installedOn: ['HUB01'] }).certificates, []);
  assert.deepEqual(load({ file: 'missing.pem', smtp: false }).certificates, []);
  const elsewhere = [{ name: 'root', file: 'missing-root.pem', trustedOn: ['HUB01'] }];
  assert.deepEqual(load(filed(good, good), { authorities: elsewhere }).authorities, []);
});

test('TLS material: setup has its own certificate where nothing else fits', () => {
  const config = receivingConfig([]);
  const [edge] = config.servers;
  assert.ok(edge);
  const pair = makeSelfSigned({
    names: [edge.fqdn],
    notBefore: Date.now() - 1000,
    notAfter: Date.now() + 60_000,
  });
  const hop: InternalHop = {
    identityOf: (name) => (name === 'EDGE01' ? pair : undefined),
    serverOf: () => undefined,
  };
  const material = load(filed(good, good));
  const choose = (fqdn: string, server = 'EDGE01'): string | undefined =>
    chooseLoaded(config, material, hop, { server, fqdn, now: Date.now() })?.certificateOf.name;
  assert.equal(choose('mail.contoso.com'), 'mail');
  assert.equal(choose(edge.fqdn), 'EDGE01 (setup)');
  assert.equal(choose('elsewhere.contoso.com'), undefined);
  assert.equal(choose(edge.fqdn, 'HUB01'), undefined);
});

test('TLS material: a self-signed certificate that was installed goes before the one of setup, though that is newer', () => {
  const own = makeSelfSigned({
    names: ['edge01.contoso.com'],
    notBefore: Date.now() - 5000,
    notAfter: Date.now() + 60_000,
  });
  const made = makeSelfSigned({
    names: ['edge01.contoso.com'],
    notBefore: Date.now() - 1000,
    notAfter: Date.now() + 60_000,
  });
  const hop: InternalHop = { identityOf: () => made, serverOf: () => undefined };
  const parsed = new X509Certificate(own.certificate);
  const material = {
    certificates: [
      { certificateOf: { ...base, installedOn: ['EDGE01'], smtp: true }, facts: factsOf(parsed), ...own },
    ],
    authorities: [],
    installations: new Map(),
    oldestTls: usualOldestTls,
  };
  const question = { server: 'EDGE01', fqdn: 'edge01.contoso.com', now: Date.now() };
  assert.equal(chooseLoaded(receivingConfig([]), material, hop, question)?.certificate, own.certificate);
});

const tlsCases: readonly {
  readonly title: string;
  readonly connector: Parameters<typeof receiveConnector>[0];
  readonly list?: readonly string[];
  readonly outcome: string;
}[] = [
  { title: 'Tls alone', connector: {}, outcome: 'no certificate asked for, 0 authorities' },
  { title: 'no Tls', connector: { authMechanism: ['ExchangeServer'] }, outcome: 'not offered' },
  { title: 'no certificate fits', connector: { fqdn: 'other.example' }, outcome: 'not offered' },
  {
    title: 'servers of the topology',
    connector: { authMechanism: ['Tls', 'ExchangeServer'] },
    outcome: 'certificate asked for, 0 authorities',
  },
  {
    title: 'Domain Security for a partner with its own root',
    connector: { domainSecureEnabled: true },
    list: ['fabrikam.com'],
    outcome: 'certificate asked for, 1 authorities',
  },
  {
    title: 'Domain Security for a domain of nobody',
    connector: { domainSecureEnabled: true },
    list: ['fabrikam.com', 'wingtip.example'],
    outcome: 'certificate asked for, 1 authorities and public',
  },
];

for (const { title, connector, list = [], outcome } of tlsCases) {
  test(`TLS of a Receive connector: ${title}: ${outcome}`, () => {
    const config = receivingConfig([], {
      certificates: [{ ...base, ...filed(good, good) }],
      authorities: [{ name: 'contoso-root', file: 'root.pem', trustedOn: ['EDGE01'] }],
      partners: [{ name: 'fabrikam', domains: ['fabrikam.com'], issuedBy: 'contoso-root' }],
      tlsReceiveDomainSecureList: list,
    });
    const material = load(filed(good, good), config);
    const tls = receiveTls(config, material, noHop, receiveConnector(connector), Date.now());
    const asked = tls?.options.requestCert ? 'certificate asked for' : 'no certificate asked for';
    const roots = tls?.roots === 'authorities and public' ? 'authorities and public' : 'authorities';
    assert.equal(tls ? `${asked}, ${tls.authorities.length} ${roots}` : 'not offered', outcome);
  });
}
