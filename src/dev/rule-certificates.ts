/**
 * Makes the certificates of src/dev/certificates, which the examples of rules name: node dist/src/dev/rule-certificates.js
 *
 * They do not change with the day: `exampleNow` stands for it. Their keys are thrown away.
 */
import { webcrypto } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import 'reflect-metadata';
import * as x509 from '@peculiar/x509';

// The library's types are the browser's, which a Node program does not load; the values are the same.
x509.cryptoProvider.set(webcrypto as never);

interface Wanted {
  readonly file: string;
  readonly commonName: string;
  /** Default: the common name. */
  readonly domains?: readonly string[];
  /** The file of who signs; absent: itself. */
  readonly signer?: string;
  readonly kind?: 'authority' | 'leaf';
  readonly purposes?: readonly x509.ExtendedKeyUsage[];
  readonly period?: readonly [from: string, to: string];
  readonly key?: 'ec' | 'weak';
}

const { serverAuth, clientAuth } = x509.ExtendedKeyUsage;
const contoso = ['mail.contoso.com', 'contoso.com'];
const mail = { commonName: 'mail.contoso.com', domains: contoso, signer: 'contoso-root.pem' };

const wanted: readonly Wanted[] = [
  { file: 'contoso-root.pem', commonName: 'Contoso Root', kind: 'authority' },
  { file: 'fabrikam-root.pem', commonName: 'Fabrikam Root', kind: 'authority' },
  {
    file: 'contoso-issuing.pem',
    commonName: 'Contoso Issuing',
    kind: 'authority',
    signer: 'contoso-root.pem',
  },
  { ...mail, file: 'contoso-mail.pem' },
  { ...mail, file: 'issued-below.pem', signer: 'contoso-issuing.pem' },
  { file: 'self-signed.pem', commonName: 'mail.contoso.com', domains: contoso },
  { ...mail, file: 'expired.pem', period: ['2024-01-01', '2026-01-01'] },
  { ...mail, file: 'expiring.pem', period: ['2025-12-10', '2026-12-10'] },
  { ...mail, file: 'not-yet-valid.pem', period: ['2027-02-01', '2029-02-01'] },
  { ...mail, file: 'server-only.pem', purposes: [serverAuth] },
  { ...mail, file: 'client-only.pem', purposes: [clientAuth] },
  { ...mail, file: 'weak.pem', key: 'weak' },
];

const made = new Map<string, { certificate: x509.X509Certificate; keys: webcrypto.CryptoKeyPair }>();

function algorithm(key: Wanted['key']): webcrypto.RsaHashedKeyGenParams | webcrypto.EcKeyGenParams {
  if (key !== 'weak') return { name: 'ECDSA', namedCurve: 'P-256' };
  const publicExponent = new Uint8Array([1, 0, 1]);
  return { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-1', modulusLength: 1024, publicExponent };
}

function extensionsOf({ kind, purposes, domains, commonName }: Wanted): x509.Extension[] {
  const { keyCertSign, cRLSign, digitalSignature, keyEncipherment } = x509.KeyUsageFlags;
  if (kind === 'authority') {
    return [
      new x509.BasicConstraintsExtension(true, undefined, true),
      new x509.KeyUsagesExtension(keyCertSign | cRLSign, true),
    ];
  }
  return [
    new x509.BasicConstraintsExtension(false, undefined, true),
    new x509.KeyUsagesExtension(digitalSignature | keyEncipherment, true),
    new x509.ExtendedKeyUsageExtension([...(purposes ?? [serverAuth, clientAuth])]),
    new x509.SubjectAlternativeNameExtension(
      (domains ?? [commonName]).map((value) => ({ type: 'dns' as const, value })),
    ),
  ];
}

const folder = 'src/dev/certificates';
mkdirSync(folder, { recursive: true });
for (const [index, one] of wanted.entries()) {
  const keys = (await webcrypto.subtle.generateKey(algorithm(one.key), true, [
    'sign',
    'verify',
  ])) as webcrypto.CryptoKeyPair;
  const signer = one.signer === undefined ? undefined : made.get(one.signer);
  const signingKey = signer?.keys.privateKey ?? keys.privateKey;
  const [from, to] = one.period ?? ['2025-01-01', '2125-01-01'];
  const subject = `CN=${one.commonName}`;
  const certificate = await x509.X509CertificateGenerator.create({
    serialNumber: String(index + 1).padStart(2, '0'),
    subject,
    issuer: signer?.certificate.subject ?? subject,
    notBefore: new Date(from),
    notAfter: new Date(to),
    signingAlgorithm: { ...signingKey.algorithm, hash: one.key === 'weak' ? 'SHA-1' : 'SHA-256' } as never,
    publicKey: keys.publicKey as never,
    signingKey: signingKey as never,
    extensions: extensionsOf(one),
  });
  made.set(one.file, { certificate, keys });
  writeFileSync(`${folder}/${one.file}`, `${certificate.toString('pem')}\n`);
}
