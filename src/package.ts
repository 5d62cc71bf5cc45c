import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Gives the place of a file of the package. This file lies two folders below the package as compiled, and so does each file
 * of the bundled command line; floors.test.ts keeps it where it is.
 */
export function inPackage(path: string): string {
  return join(import.meta.dirname, '..', '..', path);
}

/** What package.json says of the program. */
export interface PackageManifest {
  readonly version: string;
  readonly description: string;
}

/** Reads package.json; only what prints or records the version needs it. */
export function packageManifest(): PackageManifest {
  return JSON.parse(readFileSync(inPackage('package.json'), 'utf8')) as PackageManifest;
}
