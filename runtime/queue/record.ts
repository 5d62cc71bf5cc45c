import { randomBytes } from 'node:crypto';
import { crc32 } from 'node:zlib';

/** What a record of the log holds: a message, or something that happened to one. */
export type RecordKind = 'message' | 'change';

/** A record as it was read back. */
export interface LogRecord {
  readonly kind: RecordKind;
  /** The message that it is about. */
  readonly id: number;
  readonly json: Buffer;
  readonly body: Buffer;
  /** Where it starts in its segment. Unit: bytes. */
  readonly offset: number;
  /** With its header. Unit: bytes. */
  readonly length: number;
}

/** One find on the way through a segment. */
export type ScanResult =
  | { readonly kind: 'record'; readonly record: LogRecord }
  /** Bytes that were written whole and are not what was written. */
  | { readonly kind: 'corrupt'; readonly from: number; readonly to: number; readonly reason: string }
  /** A last write that never came to its end; it was promised to nobody. */
  | { readonly kind: 'torn'; readonly from: number };

/** Unit: bytes. */
export const recordHeaderLength = 36;
/** Unit: bytes. */
export const markLength = 8;

const kinds: readonly RecordKind[] = ['message', 'change'];

/**
 * Makes the random bytes that begin every record of one segment; the name of the file holds them as well.
 *
 * After damage the next record is found by them. Nobody outside knows them, so a message cannot carry a false record.
 */
export function newMark(): Buffer {
  return randomBytes(markLength);
}

/**
 * Writes a record's header; its two parts follow it.
 *
 * Layout: mark 8, kind 1, unused 3, length of the JSON part 4, length of the body 4, message 8, checksum of the parts 4,
 * checksum of the header 4.
 */
export function encodeRecordHeader(
  mark: Buffer,
  kind: RecordKind,
  id: number,
  json: Uint8Array,
  body: Uint8Array,
): Buffer {
  const header = Buffer.allocUnsafe(recordHeaderLength);
  mark.copy(header);
  header.writeUInt32BE(kinds.indexOf(kind) * 2 ** 24, 8);
  header.writeUInt32BE(json.length, 12);
  header.writeUInt32BE(body.length, 16);
  header.writeUInt16BE(0, 20);
  header.writeUIntBE(id, 22, 6);
  header.writeUInt32BE(crc32(body, crc32(json)), 28);
  header.writeUInt32BE(crc32(header.subarray(0, 32)), 32);
  return header;
}

/** Reads a segment from its first record to its end, past whatever is damaged. */
export function* scanSegment(segment: Buffer, mark: Buffer): Generator<ScanResult> {
  let offset = 0;
  while (offset < segment.length) {
    const found = readRecord(segment, mark, offset);
    if (found.kind === 'torn') {
      yield found;
      return;
    }
    if (found.kind === 'record') {
      yield found;
      offset += found.record.length;
      continue;
    }
    const next = found.to ?? nextRecord(segment, mark, offset + 1);
    yield { kind: 'corrupt', from: offset, to: next, reason: found.reason };
    offset = next;
  }
}

type Read =
  | { readonly kind: 'record'; readonly record: LogRecord }
  | { readonly kind: 'damaged'; readonly to?: number; readonly reason: string }
  | { readonly kind: 'torn'; readonly from: number };

function readRecord(segment: Buffer, mark: Buffer, offset: number): Read {
  const rest = segment.length - offset;
  if (!hasHeader(segment, mark, offset)) {
    const beginsWell =
      mark.indexOf(segment.subarray(offset, Math.min(offset + markLength, segment.length))) === 0;
    if ((rest < recordHeaderLength && beginsWell) || isBlank(segment.subarray(offset))) {
      return { kind: 'torn', from: offset };
    }
    return { kind: 'damaged', reason: 'the header of the record does not match its checksum' };
  }
  const jsonLength = segment.readUInt32BE(offset + 12);
  const bodyLength = segment.readUInt32BE(offset + 16);
  const length = recordHeaderLength + jsonLength + bodyLength;
  if (length > rest) return { kind: 'torn', from: offset };
  const json = segment.subarray(offset + recordHeaderLength, offset + recordHeaderLength + jsonLength);
  const body = segment.subarray(offset + recordHeaderLength + jsonLength, offset + length);
  if (crc32(body, crc32(json)) !== segment.readUInt32BE(offset + 28)) {
    return { kind: 'damaged', to: offset + length, reason: 'the record does not match its checksum' };
  }
  const kind = kinds[segment[offset + 8] ?? 0];
  if (kind === undefined)
    return { kind: 'damaged', to: offset + length, reason: 'a record of an unknown kind' };
  const id = segment.readUIntBE(offset + 22, 6);
  return { kind: 'record', record: { kind, id, json, body, offset, length } };
}

function hasHeader(segment: Buffer, mark: Buffer, offset: number): boolean {
  if (segment.length - offset < recordHeaderLength) return false;
  if (mark.compare(segment, offset, offset + markLength) !== 0) return false;
  return crc32(segment.subarray(offset, offset + 32)) === segment.readUInt32BE(offset + 32);
}

function nextRecord(segment: Buffer, mark: Buffer, from: number): number {
  let at = segment.indexOf(mark, from);
  while (at !== -1 && !hasHeader(segment, mark, at)) at = segment.indexOf(mark, at + 1);
  return at === -1 ? segment.length : at;
}

function isBlank(bytes: Buffer): boolean {
  return bytes.every((byte) => byte === 0);
}
