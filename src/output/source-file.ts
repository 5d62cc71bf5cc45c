import { X509Certificate } from 'node:crypto';
import { realpathSync } from 'node:fs';
import { isAbsolute, join, relative, resolve } from 'node:path';
import { Failure } from '../base/failure.ts';
import { reasonOf } from '../base/reason-of.ts';
import type { Artefact, LineOf } from '../emit/emitter.ts';
import { readWholeFile } from '../whole-file.ts';

type SourceFile = Extract<Artefact, { kind: 'source-file' }>;

/** Where the files that a topology names are found. */
export interface SourceFolder {
  readonly folder: string;
  readonly lineOf: LineOf;
}

/** Unit: bytes. A chain of certificates takes some kilobytes; what is larger is none. Our choice. */
const largestFile = 1024 * 1024;

/**
 * Reads a file that the topology names. Of a certificate file only its certificates are taken, whatever else is in it:
 * a private key in the same file never travels by accident.
 *
 * Fails: returns undefined where the file is missing, unless it is a key, which is read only on request; `refused`
 * where it lies outside the folder of the topology, also by a link; `unreadable-file` where it holds no certificate.
 */
export function readSourceFile(artefact: SourceFile, sources: SourceFolder): Uint8Array | undefined {
  const { secret, origin } = artefact;
  const place = `${origin.file}:${sources.lineOf(origin)}`;
  const path = insidePath(artefact.sourceFile, sources.folder, place);
  const sourceFile = JSON.stringify(artefact.sourceFile);
  if (path === undefined) {
    if (!secret) return undefined;
    throw new Failure('unreadable-file', `${place}: cannot read the private key ${sourceFile}: no such file`);
  }
  const bytes = readSmallFile(path, `${place}: cannot read ${sourceFile}`);
  if (secret) return bytes;
  const certificates = certificatesIn(bytes);
  if (certificates !== undefined) return certificates;
  throw new Failure('unreadable-file', `${place}: ${sourceFile} holds no certificate`);
}

/** Resolves links; `undefined` where nothing is there. */
function insidePath(sourceFile: string, folder: string, place: string): string | undefined {
  const refuse = (): never => {
    const why = `${place}: ${JSON.stringify(sourceFile)} lies outside the folder of the topology`;
    throw new Failure('refused', `${why}; copy it there, no flag takes files from elsewhere`);
  };
  const isOutside = (root: string, path: string): boolean => {
    const way = relative(root, path);
    return way === '' || /^\.\.([\\/]|$)/.test(way) || isAbsolute(way);
  };
  if (isAbsolute(sourceFile) || isOutside(resolve(folder), resolve(folder, sourceFile))) return refuse();
  try {
    const path = realpathSync(join(folder, sourceFile));
    return isOutside(realpathSync(folder), path) ? refuse() : path;
  } catch (cause) {
    if (cause instanceof Failure) throw cause;
    const { code } = cause as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw new Failure(
      'unreadable-file',
      `${place}: cannot read ${JSON.stringify(sourceFile)}: ${reasonOf(cause)}`,
      cause,
    );
  }
}

function readSmallFile(path: string, whatFails: string): Buffer {
  try {
    const whole = readWholeFile(path, largestFile);
    if (whole.kind === 'unfit') throw new Failure('unreadable-file', `${whatFails}: ${whole.reason}`);
    return Buffer.from(whole.bytes);
  } catch (cause) {
    if (cause instanceof Failure) throw cause;
    throw new Failure('unreadable-file', `${whatFails}: ${reasonOf(cause)}`, cause);
  }
}

/** Takes the certificates out of a PEM file, or turns a DER file into PEM. Source: RFC 7468 §5. */
function certificatesIn(bytes: Buffer): Uint8Array | undefined {
  const block = /-----BEGIN (X509 |TRUSTED )?CERTIFICATE-----[^-]+-----END \1CERTIFICATE-----/g;
  const blocks = [...bytes.toString('latin1').matchAll(block)].map(([text]) => text);
  const texts = blocks.length > 0 ? blocks : derCertificate(bytes);
  if (texts.length === 0) return undefined;
  return Buffer.from(texts.map((text) => `${text.replaceAll(/\r\n?/g, '\n').trim()}\n`).join(''), 'latin1');
}

function derCertificate(bytes: Buffer): readonly string[] {
  try {
    return [new X509Certificate(bytes).toString()];
  } catch {
    // Neither PEM nor DER: the caller knows the place and reports.
    return [];
  }
}
