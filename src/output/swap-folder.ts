import { readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { Failure } from '../base/failure.ts';
import { reasonOf } from '../base/reason-of.ts';
import type { Disk } from './disk.ts';
import { lookAt, statOf } from './existing-output.ts';
import type { OutputFile } from './output-file.ts';

/** A folder to be replaced as a whole. */
export interface Swap {
  /** Absolute, with links resolved. */
  readonly place: string;
  readonly files: readonly OutputFile[];
  readonly folders: readonly string[];
  /** Paths in the old folder that move over to the new one. */
  readonly carried: readonly string[];
  /** Unit: permission bits; those of the old folder where there is one. */
  readonly mode?: number;
}

/**
 * Replaces a folder: writes the new one beside it, flushes it to the disk, and swaps the two by renaming.
 *
 * Until the first rename the old folder is whole; a run that is stopped between the renames is put right by
 * `recover`, at the latest by the next run.
 * Fails: `unwritable-output`; the folder is then wholly the old one or, where only the last flush failed, the new one.
 */
export async function swapFolder(swap: Swap, disk: Disk): Promise<void> {
  const fresh = besidePath(swap.place, 'new', process.pid);
  const old = besidePath(swap.place, 'old', process.pid);
  try {
    await build(fresh, swap, disk);
    if (statOf(swap.place) !== undefined) await disk.rename(swap.place, old);
    for (const path of swap.carried) await carry(path, old, fresh, disk);
    await disk.rename(fresh, swap.place);
    await disk.flushFolder(dirname(swap.place));
  } catch (cause) {
    // What fails here fails again in the next run, which says so; the first cause is the one to tell.
    await recover(swap.place, disk).catch(() => undefined);
    throw new Failure('unwritable-output', `cannot write ${swap.place}: ${reasonOf(cause)}`, cause);
  }
  // The new folder stands: an old one that cannot be removed is left to the next run.
  await disk.remove(old).catch(() => undefined);
}

async function build(fresh: string, { place, files, folders, mode }: Swap, disk: Disk): Promise<void> {
  await makeFolders(dirname(place), disk);
  await disk.makeFolder(fresh);
  const made = new Set<string>();
  const make = async (folder: string): Promise<void> => {
    if (folder === '.' || made.has(folder)) return;
    await make(dirname(folder));
    await disk.makeFolder(join(fresh, folder));
    made.add(folder);
  };
  for (const folder of folders) await make(folder);
  for (const { path, bytes, mode: fileMode } of files) {
    await make(dirname(path));
    await disk.writeFile(join(fresh, path), bytes, fileMode);
  }
  for (const folder of made) await disk.flushFolder(join(fresh, folder));
  if (mode !== undefined) await disk.setMode(fresh, mode);
  await disk.flushFolder(fresh);
}

async function makeFolders(path: string, disk: Disk): Promise<void> {
  if (statOf(path) !== undefined) return;
  await makeFolders(dirname(path), disk);
  await disk.makeFolder(path);
}

async function carry(path: string, from: string, to: string, disk: Disk): Promise<void> {
  if (statOf(join(from, path)) === undefined) return;
  await makeFolders(join(to, dirname(path)), disk);
  await disk.rename(join(from, path), join(to, path));
}

/**
 * Puts right what a run left that was stopped: where the folder itself is gone, the old one comes back, with what had
 * been carried over; what is left beside it is removed.
 *
 * Fails: `unwritable-output` where another run is at work, or where a leftover holds what only its owner can judge.
 */
export async function recover(place: string, disk: Disk): Promise<void> {
  const leftovers = leftoversOf(place);
  const busy = leftovers.find((one) => one.process !== process.pid && isAtWork(one));
  if (busy !== undefined) {
    const why = `process ${busy.process} is writing it; wait for it, or some minutes where it is none of ours`;
    throw new Failure('unwritable-output', `cannot write ${place}: ${why}`);
  }
  for (const { path, kind, process: owner } of leftovers) {
    if (kind !== 'old' || statOf(place) !== undefined) continue;
    await carryBack(besidePath(place, 'new', owner), path, disk);
    await disk.rename(path, place);
    await disk.flushFolder(dirname(place));
  }
  for (const { path } of leftovers) await removeLeftover(place, path, disk);
}

async function carryBack(fresh: string, old: string, disk: Disk): Promise<void> {
  if (statOf(fresh) === undefined) return;
  for (const path of lookAt(fresh)?.operators ?? []) {
    if (statOf(join(old, path)) === undefined) await carry(path, fresh, old, disk);
  }
}

async function removeLeftover(place: string, path: string, disk: Disk): Promise<void> {
  if (statOf(path) === undefined) return;
  const operators = lookAt(path)?.operators ?? [];
  if (operators.length > 0) {
    const why = `a stopped run left ${operators.join(', ')} in ${path}: move it where it belongs, then remove that folder`;
    throw new Failure('unwritable-output', `cannot write ${place}: ${why}`);
  }
  await disk.remove(path);
}

interface Leftover {
  readonly path: string;
  readonly kind: string;
  readonly process: number;
}

function leftoversOf(place: string): readonly Leftover[] {
  const parent = dirname(place);
  if (statOf(parent) === undefined) return [];
  const prefix = `.${basename(place)}.mailtopo-`;
  return readdirSync(parent)
    .filter((name) => name.startsWith(prefix))
    .flatMap((name) => {
      const [, kind = '', owner = ''] = /^(new|old)-(\d{1,10})$/.exec(name.slice(prefix.length)) ?? [];
      return kind === '' ? [] : [{ path: join(parent, name), kind, process: Number(owner) }];
    });
}

function besidePath(place: string, kind: 'new' | 'old', owner: number): string {
  return join(dirname(place), `.${basename(place)}.mailtopo-${kind}-${owner}`);
}

/** Unit: milliseconds. A run writes for seconds; what is older is a leftover, even where its number runs again. */
const longestRun = 5 * 60 * 1000;

function isAtWork({ path, process: owner }: Leftover): boolean {
  const stat = statOf(path);
  if (stat === undefined || Date.now() - stat.ctimeMs > longestRun) return false;
  try {
    process.kill(owner, 0);
    return true;
  } catch (cause) {
    return (cause as NodeJS.ErrnoException).code === 'EPERM';
  }
}
