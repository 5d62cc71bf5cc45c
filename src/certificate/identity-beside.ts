import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { leavesFolder } from './pem-files-beside.ts';

/** A certificate with its chain and its private key, in PEM. */
export interface Identity {
  readonly certificate: string;
  readonly privateKey: string;
}

/**
 * Reads a certificate and its private key beside a topology, to be shown in a handshake.
 *
 * Fails: returns a reason.
 */
export function identityBeside(
  topologyFile: string,
  files: { readonly file?: string; readonly privateKey?: string },
): Identity | string {
  if (files.file === undefined) return 'the topology names no file of it';
  if (files.privateKey === undefined) return 'the topology names no private key of it';
  const folder = dirname(resolve(topologyFile));
  const read = (path: string): string | undefined => {
    const whole = resolve(folder, path);
    if (leavesFolder(folder, whole)) return undefined;
    try {
      return readFileSync(whole, 'latin1');
    } catch {
      // That it is not here is said, and the probe goes on without it.
      return undefined;
    }
  };
  const certificate = read(files.file);
  const privateKey = read(files.privateKey);
  if (certificate === undefined) return `${files.file} cannot be read`;
  if (privateKey === undefined) return `${files.privateKey} cannot be read`;
  return { certificate, privateKey };
}
