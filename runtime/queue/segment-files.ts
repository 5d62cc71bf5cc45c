import { join } from 'node:path';
import type { Disk } from './disk.ts';
import { newMark } from './record.ts';
import { segmentFileName, type Segment } from './segment.ts';

/** Where the files of a log lie, and how long they grow. */
export interface SegmentFilesOptions {
  readonly disk: Disk;
  readonly folder: string;
  readonly firstNumber: number;
  /** A segment that has grown past this is followed by the next one. Unit: bytes. */
  readonly segmentLength: number;
}

/** The files of one log, oldest first; the newest one is written to. */
export class SegmentFiles {
  readonly all: Segment[] = [];
  readonly #options: SegmentFilesOptions;
  #current: Segment | undefined;
  #nextNumber: number;
  #isUnflushed = false;

  constructor(options: SegmentFilesOptions) {
    this.#options = options;
    this.#nextNumber = options.firstNumber;
  }

  /** The segment that is written to; it is never removed. */
  get current(): Segment | undefined {
    return this.#current;
  }

  /** What the files take on the disk. Unit: bytes. */
  get length(): number {
    return this.all.reduce((sum, { length }) => sum + length, 0);
  }

  /** Whether something was written that no flush has followed. */
  get isUnflushed(): boolean {
    return this.#isUnflushed;
  }

  /** The segment to write to, a new one where the last is full. Fails: rejects with the disk's error. */
  async withRoom(): Promise<Segment> {
    if (this.#current !== undefined && this.#current.length < this.#options.segmentLength)
      return this.#current;
    // What the full segment still holds unflushed must not be forgotten with it.
    if (this.#current !== undefined && this.#isUnflushed) await this.flush(this.#current);
    const { disk, folder } = this.#options;
    const mark = newMark();
    const number = this.#nextNumber;
    const path = join(folder, segmentFileName(number, mark));
    const file = await disk.open(path, 'create');
    this.#nextNumber += 1;
    try {
      await disk.flushFolder(folder);
    } catch (error) {
      await disk.close(file);
      await disk.remove(path);
      throw error;
    }
    this.#current = { number, path, mark, file, length: 0, liveLength: 0, openMessages: 0, readers: 0 };
    this.all.push(this.#current);
    return this.#current;
  }

  /** Writes at the end of the segment. Fails: rejects with the disk's error. */
  async write(segment: Segment, bytes: Uint8Array): Promise<void> {
    const from = segment.length;
    segment.length += bytes.length;
    await this.#options.disk.write(segment.file, bytes, from);
    this.#isUnflushed = true;
  }

  /** Fails: rejects with the disk's error. */
  async flush(segment: Segment): Promise<void> {
    await this.#options.disk.flush(segment.file);
    this.#isUnflushed = false;
  }

  /**
   * After a failed write the segment goes on from where it was good; after a failed flush, whose pages the system may have
   * dropped, nothing is built on it.
   */
  async cutBack(segment: Segment, goodLength: number, failed: 'write' | 'flush'): Promise<void> {
    const { disk } = this.#options;
    segment.length = goodLength;
    try {
      await disk.truncate(segment.file, goodLength);
      if (failed === 'write') return;
    } catch {
      // The refused bytes stay; the message they hold is voided by a record that `onFault` has asked for.
    }
    this.#current = undefined;
    this.#isUnflushed = false;
    if (goodLength > 0) return;
    this.all.splice(this.all.indexOf(segment), 1);
    try {
      await disk.close(segment.file);
      await disk.remove(segment.path);
    } catch {
      // An empty segment that stays does no harm; the next start removes it.
    }
  }

  /** Closes and removes the oldest segment. Fails: rejects with the disk's error. */
  async removeOldest(): Promise<void> {
    const oldest = this.all.shift();
    if (oldest === undefined) return;
    await this.#options.disk.close(oldest.file);
    await this.#options.disk.remove(oldest.path);
  }

  async close(): Promise<void> {
    for (const { file } of this.all) await this.#options.disk.close(file);
  }
}
