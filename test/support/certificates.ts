import { webcrypto } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import 'reflect-metadata';
import * as x509 from '@peculiar/x509';

// The library's types are the browser's, which a Node program does not load; the values are the same.
x509.cryptoProvider.set(webcrypto as never);

/** A certificate with its private key: PEM text, and the files that hold it for this run. */
export interface Issued {
  readonly certificate: string;
  readonly privateKey: string;
  readonly certificateFile: string;
  readonly privateKeyFile: string;
}

/** An authority that signs certificates; its own certificate is the root. */
export interface TestAuthority extends Issued {
  readonly name: string;
  readonly keys: webcrypto.CryptoKeyPair;
}

/** What a test wants in a certificate; what is left out is as a good mail server has it. */
export interface IssueRequest {
  /** Absent: the certificate signs itself. */
  readonly authority?: TestAuthority;
  /** Default: the first domain. */
  readonly commonName?: string;
  /** DNS names of the SAN; `ip:192.0.2.1` is an address. */
  readonly domains: readonly string[];
  /** Default: both, as Domain Security wants it. */
  readonly usage?: 'client' | 'server' | 'both';
  readonly validity?: 'current' | 'expired' | 'future';
  /** `rsa` for servers whose key engine takes no other. */
  readonly keyType?: 'ec' | 'rsa';
  /** Unit: years that it lasts; default 2. */
  readonly years?: number;
}

const day = 24 * 60 * 60 * 1000;

function algorithm(keyType: 'ec' | 'rsa'): webcrypto.RsaHashedKeyGenParams | webcrypto.EcKeyGenParams {
  if (keyType === 'ec') return { name: 'ECDSA', namedCurve: 'P-256' };
  const publicExponent = new Uint8Array([1, 0, 1]);
  return { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256', modulusLength: 2048, publicExponent };
}

async function makeKeys(keyType: 'ec' | 'rsa'): Promise<webcrypto.CryptoKeyPair> {
  return (await webcrypto.subtle.generateKey(algorithm(keyType), true, [
    'sign',
    'verify',
  ])) as webcrypto.CryptoKeyPair;
}

async function pemOfKey({ privateKey }: webcrypto.CryptoKeyPair): Promise<string> {
  const der = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', privateKey));
  const lines = der.toString('base64').match(/.{1,64}/g) ?? [];
  return `-----BEGIN PRIVATE KEY-----\n${lines.join('\n')}\n-----END PRIVATE KEY-----\n`;
}

/** Unit: both are instants; good certificates began yesterday, so that clocks may differ. */
function period(state: 'current' | 'expired' | 'future', years: number): { notBefore: Date; notAfter: Date } {
  const now = Date.now();
  if (state === 'expired') return { notBefore: new Date(now - 400 * day), notAfter: new Date(now - day) };
  if (state === 'future') return { notBefore: new Date(now + day), notAfter: new Date(now + 400 * day) };
  return { notBefore: new Date(now - day), notAfter: new Date(now + years * 365 * day) };
}

function serial(): string {
  // The first bit stays clear, so that the number is positive. Source: RFC 5280 §4.1.2.2.
  const bytes = webcrypto.getRandomValues(new Uint8Array(16));
  bytes[0] = ((bytes[0] ?? 0) & 0x7f) | 0x01;
  return Buffer.from(bytes).toString('hex');
}

function subject(commonName: string): string {
  return `CN=${commonName.replaceAll(/[,+"\\<>;=#]/g, '\\$&')}`;
}

let folder: string | undefined;
let issuedFiles = 0;

/** Writes a certificate and its key into a folder that goes away with the process. */
async function filed(certificate: x509.X509Certificate, keys: webcrypto.CryptoKeyPair): Promise<Issued> {
  if (folder === undefined) {
    const made = mkdtempSync(join(tmpdir(), 'mailtopo-certificates-'));
    process.once('exit', () => rmSync(made, { recursive: true, force: true }));
    folder = made;
  }
  const base = join(folder, String(issuedFiles++));
  const issued: Issued = {
    certificate: `${certificate.toString('pem')}\n`,
    privateKey: await pemOfKey(keys),
    certificateFile: `${base}.pem`,
    privateKeyFile: `${base}.key`,
  };
  writeFileSync(issued.certificateFile, issued.certificate);
  writeFileSync(issued.privateKeyFile, issued.privateKey, { mode: 0o600 });
  return issued;
}

/** Makes an authority whose certificate is valid for ten years, or as many as are asked for. */
export async function makeAuthority(
  name: string,
  options: { readonly years?: number; readonly keyType?: 'ec' | 'rsa' } = {},
): Promise<TestAuthority> {
  const { years = 10, keyType = 'ec' } = options;
  const keys = await makeKeys(keyType);
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: serial(),
    name: subject(name),
    ...period('current', years),
    signingAlgorithm: { ...algorithm(keyType), hash: 'SHA-256' } as never,
    keys: keys as never,
    extensions: [
      new x509.BasicConstraintsExtension(true, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
    ],
  });
  return { ...(await filed(certificate, keys)), name, keys };
}

function extensionsOf({ domains, usage }: IssueRequest): x509.Extension[] {
  const names = domains.map((domain) =>
    domain.startsWith('ip:')
      ? { type: 'ip' as const, value: domain.slice(3) }
      : { type: 'dns' as const, value: domain },
  );
  const usages = [
    ...(usage === 'client' ? [] : [x509.ExtendedKeyUsage.serverAuth]),
    ...(usage === 'server' ? [] : [x509.ExtendedKeyUsage.clientAuth]),
  ];
  return [
    new x509.BasicConstraintsExtension(false, undefined, true),
    new x509.KeyUsagesExtension(
      x509.KeyUsageFlags.digitalSignature | x509.KeyUsageFlags.keyEncipherment,
      true,
    ),
    new x509.ExtendedKeyUsageExtension(usages),
    new x509.SubjectAlternativeNameExtension(names),
  ];
}

/** Issues a certificate; each call makes a new one. */
export async function issue(request: IssueRequest): Promise<Issued> {
  const { authority, keyType = 'ec', validity = 'current', years = 2 } = request;
  const keys = await makeKeys(keyType);
  const signingKey = authority === undefined ? keys.privateKey : authority.keys.privateKey;
  const name = subject(request.commonName ?? request.domains[0] ?? 'unnamed');
  const certificate = await x509.X509CertificateGenerator.create({
    serialNumber: serial(),
    subject: name,
    issuer: authority === undefined ? name : new x509.X509Certificate(authority.certificate).subject,
    ...period(validity, years),
    signingAlgorithm: { ...signingKey.algorithm, hash: 'SHA-256' } as never,
    publicKey: keys.publicKey as never,
    signingKey: signingKey as never,
    extensions: extensionsOf(request),
  });
  return filed(certificate, keys);
}
