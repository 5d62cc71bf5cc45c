import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Failure } from './base/failure.ts';
import { reasonOf } from './base/reason-of.ts';
import type { Artefact, LineOf } from './emit/emitter.ts';
import { disk, type Disk } from './output/disk.ts';
import {
  isOperators,
  lookAt,
  outputPlace,
  refusePlace,
  statOf,
  type ExistingOutput,
} from './output/existing-output.ts';
import { manifestName, manifestText, sha256Of } from './output/manifest.ts';
import { outputOf, textFile, type MissingSource, type Output } from './output/output-file.ts';
import { baseName, sourceMapText } from './output/source-map.ts';
import { recover, swapFolder } from './output/swap-folder.ts';

/** What is to lie in an output folder. */
export interface OutputRequest {
  /** As the user named it. */
  readonly folder: string;
  readonly artefacts: readonly Artefact[];
  /** The topology file as it stands in reports, and its text. */
  readonly source: { readonly file: string; readonly text: string };
  /** The folder that the topology's file names are relative to. */
  readonly topologyFolder: string;
  readonly lineOf: LineOf;
  /** The version of mailtopo. */
  readonly version: string;
}

/** What was written, for a summary. */
export interface Written {
  readonly folder: string;
  /** Number of files in each folder at the top, and at the top itself under `.`. */
  readonly counts: ReadonlyMap<string, number>;
  /** What is brought about with the files, a line for each place that has something to say. */
  readonly summaries: readonly string[];
  /** What the operator keeps in the folder, and what was left alone. */
  readonly kept: readonly string[];
  readonly missing: readonly MissingSource[];
}

/** How an output folder differs from what would be written. */
export interface Comparison {
  readonly missing: readonly string[];
  readonly stale: readonly string[];
  readonly extra: readonly string[];
}

/** Places that this process is writing; a second run in the same process would take the first for a leftover. */
const atWork = new Set<string>();

/**
 * Writes artefacts into a folder, all of them or none; what the operator keeps there stays.
 *
 * Fails: `refused` where the folder is not mailtopo's to replace, or where files in it were changed by hand and
 * `onChanged` does not say to overwrite them; `unwritable-output` where the disk refuses.
 */
export async function writeArtefacts(
  request: OutputRequest,
  onChanged: 'refuse' | 'overwrite',
  onDisk: Disk = disk,
): Promise<Written> {
  const { folder, topologyFolder } = request;
  const output = completeOutput(request);
  const place = outputPlace(folder);
  refusePlace(folder, place, topologyFolder);
  if (atWork.has(place))
    throw new Failure('unwritable-output', `cannot write ${folder}: it is being written`);
  atWork.add(place);
  try {
    await recover(place, onDisk);
    const existing = readExisting(folder, place);
    const carried = existing === undefined ? [] : carriedFrom(existing, place, output, folder, onChanged);
    const mode = existing === undefined ? {} : { mode: existing.mode };
    await swapFolder({ place, files: output.files, folders: output.folders, carried, ...mode }, onDisk);
    return {
      folder,
      counts: countsOf(output),
      summaries: summariesOf(request),
      kept: carried,
      missing: output.missing,
    };
  } finally {
    atWork.delete(place);
  }
}

/** Compares a folder with what would be written; touches nothing. */
export function compareArtefacts(request: OutputRequest): Comparison {
  const output = completeOutput(request);
  const place = outputPlace(request.folder);
  const existing = readExisting(request.folder, place);
  const paths = new Set(output.files.map(({ path }) => path));
  const missing: string[] = [];
  const stale: string[] = [];
  for (const { path, bytes } of output.files) {
    const stat = statOf(join(place, path));
    if (stat === undefined) missing.push(path);
    else if (!stat.isFile() || !readFileSync(join(place, path)).equals(bytes)) stale.push(path);
  }
  const found = [...(existing?.unchanged ?? []), ...(existing?.changed ?? []), ...(existing?.foreign ?? [])];
  return { missing, stale, extra: found.filter((path) => !paths.has(path)).sort() };
}

/** Adds what tells about the other files: where their lines come from, and what they are. */
function completeOutput(request: OutputRequest): Output {
  const { artefacts, source, topologyFolder, lineOf, version } = request;
  const output = outputOf(artefacts, { folder: topologyFolder, lineOf });
  const files = [...output.files, textFile('source-map.json', sourceMapText(artefacts, lineOf), 'utf-8')];
  const head = { version, source: { file: baseName(source.file), sha256: sha256Of(source.text) } };
  files.push(textFile(manifestName, manifestText(head, files), 'utf-8'));
  return { ...output, files };
}

function readExisting(folder: string, place: string): ExistingOutput | undefined {
  try {
    return lookAt(place);
  } catch (cause) {
    throw new Failure('unwritable-output', `cannot look at ${folder}: ${reasonOf(cause)}`, cause);
  }
}

/** Decides whether an existing folder may be replaced, and what of it moves over. */
function carriedFrom(
  existing: ExistingOutput,
  place: string,
  { files }: Output,
  folder: string,
  onChanged: 'refuse' | 'overwrite',
): readonly string[] {
  const { manifest, changed, foreign, operators } = existing;
  if (manifest === undefined && foreign.length > 0) {
    refuse(`${folder} holds files and no ${manifestName} of mailtopo; choose another folder with -o`);
  }
  if (foreign.length > 0) {
    refuse(
      `${folder} holds files that mailtopo did not write: ${some(foreign)}; move them, or choose another folder with -o`,
    );
  }
  const bytesOf = new Map(files.map(({ path, bytes }) => [path, bytes]));
  // A key that the operator renewed is the operator's; only a new copy of it would be lost.
  const kept = [...operators, ...changed.filter(isOperators)].filter((path) => !bytesOf.has(path));
  const lost = [...operators, ...changed].filter(
    (path) => !kept.includes(path) && !isSame(join(place, path), bytesOf.get(path)),
  );
  if (lost.length > 0 && onChanged === 'refuse') {
    refuse(`files in ${folder} were changed by hand: ${some(lost)}; --force writes over them`);
  }
  return kept;
}

function isSame(path: string, bytes: Uint8Array | undefined): boolean {
  return bytes !== undefined && statOf(path)?.isFile() === true && readFileSync(path).equals(bytes);
}

function refuse(why: string): never {
  throw new Failure('refused', why);
}

function some(paths: readonly string[]): string {
  const shown = [...paths].sort().slice(0, 5).join(', ');
  return paths.length > 5 ? `${shown} and ${paths.length - 5} more` : shown;
}

function summariesOf({ artefacts }: OutputRequest): readonly string[] {
  return artefacts.flatMap((one) => (one.kind === 'text' ? (one.summary ?? []) : []));
}

function countsOf({ files }: Output): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { path } of files) {
    const top = dirname(path) === '.' ? '.' : (path.split('/')[0] ?? '.');
    counts.set(top, (counts.get(top) ?? 0) + 1);
  }
  return counts;
}
