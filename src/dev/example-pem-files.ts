import { generateKeyPairSync } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import type { PemFile } from '../certificate/pem-file.ts';
import { readPem } from '../certificate/read-pem.ts';

/** The moment by which the dates of examples are judged. Unit: milliseconds since 1970. */
export const exampleNow: number = Date.parse('2026-11-24');

const folder = new URL('../../../src/dev/certificates/', import.meta.url);

function textOf(name: string): string {
  return readFileSync(new URL(name, folder), 'utf8');
}

/** A key that nobody has; the repository holds none. */
function anyKey(): string {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
}

const made: Readonly<Record<string, () => string>> = {
  'other.key': anyKey,
  'with-key.pem': () => textOf('contoso-mail.pem') + anyKey(),
  'no-certificate.pem': () => 'PKCS#12, not PEM\n',
  'all-roots.pem': () => textOf('contoso-root.pem').repeat(400),
};

const read = new Map<string, PemFile>();

/** Gives the contents of a file that an example names: one of src/dev/certificates, or one that is made on the spot. */
export function examplePemFile(path: string): PemFile {
  const name = basename(path);
  const known = read.get(name);
  if (known !== undefined) return known;
  const make = made[name] ?? (existsSync(new URL(name, folder)) ? (): string => textOf(name) : undefined);
  const file: PemFile = make ? readPem(make()) : { kind: 'missing' };
  read.set(name, file);
  return file;
}
