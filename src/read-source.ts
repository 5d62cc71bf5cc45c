import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { Checked } from './base/diagnostic.ts';
import { Failure } from './base/failure.ts';
import { reasonOf } from './base/reason-of.ts';
import { decodeSource } from './source/decode-source.ts';

/** Unit: bytes. A topology of 50,000 lines takes about 2 MB; what is larger is no topology. Our choice. */
const largestFile = 32 * 1024 * 1024;

/** A file as it was named, and its text where it is UTF-8. */
export interface Source {
  /** As the user named it, with `/` between folders; it stands in every report. */
  readonly file: string;
  readonly place: 'file' | 'standard-input';
  readonly bytes: Uint8Array;
  readonly decoded: Checked<string>;
}

/**
 * Reads a topology file.
 *
 * Fails: with `unreadable-file` for what is missing, forbidden, no regular file, or larger than any topology.
 */
export function readSource(path: string): Source {
  const file = path.replaceAll('\\', '/');
  try {
    const stat = statSync(path);
    if (!stat.isFile()) throw new Failure('unreadable-file', `cannot read ${file}: it is not a regular file`);
    if (stat.size > largestFile) {
      throw new Failure(
        'unreadable-file',
        `cannot read ${file}: it is larger than ${largestFile / 1024 / 1024} MB`,
      );
    }
    return sourceOf(file, 'file', readFileSync(path));
  } catch (cause) {
    if (cause instanceof Failure) throw cause;
    throw new Failure('unreadable-file', `cannot read ${file}: ${reasonOf(cause)}`, cause);
  }
}

/** Reads a topology from standard input, to be reported under the name given. */
export async function readStandardInput(input: NodeJS.ReadableStream, file: string): Promise<Source> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of input) {
    const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
    size += bytes.length;
    if (size > largestFile)
      throw new Failure('unreadable-file', 'cannot read standard input: it is too large');
    chunks.push(bytes);
  }
  return sourceOf(file, 'standard-input', Buffer.concat(chunks));
}

function sourceOf(file: string, place: Source['place'], bytes: Uint8Array): Source {
  return { file, place, bytes, decoded: decodeSource(file, bytes) };
}

/** Says of a path that a topology names, relative to the topology file, whether a file is there. */
export function fileExistsBeside(topologyFile: string): (relativePath: string) => boolean {
  const folder = dirname(resolve(topologyFile));
  return (relativePath) => existsSync(resolve(folder, relativePath));
}
