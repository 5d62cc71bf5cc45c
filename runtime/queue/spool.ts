import { join } from 'node:path';
import type { Envelope, Spool, SpoolWriter } from '../message.ts';
import { CorruptMessage, type MessageBytes } from './message-bytes.ts';
import { applyChange, isClosed, newState, type Change } from './message-state.ts';
import { scanSegment } from './record.ts';
import { recoverSegments, type RecoveredMessage } from './recover.ts';
import { SegmentLog, type Place } from './segment-log.ts';
import type { Segment } from './segment.ts';
import { StoredWriter } from './spool-writer.ts';
import type { LargeFile, MessageRecord, SpoolOptions, StoredMessage } from './stored-message.ts';

interface Held extends StoredMessage {
  state: StoredMessage['state'];
  place: Place;
  readonly large?: LargeFile;
  /** The body of a small message while there is room for it in memory. */
  cached?: Buffer;
}

const noBytes = Buffer.alloc(0);

/**
 * The spool of one server: what it has taken is flushed to the disk before anyone hears 250, and stays until every
 * recipient has come to an end.
 *
 * Source: RFC 5321 §6.1 (responsibility for the message).
 */
export class FileSpool implements Spool {
  /** Called with each message as soon as it is durable. */
  onCommitted: (message: StoredMessage) => void = () => undefined;
  readonly options: Required<SpoolOptions>;
  readonly #held = new Map<number, Held>();
  readonly #log: SegmentLog;
  #nextId: number;
  #cachedLength = 0;
  #newest: Segment | undefined;
  #tidying: Promise<void> | undefined;
  #isClosed = false;
  readonly #removing = new Set<Promise<void>>();

  private constructor(options: Required<SpoolOptions>, log: SegmentLog, nextId: number) {
    this.options = options;
    this.#log = log;
    this.#nextId = nextId;
  }

  /**
   * Opens a spool, with every message that was committed and is still open.
   * Fails: rejects with the disk's error.
   */
  static async open(given: SpoolOptions): Promise<FileSpool> {
    const options = {
      largeLength: 256 * 1024,
      segmentLength: 32 * 1024 ** 2,
      cacheLength: 64 * 1024 ** 2,
      ...given,
    };
    const { disk, folder, clock } = options;
    for (const name of ['', 'log', 'large', 'corrupt']) await disk.makeFolder(join(folder, name));
    const recovered = await recoverSegments(options);
    const log = new SegmentLog({
      disk,
      folder: join(folder, 'log'),
      clock,
      firstNumber: recovered.nextSegment,
      segmentLength: options.segmentLength,
      onFault: (error, refused) => spool.#refused(error, refused),
    });
    const spool: FileSpool = new FileSpool(options, log, recovered.nextId);
    log.files.all.push(...recovered.segments);
    for (const message of recovered.messages) spool.#takeBack(message);
    spool.#tidy();
    return spool;
  }

  /** The messages that are still open, oldest first. */
  messages(): IterableIterator<StoredMessage> {
    return this.#held.values();
  }

  /** How many messages are open. */
  get size(): number {
    return this.#held.size;
  }

  get(id: number): StoredMessage | undefined {
    return this.#held.get(id);
  }

  /** What the log takes on the disk. Unit: bytes. */
  get logLength(): number {
    return this.#log.files.all.reduce((sum, { length }) => sum + length, 0);
  }

  open(): SpoolWriter {
    return new StoredWriter(this);
  }

  /** Takes the next message number. */
  takeId(): number {
    return this.#nextId++;
  }

  pathOfLarge(id: number): string {
    return join(this.options.folder, 'large', String(id));
  }

