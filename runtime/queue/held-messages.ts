import { EnvelopeCache, type SizedEnvelope } from './envelope-cache.ts';
import { Held, type HeldOptions } from './held.ts';
import { CorruptMessage } from './message-bytes.ts';
import { scanSegment, type LogRecord } from './record.ts';
import type { Place } from './batch.ts';
import type { Segment } from './segment.ts';
import type { MessageRecord, SpoolOptions } from './stored-message.ts';

/** What the messages of a spool are held with. */
export type HeldMessagesOptions = Required<Pick<SpoolOptions, 'disk' | 'cacheLength' | 'envelopeLength'>>;

/**
 * The messages of one spool, by number: little of each is always in memory, and of the newest all, as far as there is room.
 */
export class HeldMessages {
  readonly #options: HeldMessagesOptions;
  readonly #onSegmentFree: () => void;
  readonly #held = new Map<number, Held>();
  readonly #envelopes: EnvelopeCache;
  #cachedLength = 0;
  #weight = 0;

  /** `onSegmentFree` is told where a segment may hold nothing that is needed any more. */
  constructor(options: HeldMessagesOptions, onSegmentFree: () => void) {
    this.#options = options;
    this.#onSegmentFree = onSegmentFree;
    this.#envelopes = new EnvelopeCache(options.envelopeLength, (held) => this.#readEnvelope(held));
  }

  get size(): number {
    return this.#held.size;
  }

  /** What the messages take of the memory, without what is only kept there for speed. Unit: bytes. */
  get weight(): number {
    return this.#weight;
  }

  /** How many envelopes are in memory. */
  get envelopesInMemory(): number {
    return this.#envelopes.size;
  }

  get(id: number): Held | undefined {
    return this.#held.get(id);
  }

  all(): IterableIterator<Held> {
    return this.#held.values();
  }

  /** Takes a message in; what its author still has in memory stays there where there is room. */
  add(
    message: Omit<HeldOptions, 'envelopes'>,
    fresh?: { readonly envelope: SizedEnvelope; readonly body: Buffer },
  ): Held {
    const held = new Held({ ...message, envelopes: this.#envelopes });
    this.#held.set(held.id, held);
    this.#weight += held.weight;
    enter(held.place);
    if (fresh === undefined) return held;
    this.#envelopes.keep(held.id, fresh.envelope);
    if (held.large === undefined && this.#cachedLength + fresh.body.length <= this.#options.cacheLength) {
      held.cached = fresh.body;
      this.#cachedLength += fresh.body.length;
    }
    return held;
  }

  /** Lets a message go that has come to its end. */
  remove(held: Held): void {
    // Its segment may go now, and whoever still speaks of the message needs its envelope.
    held.keepEnvelope();
    this.#held.delete(held.id);
    this.#envelopes.forget(held.id);
    this.#weight -= held.weight;
    if (held.cached !== undefined) this.#cachedLength -= held.cached.length;
    leave(held.place);
    if (held.place.segment.openMessages === 0) this.#onSegmentFree();
  }

  /** Says that the record of a message lies elsewhere now. */
  move(held: Held, place: Place): void {
    leave(held.place);
    held.place = place;
    enter(place);
  }

  /** Reads the body of a small message. Fails: rejects with the disk's error, or with CorruptMessage. */
  async readBody(held: Held): Promise<Buffer> {
    const { segment, offset, length } = held.place;
    segment.readers += 1;
    try {
      return recordOf(held, await this.#options.disk.read(segment.file, length, offset), segment).body;
    } finally {
      segment.readers -= 1;
      if (segment.openMessages === 0) this.#onSegmentFree();
    }
  }

  /** Reads at once: what the queue decides next depends on it, and as the message is open its segment is. */
  #readEnvelope(held: Held): SizedEnvelope {
    const { segment, offset, length } = held.place;
    const { json } = recordOf(held, this.#options.disk.readNow(segment.file, length, offset), segment);
    return { envelope: (JSON.parse(json.toString('utf8')) as MessageRecord).envelope, length: json.length };
  }
}

function enter({ segment, length }: Place): void {
  segment.openMessages += 1;
  segment.liveLength += length;
}

function leave({ segment, length }: Place): void {
  segment.openMessages -= 1;
  segment.liveLength -= length;
}

/** Finds the record of a message in what was read. Fails: throws CorruptMessage. */
function recordOf({ id }: Held, bytes: Buffer, { mark }: Segment): LogRecord {
  const [found] = scanSegment(bytes, mark);
  if (found?.kind === 'record' && found.record.id === id) return found.record;
  throw new CorruptMessage(`the record of message ${id} is not what was written`);
}
