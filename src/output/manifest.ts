import { createHash } from 'node:crypto';
import type { OutputFile } from './output-file.ts';

/** The name of the manifest in every output folder. */
export const manifestName = 'manifest.json';

/** Says what a compilation wrote, so that the next one knows its own files from those of other people. */
export interface Manifest {
  /** The shape of this file; it rises when an older mailtopo would misread it. */
  readonly manifest: 1;
  readonly madeBy: 'mailtopo';
  readonly version: string;
  readonly language: 1;
  readonly source: { readonly file: string; readonly sha256: string };
  /** SHA-256 of every file but the manifest itself, by path. */
  readonly files: Readonly<Record<string, string>>;
}

/** What a manifest says beside its files. */
export type ManifestHead = Pick<Manifest, 'version' | 'source'>;

export function sha256Of(bytes: Uint8Array | string): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** Writes the manifest; equal files give equal bytes. */
export function manifestText(head: ManifestHead, files: readonly OutputFile[]): string {
  const sums = files.map(({ path, bytes }): [string, string] => [path, sha256Of(bytes)]);
  const manifest: Manifest = {
    manifest: 1,
    madeBy: 'mailtopo',
    version: head.version,
    language: 1,
    source: head.source,
    files: Object.fromEntries(sums.sort(([a], [b]) => (a < b ? -1 : 1))),
  };
  return `${JSON.stringify(manifest, undefined, 2)}\n`;
}

/** Reads a manifest; undefined for what mailtopo did not write. */
export function parseManifest(text: string): Manifest | undefined {
  try {
    const found = JSON.parse(text) as Partial<Manifest> | null;
    const isOurs = found?.madeBy === 'mailtopo' && found.manifest === 1 && isTable(found.files);
    return isOurs ? (found as Manifest) : undefined;
  } catch {
    // No JSON, so none of ours; the caller says so.
    return undefined;
  }
}

function isTable(files: unknown): files is Record<string, string> {
  if (typeof files !== 'object' || files === null) return false;
  return Object.values(files).every((sum) => typeof sum === 'string');
}
