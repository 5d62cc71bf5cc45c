import { createPrivateKey, createPublicKey, generateKeyPairSync, randomBytes, sign } from 'node:crypto';

/** A certificate and its private key, both in PEM. */
export interface KeyPair {
  readonly certificate: string;
  readonly privateKey: string;
}

/** What a self-signed certificate says. */
export interface SelfSignedRequest {
  /** DNS names in A-labels; the first one is the common name, too. */
  readonly names: readonly string[];
  /** Unit: milliseconds since 1970. */
  readonly notBefore: number;
  /** Unit: milliseconds since 1970. */
  readonly notAfter: number;
}

/**
 * Makes a key and a self-signed certificate for it, for server and client authentication.
 *
 * It stands for the certificate that Exchange's setup makes for a server's own names. Node has no writer of certificates,
 * so the few lines of DER are written here.
 * Source: RFC 5280 §4.1; RFC 5758 §3.2 (ECDSA with SHA-256); EXCH New-ExchangeCertificate.
 */
export function makeSelfSigned(request: SelfSignedRequest): KeyPair {
  const { privateKey, publicKey } = generateKeyPairSync('ec', {
    namedCurve: 'P-256',
    publicKeyEncoding: { type: 'spki', format: 'der' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  const body = certificateBody(request, publicKey);
  const signature = sign('sha256', body, { key: createPrivateKey(privateKey), dsaEncoding: 'der' });
  const certificate = sequence(body, ecdsaWithSha256, bitString(signature));
  return { certificate: pem(certificate), privateKey };
}

/** Says whether a private key in PEM belongs to a public key. */
export function isKeyOf(privateKey: string, publicKey: Buffer): boolean {
  return createPublicKey(privateKey).export({ type: 'spki', format: 'der' }).equals(publicKey);
}

function certificateBody({ names, notBefore, notAfter }: SelfSignedRequest, publicKey: Buffer): Buffer {
  // A common name has at most 64 characters: RFC 5280 appendix A.1 (ub-common-name).
  const commonName = names.find((name) => name.length <= 64) ?? 'mailtopo';
  const name = sequence(set(sequence(objectId('2.5.4.3'), value(0x0c, Buffer.from(commonName)))));
  const serial = randomBytes(16);
  // Neither negative nor with a needless zero in front.
  serial[0] = (serial[0]! & 0x3f) | 0x40;
  return sequence(
    value(0xa0, integer(Buffer.of(2))),
    integer(serial),
    ecdsaWithSha256,
    name,
    sequence(time(notBefore), time(notAfter)),
    name,
    publicKey,
    value(0xa3, sequence(...extensions(names))),
  );
}

function extensions(names: readonly string[]): Buffer[] {
  const critical = Buffer.of(0x01, 0x01, 0xff);
  const usages = sequence(objectId('1.3.6.1.5.5.7.3.1'), objectId('1.3.6.1.5.5.7.3.2'));
  const dnsNames = sequence(...names.map((name) => value(0x82, Buffer.from(name, 'latin1'))));
  return [
    sequence(objectId('2.5.29.19'), critical, octetString(sequence())),
    // digitalSignature alone, which is all that an elliptic key does in TLS.
    sequence(objectId('2.5.29.15'), critical, octetString(Buffer.of(0x03, 0x02, 0x07, 0x80))),
    sequence(objectId('2.5.29.37'), octetString(usages)),
    sequence(objectId('2.5.29.17'), octetString(dnsNames)),
  ];
}

function value(tag: number, ...contents: readonly Buffer[]): Buffer {
  const content = Buffer.concat(contents);
  const { length } = content;
  if (length < 0x80) return Buffer.concat([Buffer.of(tag, length), content]);
  if (length < 0x100) return Buffer.concat([Buffer.of(tag, 0x81, length), content]);
  return Buffer.concat([Buffer.of(tag, 0x82, length >> 8, length & 0xff), content]);
}

function sequence(...contents: readonly Buffer[]): Buffer {
  return value(0x30, ...contents);
}

function set(...contents: readonly Buffer[]): Buffer {
  return value(0x31, ...contents);
}

function integer(bytes: Buffer): Buffer {
  return value(0x02, bytes);
}

function octetString(bytes: Buffer): Buffer {
  return value(0x04, bytes);
}

function bitString(bytes: Buffer): Buffer {
  return value(0x03, Buffer.of(0), bytes);
}

/** Writes a time; two digits of the year up to 2049, four after. Source: RFC 5280 §4.1.2.5. */
function time(at: number): Buffer {
  const digits = `${new Date(at).toISOString().replaceAll(/[-:T]/g, '').slice(0, 14)}Z`;
  return digits < '2050' ? value(0x17, Buffer.from(digits.slice(2))) : value(0x18, Buffer.from(digits));
}

function objectId(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  const arcs = rest.flatMap((arc) =>
    arc < 128 ? [arc] : arc < 16384 ? [128 | (arc >> 7), arc & 127] : wideArc(arc),
  );
  return value(0x06, Buffer.from([first * 40 + second, ...arcs]));
}

function wideArc(arc: number): number[] {
  return [128 | (arc >> 14), 128 | ((arc >> 7) & 127), arc & 127];
}

const ecdsaWithSha256 = sequence(objectId('1.2.840.10045.4.3.2'));

function pem(der: Buffer): string {
  const lines = der.toString('base64').match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`;
}
