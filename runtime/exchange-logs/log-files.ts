import { join } from 'node:path';

import type { Clock } from '../clock.ts';
import type { Disk } from '../queue/disk.ts';
import { diskThresholds } from '../queue/pressure.ts';

/** Where the files of a log lie, and how much there may be of them. Unit of lengths: bytes. */
export interface LogFilesOptions {
  readonly disk: Disk;
  readonly folder: string;
  /** The files are `<prefix><date>-<number>.LOG`. */
  readonly prefix: string;
  readonly fileLength: number;
  readonly totalLength: number;
  readonly days: number;
  readonly clock: Clock;
}

/** A file of a log, as its name tells it. */
export interface LogFile {
  readonly name: string;
  readonly stamp: string;
  readonly number: number;
}

const dayLength = 86_400_000;

/**
 * Makes room for one more file: removes what is too old or too much, and more where the disk runs short.
 *
 * The answer is what is left, oldest first.
 * Fails: rejects with the disk's error, and where mail would soon be refused for the disk.
 */
export async function tidyFiles(options: LogFilesOptions): Promise<readonly LogFile[]> {
  const { disk, folder, days, clock, totalLength, fileLength } = options;
  const files = await listFiles(options);
  const sizes = await Promise.all(
    files.map(async ({ name }) => (await disk.sizeOf(join(folder, name))) ?? 0),
  );
  const oldest = stampOf(clock.now() - days * dayLength, 'hour');
  let total = sizes.reduce((sum, size) => sum + size, 0);
  let gone = 0;
  for (const [place, { name, stamp }] of files.entries()) {
    const isOld = stamp < oldest.slice(0, stamp.length);
    if (!isOld && total + fileLength <= totalLength && (await hasRoom(options))) break;
    await disk.remove(join(folder, name));
    total -= sizes[place] ?? 0;
    gone = place + 1;
  }
  if (!(await hasRoom(options))) throw new Error('the disk is short of room');
  return files.slice(gone);
}

/** The date, and the hour where it is asked for, as file names of Exchange have them; UTC. */
export function stampOf(time: number, period: 'day' | 'hour'): string {
  return new Date(time)
    .toISOString()
    .replaceAll(/[-T]/g, '')
    .slice(0, period === 'day' ? 8 : 10);
}

/** Says whether a file may grow to its end before mail is refused for the disk. */
async function hasRoom({ disk, folder, fileLength }: LogFilesOptions): Promise<boolean> {
  const { size, free } = await disk.space(folder);
  return size - free + fileLength < diskThresholds(size).normalToMedium;
}

async function listFiles({ disk, folder, prefix }: LogFilesOptions): Promise<readonly LogFile[]> {
  const names = await disk.list(folder);
  return names
    .flatMap((name): LogFile[] => {
      const [, stamp, number] = /^(\d{8}(?:\d\d)?)-(\d{1,9})\.LOG$/.exec(name.slice(prefix.length)) ?? [];
      if (!name.startsWith(prefix) || stamp === undefined) return [];
      return [{ name, stamp, number: Number(number) }];
    })
    .sort((a, b) => (a.stamp < b.stamp ? -1 : a.stamp > b.stamp ? 1 : a.number - b.number));
}
