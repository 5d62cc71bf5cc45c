import { dirname, isAbsolute, relative, resolve } from 'node:path';
import { readWholeFile } from '../whole-file.ts';
import type { PemFile } from './pem-file.ts';
import { readPem } from './read-pem.ts';

/** Unit: bytes. The roots that an operating system trusts take less than a tenth of it. Our choice. */
const largestFile = 4 * 1024 * 1024;

/**
 * Reads the files of certificates and keys that a topology names, each once, relative to the topology file.
 *
 * A path that leads out of the topology's folder is not followed: it counts as missing, and `malformed-path` speaks.
 */
export function pemFilesBeside(topologyFile: string): (relativePath: string) => PemFile {
  const folder = dirname(resolve(topologyFile));
  const read = new Map<string, PemFile>();
  return (relativePath) => {
    const known = read.get(relativePath);
    if (known !== undefined) return known;
    const path = resolve(folder, relativePath);
    const file = leavesFolder(folder, path) ? ({ kind: 'missing' } as const) : readPemFile(path);
    read.set(relativePath, file);
    return file;
  };
}

/** Says whether a path is the folder itself or outside of it. */
export function leavesFolder(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way === '' || way === '..' || /^\.\.[\\/]/.test(way) || isAbsolute(way);
}

/** Reads a file of certificates or keys, wherever it is. */
export function readPemFile(path: string): PemFile {
  try {
    const whole = readWholeFile(path, largestFile);
    if (whole.kind === 'unfit') return { kind: 'unreadable', reason: whole.reason };
    return readPem(Buffer.from(whole.bytes).toString('latin1'));
  } catch (cause) {
    // Nothing here is fatal: a file that cannot be read is a finding like any other.
    const { code } = cause as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return { kind: 'missing' };
    if (code === 'EACCES' || code === 'EPERM') return { kind: 'unreadable', reason: 'permission is denied' };
    return { kind: 'unreadable', reason: `reading it fails with ${code ?? 'an unknown reason'}` };
  }
}
