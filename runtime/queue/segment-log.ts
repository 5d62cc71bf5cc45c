import type { Clock } from '../clock.ts';
import {
  encodeBatch,
  lengthOf,
  placesOf,
  takeBatch,
  type NewRecord,
  type Place,
  type Waiting,
} from './batch.ts';
import { SegmentFiles, type SegmentFilesOptions } from './segment-files.ts';
import type { Segment } from './segment.ts';

/** What the log is made with. */
export interface SegmentLogOptions extends SegmentFilesOptions {
  readonly clock: Clock;
  /** Told of an error that no writer waits for, and of the messages that must not come back from a refused write. */
  readonly onFault: (error: unknown, refused: readonly number[]) => void;
}

/** How long what nobody waits for may stay in memory, and after that unflushed. Unit: milliseconds. */
const lazyDelay = 100;
/** How long after an error it is tried again. Unit: milliseconds. */
const retryDelay = 1000;

const noBytes = Buffer.alloc(0);

/**
 * The append-only log of one server: all records that wait are written together and share one flush.
 *
 * A record is either on the disk or refused, see `SegmentFiles.cutBack`.
 */
export class SegmentLog {
  readonly files: SegmentFiles;
  readonly #options: SegmentLogOptions;
  #waiting: Waiting[] = [];
  /** Written, but not flushed, and somebody wants to know when. */
  #unflushed: Waiting[] = [];
  #pumping: Promise<void> | undefined;
  #cancelLazy: (() => void) | undefined;
  #isClosed = false;

  constructor(options: SegmentLogOptions) {
    this.#options = options;
    this.files = new SegmentFiles(options);
  }

  /** Writes a record and resolves once it is flushed. Fails: rejects with the disk's error, and nothing is kept. */
  append(record: NewRecord): Promise<Place> {
    return new Promise((resolve, reject) => {
      if (this.#isClosed) return reject(new Error('the log is closed'));
      this.#waiting.push({ record, length: lengthOf(record), done: { resolve, reject } });
      this.#pump();
    });
  }

  /**
   * Writes a record with the next flush, soon; losing it must cost no more than a delivery done twice. What is appended
   * after the log is closed is lost that way.
   */
  appendLazily(record: NewRecord, onFlushed?: () => void): void {
    if (this.#isClosed) return;
    this.#waiting.push({ record, length: lengthOf(record), onFlushed });
    this.#pumpIn(lazyDelay);
  }

  /** Flushes everything. Fails: rejects with the disk's error. */
  async flush(): Promise<void> {
    // A record about message 0, which there is not, carries the wish through the same way as all others.
    await this.append({ kind: 'change', id: 0, json: noBytes, body: noBytes });
  }

  /** Closes the files, whose numbers may be another's from then on. */
  async close(): Promise<void> {
    this.#isClosed = true;
    this.#cancelLazy?.();
    while (this.#pumping !== undefined) await this.#pumping;
    await this.files.close();
  }

  #pump(): void {
    this.#pumping ??= this.#writeAll().finally(() => {
      this.#pumping = undefined;
      if (this.#waiting.some(({ done }) => done)) this.#pump();
    });
  }

  #pumpIn(delay: number): void {
    if (this.#isClosed) return;
    this.#cancelLazy ??= this.#options.clock.after(delay, () => {
      this.#cancelLazy = undefined;
      this.#pump();
    });
  }

  async #writeAll(): Promise<void> {
    while (this.#waiting.length > 0) {
      const batch = takeBatch(this.#waiting);
      const isLazy = batch.every(({ done }) => done === undefined);
      try {
        const places = await this.#write(batch, isLazy ? 'flush only where it is waited for' : 'flush');
        batch.forEach(({ done }, index) => done?.resolve(places[index] as Place));
      } catch (error) {
        for (const { done } of batch) done?.reject(error);
        if (isLazy) return;
      }
    }
    if (this.files.isUnflushed) this.#flushLater();
  }

  /** Writes a batch; where that fails it is as if it had never been written. */
  async #write(
    batch: readonly Waiting[],
    how: 'flush' | 'flush only where it is waited for',
  ): Promise<readonly Place[]> {
    let segment: Segment | undefined;
    let goodLength = 0;
    let step: 'write' | 'flush' = 'write';
    try {
      segment = await this.files.withRoom();
      goodLength = segment.length;
      const places = placesOf(batch, segment);
      await this.files.write(segment, encodeBatch(batch, segment));
      this.#unflushed.push(...batch.filter(({ onFlushed }) => onFlushed !== undefined));
      step = 'flush';
      if (how === 'flush' || this.#unflushed.length > 0) await this.#flush(segment);
      return places;
    } catch (error) {
      this.#refuse(error, batch);
      if (segment !== undefined) await this.files.cutBack(segment, goodLength, step);
      throw error;
    }
  }

  async #flush(segment: Segment): Promise<void> {
    await this.files.flush(segment);
    for (const { onFlushed } of this.#unflushed.splice(0)) onFlushed?.();
  }

  /** What was written without a flush gets one when the log has been quiet for a while. */
  #flushLater(): void {
    if (this.#isClosed) return;
    this.#cancelLazy ??= this.#options.clock.after(lazyDelay, () => {
      this.#cancelLazy = undefined;
      this.flush().catch((error: unknown) => this.#options.onFault(error, []));
    });
  }

  #refuse(error: unknown, batch: readonly Waiting[]): void {
    this.#unflushed = this.#unflushed.filter((waiting) => !batch.includes(waiting));
    // What nobody waits for is tried again, with the next record or in a while.
    this.#waiting.unshift(...batch.filter(({ done }) => done === undefined));
    this.#pumpIn(retryDelay);
    const refused = batch.filter(({ done, record }) => done !== undefined && record.kind === 'message');
    this.#options.onFault(
      error,
      refused.map(({ record }) => record.id),
    );
  }
}
