import { X509Certificate } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs';
import { basename, join } from 'node:path';

import type { Server, TransportConfig } from '../config.ts';
import { asciiDomain } from '../decide/domain-match.ts';
import { pathName } from '../queue/path-name.ts';
import { reasonOf, StartFailure } from '../start-failure.ts';
import { factsOf } from './certificate-facts.ts';
import { isKeyOf, makeSelfSigned } from './self-signed.ts';
import type { KeyPair } from './self-signed.ts';

/*
 * Between servers of an organization Exchange authenticates with a mechanism of its own. This transport stands in for it
 * with mutual TLS after the model of Exchange's direct trust: every server has a self-signed certificate, made at its
 * first start, and the others trust exactly that certificate, whoever issued what. Both ends compare fingerprints after
 * the handshake, which proves possession of the key; only then is a session that of an Exchange server.
 *
 * A server's certificate is `<data>/<server>/internal.pem`. Servers that share the data folder find it there; for a
 * server that runs elsewhere it is copied to `keys/internal/<server>.pem`. The key never leaves its folder. In both the
 * server is written as `pathName` writes it, that is in small letters.
 */

/** The certificates by which the servers of the topology know each other. */
export interface InternalHop {
  /** The certificate of a server that runs in this process. */
  identityOf(server: string): KeyPair | undefined;
  /** Finds the server that a certificate is the internal certificate of; the fingerprint is SHA-256 as Node writes it. */
  serverOf(fingerprint: string): string | undefined;
}

/** The certificates as they were found at the start. */
export interface OpenedInternalHop extends InternalHop {
  /** Servers of the topology whose certificate is not there, and the file it is looked for in. */
  readonly missing: readonly { readonly server: string; readonly file: string }[];
}

/** Where the certificates lie, and for whom some are made. */
export interface InternalHopOptions {
  readonly config: Pick<TransportConfig, 'servers'>;
  /** The servers that run in this process. */
  readonly serverNames: readonly string[];
  readonly dataFolder: string;
  readonly keysFolder: string;
  /** Unit: milliseconds since 1970. */
  readonly now: () => number;
}

const years = 365.25 * 86_400_000;
/** How often at most the certificates of other servers are looked for again. Unit: milliseconds. */
const lookAgainAfter = 5000;

/**
 * Reads the internal certificates and makes those of our own servers that are missing or out of date.
 *
 * Fails: throws StartFailure where a folder or file cannot be written or read.
 */
export function openInternalHop(options: InternalHopOptions): OpenedInternalHop {
  const { config, serverNames, now } = options;
  const identities = new Map<string, KeyPair>();
  for (const server of config.servers) {
    if (serverNames.includes(server.name)) identities.set(server.name, ownIdentity(server, options));
  }
  let pinned = readPinned(options);
  let readAt = now();
  const known = new Set(pinned.values());
  return {
    missing: config.servers
      .filter(({ name }) => !known.has(name))
      .map(({ name }) => ({
        server: name,
        file: join(options.keysFolder, 'internal', `${pathName(name)}.pem`),
      })),
    identityOf: (server) => identities.get(server),
    serverOf(fingerprint) {
      const server = pinned.get(fingerprint);
      if (server !== undefined || now() - readAt < lookAgainAfter) return server;
      // Another process may have made its certificate after this one had started.
      readAt = now();
      try {
        pinned = readPinned(options);
      } catch {
        // A file that cannot be read now adds nobody; who is known stays known.
      }
      return pinned.get(fingerprint);
    },
  };
}

/** Names the folder of a server's own files; a name of the topology never leads out of the data folder. */
export function serverFolder(dataFolder: string, server: string): string {
  return join(dataFolder, pathName(server));
}

function ownIdentity(server: Server, { dataFolder, now }: InternalHopOptions): KeyPair {
  const folder = serverFolder(dataFolder, server.name);
  try {
    return readIdentity(folder, now()) ?? writeIdentity(folder, server, now());
  } catch (cause) {
    throw new StartFailure(
      `cannot keep the internal certificate of ${server.name} in ${folder}: ${reasonOf(cause)}`,
      cause,
    );
  }
}

function readIdentity(folder: string, now: number): KeyPair | undefined {
  const [certificateFile, keyFile] = [join(folder, 'internal.pem'), join(folder, 'internal.key')];
  if (!existsSync(certificateFile) || !existsSync(keyFile)) return undefined;
  const certificate = readFileSync(certificateFile, 'utf8');
  const privateKey = readFileSync(keyFile, 'utf8');
  const parsed = new X509Certificate(certificate);
  const matches = isKeyOf(privateKey, parsed.publicKey.export({ type: 'spki', format: 'der' }));
  return matches && now < factsOf(parsed).notAfter ? { certificate, privateKey } : undefined;
}

function writeIdentity(folder: string, server: Server, now: number): KeyPair {
  const names = [server.fqdn, server.name].flatMap((name) => asciiDomain(name) ?? []);
  // Five years are what Exchange's setup gives; a day back forgives clocks that differ.
  const identity = makeSelfSigned({ names, notBefore: now - 86_400_000, notAfter: now + 5 * years });
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  replaceFile(join(folder, 'internal.key'), identity.privateKey, 0o600);
  replaceFile(join(folder, 'internal.pem'), identity.certificate, 0o644);
  return identity;
}

function replaceFile(path: string, text: string, mode: number): void {
  const unfinished = `${path}.new`;
  writeFileSync(unfinished, text, { mode });
  // A leftover of an earlier run keeps its mode when it is written again.
  chmodSync(unfinished, mode);
  renameSync(unfinished, path);
}

function readPinned({ config, dataFolder, keysFolder }: InternalHopOptions): Map<string, string> {
  const pinned = new Map<string, string>();
  const copies = filesIn(join(keysFolder, 'internal'));
  for (const { name } of config.servers) {
    // People copy and name these files, so capitals do not matter.
    const copied = copies.filter(
      (file) => basename(file).toLowerCase() === `${pathName(name)}.pem`.toLowerCase(),
    );
    for (const file of [join(serverFolder(dataFolder, name), 'internal.pem'), ...copied]) {
      if (!existsSync(file)) continue;
      try {
        pinned.set(new X509Certificate(readFileSync(file)).fingerprint256, name);
      } catch (cause) {
        throw new StartFailure(`cannot read the internal certificate of ${name} in ${file}`, cause);
      }
    }
  }
  return pinned;
}

function filesIn(folder: string): readonly string[] {
  return existsSync(folder) ? readdirSync(folder).map((file) => join(folder, file)) : [];
}
