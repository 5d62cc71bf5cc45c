import { join } from 'node:path';
import type { Clock } from '../clock.ts';
import type { Disk } from './disk.ts';
import { encodeRecordHeader, newMark, recordHeaderLength, type RecordKind } from './record.ts';
import { segmentFileName, type Segment } from './segment.ts';

/** Where a record came to lie. */
export interface Place {
  readonly segment: Segment;
  /** Unit: bytes. */
  readonly offset: number;
  /** Unit: bytes. */
  readonly length: number;
}

/** What is written. */
export interface NewRecord {
  readonly kind: RecordKind;
  readonly id: number;
  readonly json: Buffer;
  readonly body: Buffer;
}

interface Waiting {
  readonly record: NewRecord;
  readonly length: number;
  /** Absent for a record that nobody waits for. */
  readonly done?: { resolve(place: Place): void; reject(error: unknown): void };
}

/** What the log is made with. */
export interface SegmentLogOptions {
  readonly disk: Disk;
  readonly folder: string;
  readonly clock: Clock;
  readonly firstNumber: number;
  /** A segment that has grown past this is followed by the next one. Unit: bytes. */
  readonly segmentLength: number;
  /** Told of an error that no writer waits for, and of the messages that must not come back from a refused write. */
  readonly onFault: (error: unknown, refused: readonly number[]) => void;
}

/** A batch is written in one piece; larger ones gain nothing. Unit: bytes. */
const batchLength = 4 * 1024 * 1024;
/** How long what nobody waits for may stay in memory, and after that unflushed. Unit: milliseconds. */
const lazyDelay = 100;
/** How long after an error it is tried again. Unit: milliseconds. */
const retryDelay = 1000;

/**
 * The append-only log of one server: all records that wait are written together and share one flush.
 *
 * A record is either on the disk or refused: after an error the segment is cut back to where it was good, and after a
 * failed flush, whose pages the system may have dropped, it is left for a new one.
 */
export class SegmentLog {
  readonly segments: Segment[] = [];
  readonly #options: SegmentLogOptions;
  #waiting: Waiting[] = [];
  #afterFlush: (() => void)[] = [];
  #current: Segment | undefined;
  #nextNumber: number;
  #pumping: Promise<void> | undefined;
  #cancelLazy: (() => void) | undefined;
  #unflushed = false;

  constructor(options: SegmentLogOptions) {
    this.#options = options;
    this.#nextNumber = options.firstNumber;
  }

  /** The segment that is written to; it is never removed. */
  get current(): Segment | undefined {
    return this.#current;
  }

