import { createHash, createPrivateKey, createPublicKey, X509Certificate, type KeyObject } from 'node:crypto';
import { derTag, derValues, objectIdentifier, type DerValue } from './der.ts';
import type { CertificateFacts, KeyUsage, PemContents, PrivateKeyFacts, PublicKeyFacts } from './pem-file.ts';

// Five dashes end a body, so that a file full of beginnings is still read in one pass.
const block = /-----BEGIN ([A-Z0-9 ]+)-----(?:[^-]|-(?!----))*-----END \1-----/g;

/**
 * Reads the certificates and private keys of a file in PEM; all other text and blocks are passed over.
 *
 * Source: RFC 7468 §2.
 */
export function readPem(text: string): PemContents {
  const certificates: CertificateFacts[] = [];
  const privateKeys: PrivateKeyFacts[] = [];
  let malformedCertificates = 0;
  for (const [pem, label = ''] of text.matchAll(block)) {
    if (label.endsWith('PRIVATE KEY')) privateKeys.push(readPrivateKey(pem, label));
    if (!/^(X509 |TRUSTED )?CERTIFICATE$/.test(label)) continue;
    const facts = readCertificate(pem);
    if (facts === undefined) malformedCertificates++;
    else certificates.push(facts);
  }
  return { kind: 'read', certificates, privateKeys, malformedCertificates };
}

/** Says whether the key of one certificate has signed another, and may sign at all. */
export function isSignedBy(one: CertificateFacts, authority: CertificateFacts): boolean {
  const certificate = new X509Certificate(one.pem);
  const issuer = new X509Certificate(authority.pem);
  return certificate.checkIssued(issuer) && certificate.verify(issuer.publicKey);
}

function readPrivateKey(pem: string, label: string): PrivateKeyFacts {
  if (label.startsWith('ENCRYPTED') || /^Proc-Type: *4, *ENCRYPTED/m.test(pem)) return { kind: 'encrypted' };
  try {
    return { kind: 'plain', fingerprint: fingerprintOf(createPublicKey(createPrivateKey(pem))) };
  } catch {
    // What OpenSSL does not take is no key; its reason could quote the file.
    return { kind: 'malformed' };
  }
}

function readCertificate(pem: string): CertificateFacts | undefined {
  try {
    return factsOf(new X509Certificate(pem));
  } catch {
    // What OpenSSL does not take is no certificate, or has a key of a kind that nobody here could use.
    return undefined;
  }
}

function factsOf(certificate: X509Certificate): CertificateFacts {
  const { subject, issuer, serialNumber, ca, publicKey } = certificate;
  const shape = shapeOf(certificate.raw);
  const keyUsage = shape.extensions.get('2.5.29.15');
  const purposes = shape.extensions.get('2.5.29.37');
  return {
    subject,
    issuer,
    names: [...new Set([...dnsNames(shape.extensions.get('2.5.29.17')), ...commonNames(subject)])],
    serialNumber,
    notBefore: Date.parse(certificate.validFrom),
    notAfter: Date.parse(certificate.validTo),
    ...(keyUsage && { keyUsage: usagesOf(keyUsage) }),
    ...(purposes && { extendedKeyUsage: identifiersOf(purposes) }),
    isAuthority: ca,
    isSelfSigned: subject === issuer && certificate.verify(publicKey),
    publicKey: keyFacts(publicKey),
    signatureAlgorithm: shape.signatureAlgorithm,
    subjectLength: shape.subjectLength,
    fingerprint: certificate.fingerprint256,
    pem: certificate.toString(),
  };
}

interface Shape {
  readonly signatureAlgorithm: string;
  readonly subjectLength: number;
  /** The value of each extension by its object identifier. */
  readonly extensions: ReadonlyMap<string, Uint8Array>;
}

/** Takes out of a certificate what Node does not give. Source: RFC 5280 §4.1. */
function shapeOf(der: Uint8Array): Shape {
  const [whole] = derValues(der);
  const [toBeSigned, algorithm] = within(whole);
  const fields = within(toBeSigned);
  // A version stands first in all certificates that have extensions.
  const isVersioned = fields[0]?.tag === derTag.context(0);
  const subject = fields[isVersioned ? 5 : 4];
  const [list] = within(fields.find(({ tag }) => tag === derTag.context(3)));
  return {
    signatureAlgorithm: identifierOf(within(algorithm)[0]),
    subjectLength: subject?.length ?? 0,
    extensions: new Map(
      within(list).map((extension) => {
        const parts = within(extension);
        return [identifierOf(parts[0]), parts.at(-1)?.content ?? new Uint8Array()];
      }),
    ),
  };
}

function within(value: DerValue | undefined): readonly DerValue[] {
  return value === undefined ? [] : derValues(value.content);
}

function identifierOf(value: DerValue | undefined): string {
  return value?.tag === derTag.objectIdentifier ? objectIdentifier(value.content) : '';
}

function identifiersOf(extension: Uint8Array): readonly string[] {
  return within(derValues(extension)[0]).map(identifierOf);
}

/** The bits of the first octet, from the left. Source: RFC 5280 §4.2.1.3. */
const usageBits: readonly (readonly [bit: number, usage: KeyUsage])[] = [
  [0x80, 'digitalSignature'],
  [0x20, 'keyEncipherment'],
  [0x08, 'keyAgreement'],
  [0x04, 'keyCertSign'],
];

function usagesOf(extension: Uint8Array): readonly KeyUsage[] {
  // The first octet of a bit string counts its unused bits.
  const bits = derValues(extension)[0]?.content[1] ?? 0;
  return usageBits.flatMap(([bit, usage]) => ((bits & bit) === 0 ? [] : [usage]));
}

/** Source: RFC 5280 §4.2.1.6 (a DNS name is the choice number 2, in ASCII). */
function dnsNames(extension: Uint8Array | undefined): readonly string[] {
  if (extension === undefined) return [];
  return within(derValues(extension)[0])
    .filter(({ tag }) => tag === 0x82)
    .map(({ content }) => Buffer.from(content).toString('latin1'));
}

function commonNames(subject: string): readonly string[] {
  return subject
    .split('\n')
    .filter((line) => line.startsWith('CN='))
    .map((line) => line.slice(3));
}

function keyFacts(key: KeyObject): PublicKeyFacts {
  const { asymmetricKeyType: type = 'unknown', asymmetricKeyDetails: details } = key;
  const bits = details?.modulusLength ?? curveBits[details?.namedCurve ?? ''];
  return { type, ...(bits !== undefined && { bits }), fingerprint: fingerprintOf(key) };
}

const curveBits: Readonly<Record<string, number>> = {
  prime192v1: 192,
  secp224r1: 224,
  prime256v1: 256,
  secp384r1: 384,
  secp521r1: 521,
};

function fingerprintOf(key: KeyObject): string {
  return createHash('sha256')
    .update(key.export({ type: 'spki', format: 'der' }))
    .digest('hex');
}
