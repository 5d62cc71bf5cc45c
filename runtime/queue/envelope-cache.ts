import type { Envelope } from '../message.ts';
import type { Held } from './held.ts';

/** An envelope, and how long its text is. */
export interface SizedEnvelope {
  readonly envelope: Envelope;
  /** Unit: bytes. */
  readonly length: number;
}

/** Keeps the envelopes of the newest messages in memory; those of others are read back when they are needed. */
export class EnvelopeCache {
  readonly #most: number;
  readonly #read: (held: Held) => SizedEnvelope;
  readonly #known = new Map<number, SizedEnvelope>();
  #length = 0;

  /** Unit of `most`: bytes. */
  constructor(most: number, read: (held: Held) => SizedEnvelope) {
    this.#most = most;
    this.#read = read;
  }

  /** How many envelopes are in memory. */
  get size(): number {
    return this.#known.size;
  }

  /** The envelope of a message. Fails: throws where the disk does, or where the record is damaged. */
  of(held: Held): Envelope {
    const known = this.#known.get(held.id);
    if (known !== undefined) return known.envelope;
    const read = this.#read(held);
    this.keep(held.id, read);
    return read.envelope;
  }

  keep(id: number, sized: SizedEnvelope): void {
    this.forget(id);
    this.#known.set(id, sized);
    this.#length += sized.length;
    for (const [oldest] of this.#known) {
      if (this.#length <= this.#most) return;
      this.forget(oldest);
    }
  }

  forget(id: number): void {
    const known = this.#known.get(id);
    if (known === undefined) return;
    this.#known.delete(id);
    this.#length -= known.length;
  }
}
