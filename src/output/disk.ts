import { chmod, mkdir, open, rename, rm } from 'node:fs/promises';

/** What writing does to a disk; each call is one step that may fail, or after which the machine may stop. */
export interface Disk {
  /** Fails: when something of that name is there already. */
  makeFolder(path: string): Promise<void>;
  /** Writes a new file and flushes it to the disk. */
  writeFile(path: string, bytes: Uint8Array, mode: number): Promise<void>;
  /** Flushes the names in a folder to the disk. */
  flushFolder(path: string): Promise<void>;
  setMode(path: string, mode: number): Promise<void>;
  rename(from: string, to: string): Promise<void>;
  /** Removes a file or a whole folder; what is not there is fine. */
  remove(path: string): Promise<void>;
}

/** The disk of this machine. */
export const disk: Disk = {
  makeFolder: async (path) => void (await mkdir(path)),
  async writeFile(path, bytes, mode) {
    const file = await open(path, 'wx', mode);
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
  },
  async flushFolder(path) {
    // Windows cannot open a folder, and needs no flush for its names.
    if (process.platform === 'win32') return;
    const folder = await open(path, 'r');
    try {
      await folder.sync();
    } finally {
      await folder.close();
    }
  },
  setMode: (path, mode) => chmod(path, mode),
  rename: (from, to) => rename(from, to),
  remove: (path) => rm(path, { recursive: true, force: true }),
};
