import * as fs from 'node:fs';
import { join } from 'node:path';
import { isMissing } from './disk.ts';

/** Thrown where another process works on the folder; the message is one line for the administrator. */
export class FolderInUse extends Error {}

/**
 * Takes a folder for this process alone; the answer gives it back.
 *
 * The lock names the process by number and start time, so one that a killed process left behind, whose number somebody
 * else may have by now, is known as stale. It does not see processes of another machine or container on a shared disk.
 * Fails: throws FolderInUse, or the disk's error.
 */
export function lockFolder(folder: string): () => void {
  const path = join(folder, 'lock');
  const mine = identify(process.pid);
  for (let attempt = 0; attempt < 5; attempt += 1) {
    if (createLock(path, mine)) return () => release(path, mine);
    const holder = readLock(path);
    if (holder === undefined) continue;
    const pid = Number(holder.split(' ')[0]);
    if (isRunning(pid) && identify(pid) === holder) {
      throw new FolderInUse(`the data folder ${folder} is in use by process ${pid}`);
    }
    takeAway(path, holder);
  }
  throw new FolderInUse(`the data folder ${folder} is being taken by another process`);
}

function createLock(path: string, content: string): boolean {
  // Written under another name first: whoever sees the lock sees all of it.
  const draft = `${path}.${process.pid}`;
  fs.writeFileSync(draft, content, { mode: 0o600 });
  try {
    fs.linkSync(draft, path);
    return true;
  } catch (thrown) {
    if (thrown instanceof Error && 'code' in thrown && thrown.code === 'EEXIST') return false;
    throw thrown;
  } finally {
    fs.unlinkSync(draft);
  }
}

/** Moves a stale lock away; one that somebody else took in the meantime is put back. */
function takeAway(path: string, stale: string): void {
  const aside = `${path}.stale.${process.pid}`;
  try {
    fs.renameSync(path, aside);
  } catch (thrown) {
    if (isMissing(thrown)) return;
    throw thrown;
  }
  if (readLock(aside) !== stale) fs.linkSync(aside, path);
  fs.unlinkSync(aside);
}

function release(path: string, mine: string): void {
  if (readLock(path) === mine) fs.unlinkSync(path);
}

function readLock(path: string): string | undefined {
  try {
    return fs.readFileSync(path, 'utf8');
  } catch (thrown) {
    if (isMissing(thrown)) return undefined;
    throw thrown;
  }
}

/** A process by number, start time and boot; where the system does not tell, the number alone has to do. */
function identify(pid: number): string {
  try {
    const stat = fs.readFileSync(`/proc/${pid}/stat`, 'latin1');
    const boot = fs.readFileSync('/proc/sys/kernel/random/boot_id', 'latin1').trim();
    // The name in brackets may hold blanks; the start time is the 20th field behind it.
    const startTime = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
    return `${pid} ${startTime} ${boot}\n`;
  } catch {
    // No /proc on this system.
    return `${pid}\n`;
  }
}

function isRunning(pid: number): boolean {
  if (!Number.isSafeInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (thrown) {
    // A process of another user answers EPERM, and runs.
    return thrown instanceof Error && 'code' in thrown && thrown.code === 'EPERM';
  }
}
