import { join } from 'node:path';
import type { Envelope, Spool, SpoolWriter } from '../message.ts';
import { HeldMessages } from './held-messages.ts';
import type { MessageBytes } from './message-bytes.ts';
import { IncomingRoom } from './incoming-room.ts';
import { applyChange, isClosed, newState, type Change } from './message-state.ts';
import { QueueTime } from './queue-time.ts';
import { recordText } from './record-text.ts';
import { recoverSegments } from './recover.ts';
import { SegmentLog } from './segment-log.ts';
import { SegmentTidier } from './segment-tidier.ts';
import type { Segment } from './segment.ts';
import { StoredWriter } from './spool-writer.ts';
import { spoolDefaults, type LargeFile, type SpoolOptions, type StoredMessage } from './stored-message.ts';

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
  /** The time by which messages grow old. */
  readonly time: QueueTime;
  /** Memory for messages that are still coming. */
  readonly incoming: IncomingRoom;
  readonly #held: HeldMessages;
  readonly #log: SegmentLog;
  #nextId: number;
  readonly #tidier: SegmentTidier;
  #newest: Segment | undefined;
  readonly #removing = new Set<Promise<void>>();

  private constructor(options: Required<SpoolOptions>, log: SegmentLog, time: QueueTime, nextId: number) {
    this.options = options;
    this.time = time;
    this.#log = log;
    this.#nextId = nextId;
    this.incoming = new IncomingRoom(options.incomingLength);
    this.#held = new HeldMessages(options, () => this.#tidier.tidy());
    this.#tidier = new SegmentTidier({
      log,
      held: this.#held,
      spare: 2 * options.segmentLength,
      onFault: (error) => this.#refused(error, []),
    });
  }

  /**
   * Opens a spool, with every message that was committed and is still open.
   * Fails: rejects with the disk's error.
   */
  static async open(given: SpoolOptions): Promise<FileSpool> {
    const options = {
      ...spoolDefaults,
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
    const time = await QueueTime.resume(options, recovered.newest);
    const spool: FileSpool = new FileSpool(options, log, time, recovered.nextId);
    log.files.all.push(...recovered.segments);
    for (const { at, ...message } of recovered.messages) spool.#held.add({ ...message, enteredAt: at });
    spool.#tidier.tidy();
    return spool;
  }

  /** The messages that are still open, oldest first. */
  messages(): IterableIterator<StoredMessage> {
    return this.#held.all();
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
    return this.#log.files.length;
  }

  /** What all messages take of the memory, here and coming. Unit: bytes. */
  get memory(): number {
    return this.#held.weight + this.incoming.taken;
  }

  /** How many envelopes are in memory. */
  get envelopesInMemory(): number {
    return this.#held.envelopesInMemory;
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
    const enteredAt = this.time.now();
    const json = recordText({ envelope, at: enteredAt, ...(large && { large }) });
    const place = await this.#log.append({ kind: 'message', id, json, body });
    const size = large?.size ?? body.length;
    const held = this.#held.add(
      { id, size, enteredAt, state: newState(envelope), place, large },
      { envelope: { envelope, length: json.length }, body },
    );
    this.onCommitted(held);
    if (this.#newest === place.segment) return;
    this.#newest = place.segment;
    this.#tidier.tidy();
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
    const record = { kind: 'change', id, json: recordText(change), body: noBytes } as const;
    // A file is removed only once the log says that its message is done, or a crash would leave the message without its bytes.
    const mayGo = isClosed(state) && held.large !== undefined;
    this.#log.appendLazily(record, mayGo ? () => this.#remove(this.pathOfLarge(id)) : undefined);
    if (isClosed(state)) this.#held.remove(held);
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
    return { kind: 'memory', bytes: await this.#held.readBody(held) };
  }

  /** Flushes all that was recorded. */
  flush(): Promise<void> {
    return this.#log.flush();
  }

  async close(): Promise<void> {
    await this.#log.flush();
    await this.time.save();
    await Promise.all(this.#removing);
    await this.#tidier.stop();
    await this.#log.close();
  }

  #remove(path: string): void {
    const removing = this.options.disk
      .remove(path)
      .catch((error: unknown) => this.#refused(error, []))
      .finally(() => this.#removing.delete(removing));
    this.#removing.add(removing);
  }

  #refused(error: unknown, messages: readonly number[]): void {
    this.options.log('error', 'spool write refused', {
      reason: String(error),
      messages: messages.map(String),
    });
    for (const id of messages) {
      if (this.#held.get(id) !== undefined) continue;
      this.#log.appendLazily({ kind: 'change', id, json: recordText({ kind: 'void' }), body: noBytes });
    }
  }
}
