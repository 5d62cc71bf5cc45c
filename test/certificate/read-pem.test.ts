import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { test } from 'node:test';
import type { CertificateFacts, PemContents } from '../../src/certificate/pem-file.ts';
import { isSignedBy, readPem } from '../../src/certificate/read-pem.ts';
import { issue, makeAuthority } from '../support/certificates.ts';

const root = await makeAuthority('Contoso Root');
const otherRoot = await makeAuthority('Contoso Root');
const mail = await issue({
  authority: root,
  domains: ['mail.contoso.com', '*.contoso.com', 'ip:192.0.2.1'],
  commonName: 'Contoso mail',
});
const rsa = await issue({ domains: ['hub01.contoso.com'], keyType: 'rsa', usage: 'server' });

function only({ certificates }: PemContents): CertificateFacts {
  const [first, ...others] = certificates;
  assert.ok(first);
  assert.equal(others.length, 0);
  return first;
}

const serverPurpose = '1.3.6.1.5.5.7.3.1';
const clientPurpose = '1.3.6.1.5.5.7.3.2';

test('a certificate of an authority in plain facts', () => {
  const facts = only(readPem(mail.certificate));
  assert.deepEqual(facts.names, ['mail.contoso.com', '*.contoso.com', 'Contoso mail']);
  assert.equal(facts.issuer, 'CN=Contoso Root');
  assert.deepEqual(facts.keyUsage, ['digitalSignature', 'keyEncipherment']);
  assert.deepEqual(facts.extendedKeyUsage, [serverPurpose, clientPurpose]);
  assert.equal(facts.isAuthority, false);
  assert.equal(facts.isSelfSigned, false);
  assert.deepEqual([facts.publicKey.type, facts.publicKey.bits], ['ec', 256]);
  assert.equal(facts.signatureAlgorithm, '1.2.840.10045.4.3.2');
  assert.ok(facts.notBefore < Date.now() && Date.now() < facts.notAfter);
});

test('a self-signed certificate with an RSA key', () => {
  const facts = only(readPem(rsa.certificate));
  assert.equal(facts.isSelfSigned, true);
  assert.deepEqual([facts.publicKey.type, facts.publicKey.bits], ['rsa', 2048]);
  assert.deepEqual(facts.extendedKeyUsage, [serverPurpose]);
});

test('a root says that it may sign', () => {
  const facts = only(readPem(root.certificate));
  assert.equal(facts.isAuthority, true);
  assert.equal(facts.isSelfSigned, true);
  assert.deepEqual(facts.keyUsage, ['keyCertSign']);
  assert.equal(facts.extendedKeyUsage, undefined);
  // SEQUENCE, SET, SEQUENCE with their lengths, the identifier of CN, and the text.
  assert.equal(facts.subjectLength, 2 + 2 + 2 + 5 + 2 + 'Contoso Root'.length);
});

test('the signature tells an authority from another one of the same name', () => {
  const facts = only(readPem(mail.certificate));
  assert.equal(isSignedBy(facts, only(readPem(root.certificate))), true);
  assert.equal(isSignedBy(facts, only(readPem(otherRoot.certificate))), false);
  assert.equal(isSignedBy(facts, only(readPem(rsa.certificate))), false);
});

test('several certificates keep their order, among other text', () => {
  const text = `a chain\r\n${mail.certificate.replaceAll('\n', '\r\n')}between\n${root.certificate}`;
  const { certificates } = readPem(text);
  assert.deepEqual(
    certificates.map(({ names }) => names.at(-1)),
    ['Contoso mail', 'Contoso Root'],
  );
});

test('a private key is known by the fingerprint of its public half', () => {
  const { certificates, privateKeys } = readPem(mail.privateKey + mail.certificate);
  assert.deepEqual(privateKeys, [{ kind: 'plain', fingerprint: certificates[0]?.publicKey.fingerprint }]);
  assert.ok(!JSON.stringify(privateKeys).includes(mail.privateKey.split('\n')[1] ?? ''));
});

const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const encrypted = { cipher: 'aes-256-cbc', passphrase: 'secret', format: 'pem' } as const;

const cases: readonly { title: string; text: string; expected: Partial<PemContents> }[] = [
  { title: 'nothing', text: '', expected: {} },
  { title: 'no PEM', text: 'PK\u0003\u0004 not a certificate', expected: {} },
  {
    title: 'a block that is cut off',
    text: mail.certificate.slice(0, 200),
    expected: {},
  },
  {
    title: 'a certificate with a letter missing',
    text: mail.certificate.replace(/^M/m, ''),
    expected: { malformedCertificates: 1 },
  },
  {
    title: 'a certificate that is none',
    text: '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n',
    expected: { malformedCertificates: 1 },
  },
  {
    title: 'an encrypted key',
    text: privateKey.export({ type: 'pkcs8', ...encrypted }).toString(),
    expected: { privateKeys: [{ kind: 'encrypted' }] },
  },
  {
    title: 'a key that is encrypted in the old way',
    text: '-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\n\nAAAA\n-----END RSA PRIVATE KEY-----\n',
    expected: { privateKeys: [{ kind: 'encrypted' }] },
  },
  {
    title: 'a key that is none',
    text: '-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n',
    expected: { privateKeys: [{ kind: 'malformed' }] },
  },
];

for (const { title, text, expected } of cases) {
  test(`${title} is no certificate`, () => {
    const nothing = { kind: 'read', certificates: [], privateKeys: [], malformedCertificates: 0 };
    assert.deepEqual(readPem(text), { ...nothing, ...expected });
  });
}
