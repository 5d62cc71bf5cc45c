import { readFileSync } from 'node:fs';

/**
 * The folder of the package, with a slash at its end. This file lies two folders below it as compiled, and so does each
 * file of the bundled command line; floors.test.ts keeps it where it is.
 */
export const packageRoot: URL = new URL('../../', import.meta.url);

/** What package.json says of the program. */
export interface PackageManifest {
  readonly version: string;
  readonly description: string;
}

/** Reads package.json; only what prints or records the version needs it. */
export function packageManifest(): PackageManifest {
  return JSON.parse(readFileSync(new URL('package.json', packageRoot), 'utf8')) as PackageManifest;
}
