import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { bounds } from './base/bounds.ts';
import type { Checked } from './base/diagnostic.ts';
import { Failure } from './base/failure.ts';
import { reasonOf } from './base/reason-of.ts';
import { decodeLossily, decodeSource } from './source/decode-source.ts';
import { readWholeFile } from './whole-file.ts';

/** A file as it was named, and its text where it is UTF-8. */
export interface Source {
  /** As the user named it, with `/` between folders; it stands in every report. */
  readonly file: string;
  readonly place: 'file' | 'standard-input';
  readonly bytes: Uint8Array;
  readonly decoded: Checked<string>;
  /** The text that places count in, also where the bytes are no text. */
  readonly shown: string;
}

/**
 * Reads a topology file.
 *
 * Fails: with `unreadable-file` for what is missing, forbidden, no regular file, larger than any topology, or changing.
 */
export function readSource(path: string): Source {
  const file = path.replaceAll('\\', '/');
  try {
    const whole = readWholeFile(path, bounds.bytes.most);
    if (whole.kind === 'read') return sourceOf(file, 'file', whole.bytes);
    throw new Failure('unreadable-file', `cannot read ${file}: ${whole.reason}`);
  } catch (cause) {
    if (cause instanceof Failure) throw cause;
    throw new Failure('unreadable-file', `cannot read ${file}: ${reasonOf(cause)}`, cause);
  }
}

/**
 * Reads a topology from standard input, to be reported under the name given.
 *
 * Fails: with `unreadable-file` where it cannot be read, or does not end before it is larger than any topology.
 */
export async function readStandardInput(input: NodeJS.ReadableStream, file: string): Promise<Source> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of input) {
      const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
      size += bytes.length;
      if (size > bounds.bytes.most) break;
      chunks.push(bytes);
    }
  } catch (cause) {
    throw new Failure('unreadable-file', `cannot read standard input: ${reasonOf(cause)}`, cause);
  }
  if (size > bounds.bytes.most) {
    const most = `${bounds.bytes.most / 1024 / 1024} MB`;
    throw new Failure('unreadable-file', `cannot read standard input: it is larger than ${most}`);
  }
  return sourceOf(file, 'standard-input', Buffer.concat(chunks));
}

function sourceOf(file: string, place: Source['place'], bytes: Uint8Array): Source {
  const decoded = decodeSource(file, bytes);
  return { file, place, bytes, decoded, shown: decoded.value ?? decodeLossily(bytes) };
}

/** Says of a path that a topology names, relative to the topology file, whether a file is there. */
export function fileExistsBeside(topologyFile: string): (relativePath: string) => boolean {
  const folder = dirname(resolve(topologyFile));
  return (relativePath) => existsSync(resolve(folder, relativePath));
}