  /** Makes a message durable and hands it to the queue. Fails: rejects with the disk's error. */
  async commit(id: number, envelope: Envelope, content: Buffer | LargeFile): Promise<void> {
    const body = Buffer.isBuffer(content) ? content : noBytes;
    const large = Buffer.isBuffer(content) ? undefined : content;
    const json = encode({ envelope, ...(large && { large }) });
    const place = await this.#log.append({ kind: 'message', id, json, body });
    const size = large?.size ?? body.length;
    const held: Held = { id, envelope, size, state: newState(envelope), place, ...(large && { large }) };
    this.#keep(held);
    if (large === undefined && this.#cachedLength + body.length <= this.options.cacheLength) {
      held.cached = body;
      this.#cachedLength += body.length;
    }
    this.onCommitted(held);
    if (this.#newest === place.segment) return;
    this.#newest = place.segment;
    this.#tidy();
  }

  /**
   * Records what happened to a message. It reaches the disk with the next flush: a crash before that costs a delivery
   * done twice, never a loss.
   */
  change({ id }: StoredMessage, change: Change): void {
    const held = this.#held.get(id);
    const state = held && applyChange(held.state, change);
    if (held === undefined || state === undefined) return;
    held.state = state;
    const record = { kind: 'change', id, json: encode(change), body: noBytes } as const;
    // A file is removed only once the log says that its message is done, or a crash would leave the message without its bytes.
    const mayGo = isClosed(state) && held.large !== undefined;
    this.#log.appendLazily(record, mayGo ? () => this.#remove(this.pathOfLarge(id)) : undefined);
    if (isClosed(state)) this.#forget(held);
  }

  /** The bytes of a message where they are in memory, which costs no wait. */
  bytesInMemory({ id }: StoredMessage): MessageBytes | undefined {
    const bytes = this.#held.get(id)?.cached;
    return bytes && { kind: 'memory', bytes };
  }

  /** The bytes of a message. Fails: rejects with the disk's error, or where the record is damaged. */
  async bytesOf({ id }: StoredMessage): Promise<MessageBytes> {
    const held = this.#held.get(id);
    if (held === undefined) throw new Error(`message ${id} is not in the spool`);
    if (held.large !== undefined) return { kind: 'file', path: this.pathOfLarge(id), ...held.large };
    if (held.cached !== undefined) return { kind: 'memory', bytes: held.cached };
    return { kind: 'memory', bytes: await this.#readBody(held) };
  }

  /** Flushes all that was recorded. */
  flush(): Promise<void> {
    return this.#log.flush();
  }

  async close(): Promise<void> {
    await this.#log.flush();
    await Promise.all(this.#removing);
    this.#isClosed = true;
    await this.#tidying;
    await this.#log.close();
  }

  async #readBody({ id, place }: Held): Promise<Buffer> {
    const { segment, offset, length } = place;
    segment.readers += 1;
    try {
      const bytes = await this.options.disk.read(segment.file, length, offset);
      const [found] = scanSegment(bytes, segment.mark);
      if (found?.kind === 'record' && found.record.id === id) return found.record.body;
      throw new CorruptMessage(`the record of message ${id} is not what was written`);
    } finally {
      segment.readers -= 1;
      if (segment.openMessages === 0) this.#tidy();
    }
  }

  #takeBack({ id, record, state, place, size }: RecoveredMessage): void {
    this.#keep({
      id,
      envelope: record.envelope,
      size,
      state,
      place,
      ...(record.large && { large: record.large }),
    });
  }

  #keep(held: Held): void {
    this.#held.set(held.id, held);
    held.place.segment.openMessages += 1;
    held.place.segment.liveLength += held.place.length;
  }

  #forget(held: Held): void {
    this.#held.delete(held.id);
    this.#leave(held.place);
    if (held.cached !== undefined) this.#cachedLength -= held.cached.length;
    if (held.place.segment.openMessages === 0) this.#tidy();
  }

  #remove(path: string): void {
    const removing = this.options.disk
      .remove(path)
      .catch((error: unknown) => this.#refused(error, []))
      .finally(() => this.#removing.delete(removing));
    this.#removing.add(removing);
  }

  #leave({ segment, length }: Place): void {
    segment.openMessages -= 1;
    segment.liveLength -= length;
  }

  #tidy(): void {
    if (this.#isClosed) return;
    this.#tidying ??= this.#removeSegments()
      .catch((error: unknown) => this.#refused(error, []))
      .finally(() => (this.#tidying = undefined));
  }

  /**
   * Removes segments from the oldest on, as long as they hold nothing open; a change never outlives the message that it
   * is about that way. A few messages that stay long are carried forward, so that they do not hold back the rest.
   */
  async #removeSegments(): Promise<void> {
    const { files } = this.#log;
    const { all } = files;
    for (let [oldest] = all; oldest !== undefined && oldest !== files.current; [oldest] = all) {
      if (oldest.openMessages > 0) {
        const live = all.reduce((sum, { liveLength }) => sum + liveLength, 0);
        if (this.logLength <= 2 * live + 2 * this.options.segmentLength) return;
        for (const held of [...this.#held.values()]) {
          if (held.place.segment === oldest) await this.#carryForward(held);
        }
        continue;
      }
      // Its file must not be closed, and its number given to another one, under somebody who reads.
      if (oldest.readers > 0) return;
      await files.removeOldest();
    }
  }

  async #carryForward(held: Held): Promise<void> {
    const body = held.large === undefined ? await this.#readBody(held) : noBytes;
    const { id, envelope, state, large } = held;
    const json = encode({ envelope, state, ...(large && { large }) });
    const place = await this.#log.append({ kind: 'message', id, json, body });
    if (!this.#held.has(id)) return;
    // What changed while the record was on its way follows it in the log.
    this.#leave(held.place);
    held.place = place;
    place.segment.openMessages += 1;
    place.segment.liveLength += place.length;
  }

  #refused(error: unknown, messages: readonly number[]): void {
    this.options.log('error', 'spool write refused', {
      reason: String(error),
      messages: messages.map(String),
    });
    for (const id of messages) {
      if (this.#held.has(id)) continue;
      this.#log.appendLazily({ kind: 'change', id, json: encode({ kind: 'void' }), body: noBytes });
    }
  }
}

function encode(value: MessageRecord | Change): Buffer {
  return Buffer.from(JSON.stringify(value), 'utf8');
}
