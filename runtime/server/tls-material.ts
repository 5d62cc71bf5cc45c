import { createPrivateKey, X509Certificate, type KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { Authority, Certificate, TransportConfig } from '../config.ts';
import { chooseCertificate, setupCertificate } from '../decide/certificate.ts';
import type { CertificateCandidate, CertificateFacts, CertificateQuestion } from '../decide/certificate.ts';
import { usualOldestTls, type OldestTls } from '../oldest-tls.ts';
import { reasonOf, StartFailure } from '../start-failure.ts';
import { factsOf } from './certificate-facts.ts';
import type { InternalHop } from './internal-hop.ts';
import type { KeyPair } from './self-signed.ts';

/** A certificate of ours that can be presented. */
export interface LoadedCertificate extends KeyPair {
  readonly certificateOf: Certificate;
  readonly facts: CertificateFacts;
}

/** A root of the topology, in PEM. */
export interface LoadedAuthority {
  readonly authority: Authority;
  readonly certificate: string;
  /** SHA-256 as Node writes it. */
  readonly fingerprint: string;
}

/** All certificates, keys and roots that the servers here need, and how old TLS may be. */
export interface TlsMaterial {
  readonly certificates: readonly LoadedCertificate[];
  readonly authorities: readonly LoadedAuthority[];
  /** The servers of the topology that a certificate is installed on, by its fingerprint; those of servers elsewhere, too. */
  readonly installations: ReadonlyMap<string, readonly string[]>;
  readonly oldestTls: OldestTls;
}

/** Where the files lie, and for whom they are read. */
export interface TlsMaterialOptions {
  readonly config: TransportConfig;
  readonly serverNames: readonly string[];
  /** Certificates of the topology are relative to it. */
  readonly bundleFolder: string;
  readonly keysFolder: string;
  /** Unit: milliseconds since 1970. */
  readonly now: number;
  /** TLS 1.2 each way where absent. */
  readonly oldestTls?: OldestTls;
}

/**
 * Reads the certificates, keys and roots of the servers that run here.
 *
 * Fails: throws StartFailure with one line for a file that is missing or unreadable, a key that does not belong to its
 * certificate, or a certificate that is out of date.
 */
export function loadTlsMaterial(options: TlsMaterialOptions): TlsMaterial {
  const { config, serverNames } = options;
  const isHere = (names: readonly string[]): boolean => names.some((name) => serverNames.includes(name));
  return {
    certificates: config.certificates
      .filter(({ smtp, file, installedOn }) => smtp && file !== undefined && isHere(installedOn))
      .map((certificate) => loadCertificate(certificate, options)),
    authorities: config.authorities
      .filter(({ file, trustedOn }) => file !== undefined && isHere(trustedOn))
      .map((authority) => loadAuthority(authority, options)),
    installations: new Map(
      config.certificates.flatMap((certificate) => installationOf(certificate, options)),
    ),
    oldestTls: options.oldestTls ?? usualOldestTls,
  };
}

/** Reads which servers a certificate speaks for; one that is not here speaks for nobody, which is no failure. */
function installationOf(
  { file, smtp, installedOn }: Certificate,
  { bundleFolder }: TlsMaterialOptions,
): readonly (readonly [string, readonly string[]])[] {
  if (!smtp || file === undefined) return [];
  try {
    const { fingerprint256 } = new X509Certificate(readFileSync(join(bundleFolder, file)));
    return [[fingerprint256, installedOn]];
  } catch {
    // Whoever runs the server that needs it is told by its own start.
    return [];
  }
}

function loadCertificate(certificateOf: Certificate, options: TlsMaterialOptions): LoadedCertificate {
  const { name, file = '', keyFile } = certificateOf;
  const certificate = readText(join(options.bundleFolder, file), `certificate "${name}"`);
  if (keyFile === undefined) throw new StartFailure(`certificate "${name}" has no private key file`);
  const privateKey = readText(join(options.keysFolder, keyFile), `private key of certificate "${name}"`);
  const parsed = parseCertificate(certificate, `certificate "${name}"`);
  const facts = factsOf(parsed);
  if (!parsed.checkPrivateKey(parseKey(privateKey, name)))
    throw new StartFailure(`the private key of certificate "${name}" belongs to another certificate`);
  if (options.now > facts.notAfter)
    throw new StartFailure(`certificate "${name}" expired on ${parsed.validTo}`);
  if (options.now < facts.notBefore)
    throw new StartFailure(`certificate "${name}" begins on ${parsed.validFrom}`);
  return { certificateOf, facts, certificate, privateKey };
}

function loadAuthority(authority: Authority, { bundleFolder }: TlsMaterialOptions): LoadedAuthority {
  const what = `authority "${authority.name}"`;
  const certificate = readText(join(bundleFolder, authority.file ?? ''), what);
  return { authority, certificate, fingerprint: parseCertificate(certificate, what).fingerprint256 };
}

function readText(path: string, what: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw new StartFailure(`cannot read ${what}: ${path}: ${reasonOf(cause)}`, cause);
  }
}

function parseCertificate(text: string, what: string): X509Certificate {
  try {
    return new X509Certificate(text);
  } catch (cause) {
    throw new StartFailure(`${what} is not a certificate in PEM`, cause);
  }
}

function parseKey(text: string, name: string): KeyObject {
  try {
    return createPrivateKey(text);
  } catch (cause) {
    // The two ways in which PEM says so. Source: RFC 5958 §3, RFC 1421 §4.6.1.1.
    const isLocked = /^-----BEGIN ENCRYPTED PRIVATE KEY|^Proc-Type: 4,ENCRYPTED/m.test(text);
    const why = isLocked ? 'is under a passphrase; give it as unencrypted PEM' : 'is not a key in PEM';
    throw new StartFailure(`the private key of certificate "${name}" ${why}`, cause);
  }
}

/** Lists what a connector of a server may choose from, by what the choice looks at. */
export function loadedFor(
  config: TransportConfig,
  material: TlsMaterial,
  hop: InternalHop,
  server: string,
): ReadonlyMap<CertificateCandidate, LoadedCertificate> {
  return new Map([
    ...material.certificates.map(
      (one) => [{ certificate: one.certificateOf, facts: one.facts }, one] as const,
    ),
    // Without facts it stands behind every certificate that someone has installed, however new it is.
    ...setupCertificateOf(config, hop, server).map(
      (one) => [{ certificate: one.certificateOf }, one] as const,
    ),
  ]);
}

/** Chooses the certificate that a connector presents from what is loaded; setup's own stands last. */
export function chooseLoaded(
  config: TransportConfig,
  material: TlsMaterial,
  hop: InternalHop,
  question: CertificateQuestion,
): LoadedCertificate | undefined {
  const loaded = loadedFor(config, material, hop, question.server);
  const { chosen } = chooseCertificate([...loaded.keys()], question);
  return chosen && loaded.get(chosen);
}

function setupCertificateOf(config: TransportConfig, hop: InternalHop, name: string): LoadedCertificate[] {
  const server = config.servers.find((one) => one.name === name);
  const identity = hop.identityOf(name);
  if (server === undefined || identity === undefined) return [];
  const facts = factsOf(new X509Certificate(identity.certificate));
  return [{ certificateOf: setupCertificate(server), facts, ...identity }];
}
