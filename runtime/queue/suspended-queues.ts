import { join } from 'node:path';
import { isMissing, type Disk } from './disk.ts';

/** The queues that an administrator holds back; they are remembered over a restart. */
export class SuspendedQueues {
  readonly #disk: Disk;
  readonly #folder: string;
  #keys: ReadonlySet<string>;

  private constructor(disk: Disk, folder: string, keys: ReadonlySet<string>) {
    this.#disk = disk;
    this.#folder = folder;
    this.#keys = keys;
  }

  /** Reads what the last process wrote down. Fails: rejects with the disk's error, or where the file is damaged. */
  static async open(disk: Disk, folder: string): Promise<SuspendedQueues> {
    return new SuspendedQueues(disk, folder, await readKeys(disk, join(folder, 'suspended')));
  }

  has(key: string): boolean {
    return this.#keys.has(key);
  }

  all(): IterableIterator<string> {
    return this.#keys.values();
  }

  /** Fails: rejects with the disk's error, and everything is as it was. */
  add(keys: readonly string[]): Promise<void> {
    return this.#write(new Set([...this.#keys, ...keys]));
  }

  /** Fails: rejects with the disk's error, and everything is as it was. */
  remove(keys: readonly string[]): Promise<void> {
    return this.#write(new Set([...this.#keys].filter((key) => !keys.includes(key))));
  }

  async #write(keys: ReadonlySet<string>): Promise<void> {
    if (keys.size === this.#keys.size) return;
    const path = join(this.#folder, 'suspended');
    await this.#disk.writeWhole(`${path}.new`, Buffer.from(`${JSON.stringify([...keys])}\n`));
    await this.#disk.rename(`${path}.new`, path);
    await this.#disk.flushFolder(this.#folder);
    this.#keys = keys;
  }
}

async function readKeys(disk: Disk, path: string): Promise<ReadonlySet<string>> {
  try {
    return new Set(JSON.parse((await disk.readWhole(path)).toString('utf8')) as string[]);
  } catch (thrown) {
    if (isMissing(thrown)) return new Set();
    throw thrown;
  }
}