  /** Writes a record and resolves once it is flushed. Fails: rejects with the disk's error, and nothing is kept. */
  append(record: NewRecord): Promise<Place> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ record, length: lengthOf(record), done: { resolve, reject } });
      this.#pump();
    });
  }

  /** Writes a record with the next flush, soon; losing it must cost no more than a delivery done twice. */
  appendLazily(record: NewRecord): void {
    this.#waiting.push({ record, length: lengthOf(record) });
    this.#cancelLazy ??= this.#options.clock.after(lazyDelay, () => {
      this.#cancelLazy = undefined;
      this.#pump();
    });
  }

  /** Runs something once all that was appended so far is flushed. */
  afterFlush(run: () => void): void {
    this.#afterFlush.push(run);
    this.#flushLater();
  }

  /** Flushes everything. Fails: rejects with the disk's error. */
  async flush(): Promise<void> {
    const flushed = new Promise<void>((resolve, reject) => {
      const empty = Buffer.alloc(0);
      const done = { resolve: () => resolve(), reject };
      // A record about message 0, which there is not, carries the wish through the same way as all others.
      const record: NewRecord = { kind: 'change', id: 0, json: empty, body: empty };
      this.#waiting.push({ record, length: lengthOf(record), done });
    });
    this.#pump();
    await flushed;
  }

  async close(): Promise<void> {
    this.#cancelLazy?.();
    await this.#pumping;
    for (const { file } of this.segments) await this.#options.disk.close(file);
  }

  #pump(): void {
    this.#pumping ??= this.#writeAll().finally(() => {
      this.#pumping = undefined;
      if (this.#waiting.some(({ done }) => done)) this.#pump();
    });
  }

  async #writeAll(): Promise<void> {
    while (this.#waiting.length > 0) {
      const batch = this.#takeBatch();
      const isLazy = batch.every(({ done }) => done === undefined);
      const places: Place[] = [];
      let segment: Segment | undefined;
      let goodLength = 0;
      let step: 'write' | 'flush' = 'write';
      try {
        segment = await this.#segmentWithRoom();
        goodLength = segment.length;
        await this.#write(segment, batch, places);
        this.#unflushed = true;
        step = 'flush';
        if (!isLazy || this.#afterFlush.length > 0) await this.#flushCurrent(segment);
      } catch (error) {
        this.#refuse(error, batch);
        if (segment !== undefined) await this.#cutBack(segment, goodLength, step);
        settle(batch, { error });
        if (isLazy) return;
        continue;
      }
      settle(batch, { places });
    }
    if (this.#unflushed && this.#current !== undefined && this.#waiting.length === 0) this.#flushLater();
  }

  #takeBatch(): Waiting[] {
    let length = 0;
    let count = 0;
    for (const waiting of this.#waiting) {
      if (count > 0 && length + waiting.length > batchLength) break;
      length += waiting.length;
      count += 1;
    }
    return this.#waiting.splice(0, count);
  }

  async #write(segment: Segment, batch: readonly Waiting[], places: Place[]): Promise<void> {
    const pieces: Uint8Array[] = [];
    let offset = segment.length;
    for (const { record, length } of batch) {
      pieces.push(encodeRecordHeader(segment.mark, record.kind, record.id, record.json, record.body));
      pieces.push(record.json, record.body);
      places.push({ segment, offset, length });
      offset += length;
    }
    const from = segment.length;
    segment.length = offset;
    await this.#options.disk.write(segment.file, Buffer.concat(pieces, offset - from), from);
  }

  async #flushCurrent(segment: Segment): Promise<void> {
    const ready = this.#afterFlush;
    this.#afterFlush = [];
    try {
      await this.#options.disk.flush(segment.file);
    } catch (error) {
      this.#afterFlush = [...ready, ...this.#afterFlush];
      throw error;
    }
    this.#unflushed = false;
    for (const run of ready) run();
  }

  /** What was written without a flush gets one when the log has been quiet for a while. */
  #flushLater(): void {
    this.#cancelLazy ??= this.#options.clock.after(lazyDelay, () => {
      this.#cancelLazy = undefined;
      this.flush().catch((error: unknown) => this.#options.onFault(error, []));
    });
  }

  async #segmentWithRoom(): Promise<Segment> {
    if (this.#current !== undefined && this.#current.length < this.#options.segmentLength)
      return this.#current;
    // What the full segment still holds unflushed must not be forgotten with it.
    if (this.#current !== undefined && this.#unflushed) await this.#flushCurrent(this.#current);
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
    this.segments.push(this.#current);
    return this.#current;
  }

  /** After a failed write the segment goes on from where it was good; after a failed flush nothing is built on it. */
  async #cutBack(segment: Segment, goodLength: number, step: 'write' | 'flush'): Promise<void> {
    const { disk } = this.#options;
    segment.length = goodLength;
    try {
      await disk.truncate(segment.file, goodLength);
      if (step === 'write') return;
    } catch {
      // The refused bytes stay; the message they hold is voided by a record that `onFault` has asked for.
    }
    this.#current = undefined;
    if (goodLength > 0) return;
    this.segments.splice(this.segments.indexOf(segment), 1);
    try {
      await disk.close(segment.file);
      await disk.remove(segment.path);
    } catch {
      // An empty segment that stays does no harm; the next start removes it.
    }
  }

  #refuse(error: unknown, batch: readonly Waiting[]): void {
    // What nobody waits for is tried again, with the next record or in a while.
    this.#waiting.unshift(...batch.filter(({ done }) => done === undefined));
    this.#cancelLazy ??= this.#options.clock.after(retryDelay, () => {
      this.#cancelLazy = undefined;
      this.#pump();
    });
    const refused = batch.filter(({ done, record }) => done !== undefined && record.kind === 'message');
    this.#options.onFault(
      error,
      refused.map(({ record }) => record.id),
    );
  }
}

function settle(
  batch: readonly Waiting[],
  outcome: { readonly places: readonly Place[] } | { readonly error: unknown },
): void {
  batch.forEach(({ done }, index) => {
    if ('error' in outcome) done?.reject(outcome.error);
    else done?.resolve(outcome.places[index] as Place);
  });
}

function lengthOf({ json, body }: NewRecord): number {
  return recordHeaderLength + json.length + body.length;
}
