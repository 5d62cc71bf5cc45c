import { join } from 'node:path';
import { applyChange, isClosed, newState, type Change, type MessageState } from './message-state.ts';
import { scanSegment, type LogRecord, type ScanResult } from './record.ts';
import type { Place } from './batch.ts';
import { parseSegmentFileName, type Segment } from './segment.ts';
import type { LargeFile, MessageRecord, SpoolOptions } from './stored-message.ts';

/** A message that was found again. */
export interface RecoveredMessage {
  readonly id: number;
  readonly at: number;
  readonly large: LargeFile | undefined;
  readonly state: MessageState;
  readonly place: Place;
  /** Unit: bytes. */
  readonly size: number;
}

/** What a look through the log gave. */
export interface Recovery {
  /** Open messages, oldest first. */
  readonly messages: readonly RecoveredMessage[];
  readonly segments: readonly Segment[];
  readonly nextId: number;
  readonly nextSegment: number;
  /** The latest time that a record knows of. Unit: milliseconds of the queue's own time. */
  readonly newest: number;
}

/**
 * Reads the log back: a torn last write is cut off, a damaged record is copied into `corrupt/` and named, the rest goes on.
 *
 * Fails: rejects with the disk's error.
 */
export async function recoverSegments(options: SpoolOptions): Promise<Recovery> {
  const { disk, folder } = options;
  const logFolder = join(folder, 'log');
  const found = new Map<number, RecoveredMessage>();
  const segments: Segment[] = [];
  // Numbers of earlier runs may be gone with their segments; the time of day keeps new ones apart from them.
  let nextId = Math.floor(options.clock.now()) * 64;
  let nextSegment = 1;
  let newest = 0;
  for (const name of [...(await disk.list(logFolder))].sort()) {
    const parsed = parseSegmentFileName(name);
    if (parsed === undefined) continue;
    const path = join(logFolder, name);
    const bytes = await disk.readWhole(path);
    const file = await disk.open(path, 'existing');
    const segment: Segment = {
      ...parsed,
      path,
      file,
      length: bytes.length,
      liveLength: 0,
      openMessages: 0,
      readers: 0,
    };
    segments.push(segment);
    nextSegment = parsed.number + 1;
    for (const result of scanSegment(bytes, parsed.mark)) {
      if (result.kind !== 'record') await setAside(options, segment, bytes, result);
      else if (!replay(found, segment, result.record)) {
        const { offset, length } = result.record;
        const reason = 'the record cannot be read as JSON';
        await setAside(options, segment, bytes, {
          kind: 'corrupt',
          from: offset,
          to: offset + length,
          reason,
        });
      } else nextId = Math.max(nextId, result.record.id + 1);
    }
  }
  for (const { at } of found.values()) newest = Math.max(newest, at);
  const open = [...found.values()].filter(({ state }) => !isClosed(state));
  const messages = await withTheirBytes(options, open);
  return { messages: messages.sort((a, b) => a.id - b.id), segments, nextId, nextSegment, newest };
}

/** Plays one record into what is known. Fails: returns false for a record that makes no sense. */
function replay(found: Map<number, RecoveredMessage>, segment: Segment, record: LogRecord): boolean {
  const { id, offset, length } = record;
  // A record about message 0 only carried a flush.
  if (id === 0) return true;
  try {
    const json: unknown = JSON.parse(record.json.toString('utf8'));
    if (record.kind === 'message') {
      // The envelope is read again when it is needed: of a long queue it would fill the memory.
      const { at, large, envelope, state = newState(envelope) } = json as MessageRecord;
      const size = large?.size ?? record.body.length;
      found.set(id, { id, at, large, state, place: { segment, offset, length }, size });
      return true;
    }
    const known = found.get(id);
    if (known === undefined) return true;
    const state = applyChange(known.state, json as Change);
    if (state === undefined) found.delete(id);
    else found.set(id, { ...known, state });
    return true;
  } catch {
    // Its checksum holds, so this was written by another version; it is set aside and named like damage.
    return false;
  }
}

/** Sets messages aside whose file is gone or too short, and removes files that belong to nobody. */
async function withTheirBytes(
  options: SpoolOptions,
  messages: readonly RecoveredMessage[],
): Promise<RecoveredMessage[]> {
  const { disk, folder, log } = options;
  const whole: RecoveredMessage[] = [];
  const wanted = new Set<string>();
  for (const message of messages) {
    const { large } = message;
    if (large !== undefined) {
      const name = String(message.id);
      const size = await disk.sizeOf(join(folder, 'large', name));
      if (size !== large.size) {
        log('error', 'message lost its bytes', {
          message: message.id,
          expected: large.size,
          found: size ?? 'no file',
        });
        const { segment, offset, length } = message.place;
        const record = await disk.read(segment.file, length, offset);
        await keepReason(options, `message-${name}`, record, 'its file is damaged');
        if (size !== undefined)
          await disk.rename(join(folder, 'large', name), join(folder, 'corrupt', `large-${name}`));
        continue;
      }
      wanted.add(name);
    }
    whole.push(message);
  }
  for (const name of await disk.list(join(folder, 'large'))) {
    if (!wanted.has(name)) await disk.remove(join(folder, 'large', name));
  }
  return whole;
}

async function setAside(
  options: SpoolOptions,
  segment: Segment,
  bytes: Buffer,
  result: Exclude<ScanResult, { kind: 'record' }>,
): Promise<void> {
  const { disk, log } = options;
  if (result.kind === 'torn') {
    log('info', 'torn write cut off', { segment: segment.number, bytes: bytes.length - result.from });
    await disk.truncate(segment.file, result.from);
    segment.length = result.from;
    return;
  }
  const { from, to, reason } = result;
  const name = `segment-${segment.number}-at-${from}`;
  log('error', 'damaged record set aside', { segment: segment.number, from, to, reason, kept: name });
  await keepReason(options, name, bytes.subarray(from, to), reason);
}

async function keepReason(
  { disk, folder }: SpoolOptions,
  name: string,
  bytes: Buffer,
  reason: string,
): Promise<void> {
  await disk.writeWhole(join(folder, 'corrupt', `${name}.record`), bytes);
  await disk.writeWhole(join(folder, 'corrupt', `${name}.reason`), Buffer.from(`${reason}\n`));
}
