import * as fs from 'node:fs';
import { join } from 'node:path';

/** What nobody but the owner of the process should be able to read, and can. */
export interface OpenFile {
  readonly path: string;
  /** As chmod takes it. */
  readonly mode: string;
}

/**
 * Finds private keys, users and data folders that other users of the machine may read or write.
 *
 * Certificates and words for people are for everybody. Windows has no such modes, and nothing is found there.
 */
export function openFiles(keysFolder: string, dataFolders: readonly string[]): readonly OpenFile[] {
  if (process.platform === 'win32') return [];
  const secrets = namesIn(keysFolder)
    .filter((name) => !/\.(?:pem|crt|cer|md)$/i.test(name))
    .map((name) => join(keysFolder, name));
  return [...secrets, ...dataFolders].flatMap((path) => {
    const status = fs.statSync(path, { throwIfNoEntry: false });
    const isWanted = status !== undefined && (status.isFile() || dataFolders.includes(path));
    if (!isWanted || (status.mode & 0o077) === 0) return [];
    return [{ path, mode: (status.mode & 0o777).toString(8).padStart(4, '0') }];
  });
}

function namesIn(folder: string): readonly string[] {
  try {
    return fs.readdirSync(folder);
  } catch {
    // Whoever needs a key in it says what is wrong.
    return [];
  }
}
