import type { Envelope } from '../message.ts';
import type { EnvelopeCache } from './envelope-cache.ts';
import type { MessageState } from './message-state.ts';
import type { Place } from './batch.ts';
import type { LargeFile, StoredMessage } from './stored-message.ts';

/** What is known of a message when it comes into the spool. */
export interface HeldOptions {
  readonly id: number;
  /** Unit: bytes. */
  readonly size: number;
  /** When it came in. Unit: milliseconds of the queue's own time. */
  readonly enteredAt: number;
  readonly state: MessageState;
  readonly place: Place;
  readonly large: LargeFile | undefined;
  readonly envelopes: EnvelopeCache;
}

/** A message in the spool: always in memory is what says where it lies and how far it has come, and no more. */
export class Held implements StoredMessage {
  readonly id: number;
  readonly size: number;
  readonly enteredAt: number;
  readonly large: LargeFile | undefined;
  state: MessageState;
  place: Place;
  /** The body of a small message while there is room for it in memory. */
  cached: Buffer | undefined;
  readonly #envelopes: EnvelopeCache;
  #envelope: Envelope | undefined;

  constructor({ id, size, enteredAt, state, place, large, envelopes }: HeldOptions) {
    this.id = id;
    this.size = size;
    this.enteredAt = enteredAt;
    this.large = large;
    this.state = state;
    this.place = place;
    this.cached = undefined;
    this.#envelopes = envelopes;
  }

  get envelope(): Envelope {
    return this.#envelope ?? this.#envelopes.of(this);
  }

  /** Keeps the envelope with the message; one that cannot be read is nobody's any more. */
  keepEnvelope(): void {
    try {
      this.#envelope = this.#envelopes.of(this);
    } catch {
      // The message is at its end, and whoever asks for the envelope is told why there is none.
    }
  }

  /** What the message takes of the memory, by measure of many. Unit: bytes. */
  get weight(): number {
    return 700 + 100 * this.state.recipients.length;
  }
}
