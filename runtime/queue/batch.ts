import { encodeRecordHeader, recordHeaderLength, type RecordKind } from './record.ts';
import type { Segment } from './segment.ts';

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

/** A record that waits to be written. */
export interface Waiting {
  readonly record: NewRecord;
  readonly length: number;
  /** Absent for a record that nobody waits for. */
  readonly done?: { resolve(place: Place): void; reject(error: unknown): void };
  /** Run once the record is on the disk, where something depends on it. */
  readonly onFlushed?: (() => void) | undefined;
}

/** A batch is written in one piece; larger ones gain nothing. Unit: bytes. */
const batchLength = 4 * 1024 * 1024;
/** Takes what is written next from those that wait. */
export function takeBatch(all: Waiting[]): Waiting[] {
  let length = 0;
  let count = 0;
  for (const waiting of all) {
    if (count > 0 && length + waiting.length > batchLength) break;
    length += waiting.length;
    count += 1;
  }
  return all.splice(0, count);
}

/** Where the records of a batch will lie. */
export function placesOf(batch: readonly Waiting[], segment: Segment): readonly Place[] {
  let offset = segment.length;
  return batch.map(({ length }) => {
    const place = { segment, offset, length };
    offset += length;
    return place;
  });
}

/** Makes one piece of a batch. */
export function encodeBatch(batch: readonly Waiting[], { mark }: Segment): Buffer {
  return Buffer.concat(
    batch.flatMap(({ record: { kind, id, json, body } }) => [
      encodeRecordHeader(mark, kind, id, json, body),
      json,
      body,
    ]),
  );
}

/** How long a record is with its header. Unit: bytes. */
export function lengthOf({ json, body }: NewRecord): number {
  return recordHeaderLength + json.length + body.length;
}
