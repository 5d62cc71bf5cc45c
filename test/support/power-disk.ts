import { dirname } from 'node:path';
import type { Disk } from '../../runtime/queue/disk.ts';

interface Content {
  live: Buffer;
  /** What a power failure leaves for certain. */
  durable: Buffer;
}

/** A disk in memory whose power fails. */
export interface PowerDisk extends Disk {
  /** Resolves when the power has failed; no operation comes to an end from then on. */
  readonly failed: Promise<void>;
  /** The disk after the failure: what was not flushed is there, gone or torn, as chance has it. */
  afterFailure(): PowerDisk;
}

type Names = Map<string, Content>;

/** The unit in which a system writes back what was not flushed. Unit: bytes. */
const page = 64;

/** What befalls a disk. */
export interface Fate {
  /** The number of the operation at which the power fails. */
  readonly failsAt: number;
  /** How many of a hundred writes and flushes are refused before that. */
  readonly faults: number;
}

/**
 * Makes a disk whose power fails.
 *
 * It keeps no promise that POSIX does not make: what is in a file stays after its flush, a name after that of its folder; a
 * write that is refused may have written a part, and a flush that is refused has lost what it should have kept, even where
 * a later one succeeds. `random` gives a number from 0 up to 1.
 */
export function powerDisk(
  { failsAt, faults }: Fate,
  random: () => number,
  names: Names = new Map(),
): PowerDisk {
  const durableNames: Names = new Map(names);
  const open = new Map<number, Content>();
  let operations = 0;
  let nextFile = 1;
  let fail: () => void = () => undefined;
  const failed = new Promise<void>((resolve) => (fail = resolve));

  async function step<T>(run: () => T): Promise<T> {
    // Others go on in between, as on a real disk.
    await new Promise(setImmediate);
    operations += 1;
    if (operations < failsAt) return run();
    fail();
    return new Promise(() => undefined);
  }

  const isRefused = (): boolean => random() * 100 < faults;
  const contentOf = (file: number): Content => open.get(file) ?? broken('EBADF');
  const named = (path: string): Content => names.get(path) ?? broken('ENOENT');
  return {
    failed,
    open: (path, how) =>
      step(() => {
        if (how === 'create' && names.has(path)) return broken('EEXIST');
        if (how === 'create' && isRefused()) return broken('ENOSPC');
        const content = how === 'create' ? { live: Buffer.alloc(0), durable: Buffer.alloc(0) } : named(path);
        names.set(path, content);
        open.set(nextFile, content);
        return nextFile++;
      }),
    close: (file) => step(() => void (open.delete(file) || broken('EBADF'))),
    write: (file, bytes, position) =>
      step(() => {
        const content = contentOf(file);
        const refused = isRefused();
        const taken = refused ? bytes.subarray(0, Math.floor(random() * bytes.length)) : bytes;
        const grown = Buffer.alloc(Math.max(content.live.length, position + taken.length));
        content.live.copy(grown);
        grown.set(taken, position);
        content.live = grown;
        if (refused) broken('ENOSPC');
      }),
    read: (file, length, position) =>
      step(() => Buffer.from(contentOf(file).live.subarray(position, position + length))),
    truncate: (file, length) =>
      step(() => {
        const content = contentOf(file);
        content.live = Buffer.from(content.live.subarray(0, length));
      }),
    flush: (file) =>
      step(() => {
        const content = contentOf(file);
        if (isRefused()) {
          Object.assign(content, torn(content, random));
          broken('EIO');
        }
        content.durable = content.live;
      }),
    flushFolder: (folder) =>
      step(() => {
        if (isRefused()) broken('EIO');
        for (const path of new Set([...names.keys(), ...durableNames.keys()])) {
          if (dirname(path) === folder) keepName(durableNames, path, names.get(path));
        }
      }),
    readNow: (file, length, position) =>
      Buffer.from(contentOf(file).live.subarray(position, position + length)),
    space: () => step(() => ({ size: 2 ** 40, free: 2 ** 39 })),
    readWhole: (path) => step(() => Buffer.from(named(path).live)),
    writeWhole: (path, bytes) =>
      step(() => void names.set(path, { live: Buffer.from(bytes), durable: Buffer.from(bytes) })),
    sizeOf: (path) => step(() => names.get(path)?.live.length),
    makeFolder: () => step(() => undefined),
    list: (folder) =>
      step(() =>
        [...names.keys()]
          .filter((path) => dirname(path) === folder)
          .map((path) => path.slice(folder.length + 1)),
      ),
    rename: (from, to) =>
      step(() => {
        names.set(to, named(from));
        names.delete(from);
      }),
    remove: (path) => step(() => void names.delete(path)),
    afterFailure() {
      const left: Names = new Map(durableNames);
      for (const path of new Set([...names.keys(), ...durableNames.keys()])) {
        if (random() < 0.5) keepName(left, path, names.get(path));
      }
      for (const [path, content] of left) left.set(path, torn(content, random));
      return powerDisk({ failsAt: Number.POSITIVE_INFINITY, faults: 0 }, random, left);
    },
  };
}

function keepName(names: Names, path: string, content: Content | undefined): void {
  if (content === undefined) names.delete(path);
  else names.set(path, content);
}

/** Each page of a file is as it was flushed or as it was written last, and so is its length. */
function torn({ live, durable }: Content, random: () => number): Content {
  const length = random() < 0.5 ? live.length : durable.length;
  const bytes = Buffer.alloc(length);
  durable.copy(bytes);
  for (let at = 0; at < length; at += page) {
    if (random() < 0.5) bytes.set(live.subarray(at, Math.min(at + page, length)), at);
  }
  return { live: bytes, durable: bytes };
}

function broken(code: string): never {
  throw Object.assign(new Error(`${code}: the disk in memory`), { code });
}
