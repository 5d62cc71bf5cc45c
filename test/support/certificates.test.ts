import assert from 'node:assert/strict';
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { test } from 'node:test';
import { issue, makeAuthority } from './certificates.ts';

test('an issued certificate is signed by its authority and holds its names', async () => {
  for (const keyType of ['ec', 'rsa'] as const) {
    const authority = await makeAuthority('Contoso Root', { keyType });
    const issued = await issue({ authority, domains: ['mail.contoso.com', 'contoso.com'], keyType });
    const certificate = new X509Certificate(issued.certificate);
    const root = new X509Certificate(authority.certificate);
    assert.ok(certificate.verify(root.publicKey));
    assert.ok(certificate.checkPrivateKey(createPrivateKey(issued.privateKey)));
    assert.equal(certificate.subjectAltName, 'DNS:mail.contoso.com, DNS:contoso.com');
    assert.ok(new Date(certificate.validTo) > new Date());
    assert.deepEqual([root.ca, certificate.ca], [true, false]);
  }
});

test('a certificate can be expired, and can be its own root', async () => {
  const { certificate } = await issue({ domains: ['x.example'], validity: 'expired' });
  const expired = new X509Certificate(certificate);
  assert.ok(new Date(expired.validTo) < new Date());
  assert.ok(expired.verify(expired.publicKey));
});
