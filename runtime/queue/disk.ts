import * as fs from 'node:fs';
import { dirname, resolve } from 'node:path';

/**
 * What the queue asks of the file system; the one door, so that a test can count flushes and let them fail.
 *
 * Fails: every method rejects with Node's own error, such as ENOSPC.
 */
export interface Disk {
  /** Opens a file for reading and writing, mode 0600; `create` refuses one that exists. */
  open(path: string, how: 'create' | 'existing'): Promise<number>;
  close(file: number): Promise<void>;
  /** Writes all of the bytes. */
  write(file: number, bytes: Uint8Array, position: number): Promise<void>;
  /** Reads up to `length` bytes; fewer at the end of the file. */
  read(file: number, length: number, position: number): Promise<Buffer>;
  truncate(file: number, length: number): Promise<void>;
  /** Returns when the file's content is on the disk itself. */
  flush(file: number): Promise<void>;
  /** Returns when the names in the folder are on the disk itself. */
  flushFolder(path: string): Promise<void>;
  /** Reads as `read` does, and holds everything else up meanwhile. Fails: throws. */
  readNow(file: number, length: number, position: number): Buffer;
  /** What the disk of a folder has, as far as this process may use it. Unit: bytes. */
  space(folder: string): Promise<{ readonly size: number; readonly free: number }>;
  readWhole(path: string): Promise<Buffer>;
  /** Writes a whole file in place of what it was, and returns when it is on the disk itself. */
  writeWhole(path: string, bytes: Uint8Array): Promise<void>;
  /** Unit: bytes. Fails: returns undefined where there is no such file. */
  sizeOf(path: string): Promise<number | undefined>;
  /**
   * Makes a folder and those above it, mode 0700, and returns when their names are on the disk itself; one that exists is
   * left alone.
   */
  makeFolder(path: string): Promise<void>;
  list(folder: string): Promise<readonly string[]>;
  rename(from: string, to: string): Promise<void>;
  /** Removes a file; one that is not there is removed already. */
  remove(path: string): Promise<void>;
}

/** Folders are made one after the other: nobody builds in one whose own name may still be lost. */
let making: Promise<void> = Promise.resolve();

async function makeFolder(path: string): Promise<void> {
  const first = await fs.promises.mkdir(path, { recursive: true, mode: 0o700 });
  if (first === undefined) return;
  const top = dirname(resolve(first));
  for (let made = resolve(path); made !== top; made = dirname(made))
    await nodeDisk.flushFolder(dirname(made));
}

/** The disk of the machine. */
export const nodeDisk: Disk = {
  open: (path, how) => later((done) => fs.open(path, how === 'create' ? 'wx+' : 'r+', 0o600, done)),
  close: (file) => later((done) => fs.close(file, done)),
  async write(file, bytes, position) {
    let written = 0;
    while (written < bytes.length) {
      const from = written;
      written += await later<number>((done) =>
        fs.write(file, bytes, from, bytes.length - from, position + from, done),
      );
    }
  },
  async read(file, length, position) {
    const buffer = Buffer.allocUnsafeSlow(length);
    let filled = 0;
    while (filled < length) {
      const from = filled;
      const count = await later<number>((done) =>
        fs.read(file, buffer, from, length - from, position + from, done),
      );
      if (count === 0) break;
      filled += count;
    }
    return buffer.subarray(0, filled);
  },
  truncate: (file, length) => later((done) => fs.ftruncate(file, length, done)),
  flush: (file) => later((done) => fs.fdatasync(file, done)),
  async flushFolder(path) {
    // Windows cannot flush a folder, and needs no flush for its names.
    if (process.platform === 'win32') return;
    const folder = await later<number>((done) => fs.open(path, 'r', done));
    try {
      await later<void>((done) => fs.fsync(folder, done));
    } finally {
      await later<void>((done) => fs.close(folder, done));
    }
  },
  readNow(file, length, position) {
    const buffer = Buffer.allocUnsafeSlow(length);
    let filled = 0;
    while (filled < length) {
      const count = fs.readSync(file, buffer, filled, length - filled, position + filled);
      if (count === 0) break;
      filled += count;
    }
    return buffer.subarray(0, filled);
  },
  async space(folder) {
    const { bsize, blocks, bfree, bavail } = await fs.promises.statfs(folder);
    // What is kept for the superuser is nobody's, as df counts it.
    return { size: (blocks - bfree + bavail) * bsize, free: bavail * bsize };
  },
  readWhole: (path) => fs.promises.readFile(path),
  writeWhole: (path, bytes) => fs.promises.writeFile(path, bytes, { mode: 0o600, flush: true }),
  async sizeOf(path) {
    try {
      return (await fs.promises.stat(path)).size;
    } catch (thrown) {
      if (isMissing(thrown)) return undefined;
      throw thrown;
    }
  },
  makeFolder: (path) => (making = making.catch(() => undefined).then(() => makeFolder(path))),
  list: (folder) => fs.promises.readdir(folder),
  rename: (from, to) => fs.promises.rename(from, to),
  async remove(path) {
    try {
      await fs.promises.unlink(path);
    } catch (thrown) {
      if (!isMissing(thrown)) throw thrown;
    }
  },
};

/** Tells whether an error says that a file is not there. */
export function isMissing(thrown: unknown): boolean {
  return thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOENT';
}

type Done<T> = (error: Error | null, value?: T) => void;

/** Waits for a callback of `node:fs`; its promises cost more, and these calls are the busy ones. */
function later<T>(start: (done: Done<T>) => void): Promise<T> {
  return new Promise((resolve, reject) => {
    start((error, value) => (error ? reject(error) : resolve(value as T)));
  });
}
