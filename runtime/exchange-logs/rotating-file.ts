import { join } from 'node:path';

import type { LineStream } from '../line-writer.ts';
import { stampOf, tidyFiles, type LogFilesOptions } from './log-files.ts';

/** What a rotating file is made with. */
export interface RotatingFileOptions extends LogFilesOptions {
  readonly period: 'day' | 'hour';
  /** The first lines of every file. */
  readonly head: () => string;
  /** Told once when lines cannot be written, and once more how many they were. */
  readonly onLost: (lines: number, reason: string) => void;
}

interface OpenFile {
  readonly file: number;
  readonly stamp: string;
  position: number;
}

/** How long lines gather before they are written, and how long a disk that refused them is left alone. Unit: milliseconds. */
const gathering = 200;
const holdOff = 10_000;

/** How much is written without gathering more, for what waits is bounded and a busy hour would lose rows. Unit: characters. */
const enough = 64 * 1024;

/**
 * A log on the disk, in files of bounded length; the oldest go where age, their length together, or the disk asks for it.
 *
 * One write is under way at a time, and nobody waits for it. A disk that refuses costs the lines of the next seconds; one
 * that is so full that mail would soon be refused gets no new file. A file is never written to by two processes.
 */
export class RotatingFile implements LineStream {
  readonly #options: RotatingFileOptions;
  #waiting: string[] = [];
  #length = 0;
  #draining: Promise<void> | undefined;
  #cancel: (() => void) | undefined;
  #open: OpenFile | undefined;
  #refusedAt: number | undefined;
  #lost = 0;

  constructor(options: RotatingFileOptions) {
    this.#options = options;
  }

  /** Unit: characters. */
  get writableLength(): number {
    return this.#length;
  }

  write(text: string): void {
    this.#waiting.push(text);
    this.#length += text.length;
    if (this.#length >= enough) void this.#drainNow();
    else this.#cancel ??= this.#options.clock.after(gathering, () => void this.#drainNow());
  }

  /** Writes what waits, and closes the file. */
  async close(): Promise<void> {
    await this.#drainNow();
    await this.#leave();
    this.#tellLost();
  }

  #drainNow(): Promise<void> {
    this.#cancel?.();
    this.#cancel = undefined;
    this.#draining ??= this.#drainAll().finally(() => (this.#draining = undefined));
    return this.#draining;
  }

  async #drainAll(): Promise<void> {
    while (this.#waiting.length > 0) {
      const text = this.#waiting.splice(0).join('');
      await this.#put(text);
      this.#length -= text.length;
    }
  }

  async #put(text: string): Promise<void> {
    const { clock, onLost } = this.#options;
    const lines = text.split('\n').length - 1;
    if (this.#refusedAt !== undefined && clock.elapsed() < this.#refusedAt + holdOff) {
      this.#lost += lines;
      return;
    }
    try {
      await this.#append(Buffer.from(text, 'utf8'));
      this.#refusedAt = undefined;
      this.#tellLost();
    } catch (thrown) {
      await this.#leave();
      if (this.#refusedAt === undefined) onLost(lines, String(thrown));
      else this.#lost += lines;
      this.#refusedAt = clock.elapsed();
    }
  }

  #tellLost(): void {
    if (this.#lost > 0) this.#options.onLost(this.#lost, 'the disk refused them');
    this.#lost = 0;
  }

  async #append(bytes: Buffer): Promise<void> {
    const { disk, fileLength } = this.#options;
    const stamp = this.#stamp();
    const isOver = this.#open !== undefined && this.#open.position + bytes.length > fileLength;
    if (isOver || this.#open?.stamp !== stamp) await this.#leave();
    const open = (this.#open ??= await this.#begin(stamp));
    try {
      await disk.write(open.file, bytes, open.position);
    } catch (thrown) {
      // Half a line would join with nothing; a disk that refuses this as well leaves it there, at the end.
      await disk.truncate(open.file, open.position).catch(() => undefined);
      throw thrown;
    }
    open.position += bytes.length;
  }

  /** Begins a file that nobody else has. Fails: rejects with the disk's error. */
  async #begin(stamp: string): Promise<OpenFile> {
    const { disk, folder, prefix, head } = this.#options;
    await disk.makeFolder(folder);
    const files = await tidyFiles(this.#options);
    const last = files.filter((one) => one.stamp === stamp).at(-1)?.number ?? 0;
    const path = join(folder, `${prefix}${stamp}-${last + 1}.LOG`);
    const file = await disk.open(path, 'create');
    const bytes = Buffer.from(head(), 'utf8');
    try {
      await disk.write(file, bytes, 0);
    } catch (thrown) {
      await disk.close(file).catch(() => undefined);
      // A full disk has room for names, and each attempt would leave one.
      await disk.remove(path).catch(() => undefined);
      throw thrown;
    }
    return { file, stamp, position: bytes.length };
  }

  #stamp(): string {
    return stampOf(this.#options.clock.now(), this.#options.period);
  }

  async #leave(): Promise<void> {
    const open = this.#open;
    this.#open = undefined;
    if (open !== undefined) await this.#options.disk.close(open.file).catch(() => undefined);
  }
}
