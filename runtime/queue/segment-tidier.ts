import type { Held } from './held.ts';
import type { HeldMessages } from './held-messages.ts';
import { CorruptMessage } from './message-bytes.ts';
import { recordText } from './record-text.ts';
import type { SegmentLog } from './segment-log.ts';
import type { Segment } from './segment.ts';

/** What a tidier works on. */
export interface SegmentTidierOptions {
  readonly log: SegmentLog;
  readonly held: HeldMessages;
  /** How much room the log may take beyond twice what is open. Unit: bytes. */
  readonly spare: number;
  readonly onFault: (error: unknown) => void;
}

/** Removes what the log no longer needs. */
export class SegmentTidier {
  readonly #options: SegmentTidierOptions;
  #tidying: Promise<void> | undefined;
  #isStopped = false;

  constructor(options: SegmentTidierOptions) {
    this.#options = options;
  }

  tidy(): void {
    if (this.#isStopped) return;
    this.#tidying ??= this.#removeSegments()
      .catch((error: unknown) => this.#options.onFault(error))
      .finally(() => (this.#tidying = undefined));
  }

  /** Begins nothing new, and waits for what is under way. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    await this.#tidying;
  }

  /**
   * Removes segments from the oldest on, as long as they hold nothing open; a change never outlives the message that it
   * is about that way. A few messages that stay long are carried forward, so that they do not hold back the rest.
   */
  async #removeSegments(): Promise<void> {
    const { log, spare } = this.#options;
    const { files } = log;
    const { all } = files;
    for (let [oldest] = all; oldest !== undefined && oldest !== files.current; [oldest] = all) {
      if (oldest.openMessages > 0) {
        const live = all.reduce((sum, { liveLength }) => sum + liveLength, 0);
        if (files.length <= 2 * live + spare) return;
        if ((await this.#carryForward(oldest)) === 'some stay') return;
        continue;
      }
      // Its file must not be closed, and its number given to another one, under somebody who reads.
      if (oldest.readers > 0) return;
      await files.removeOldest();
    }
  }

  /** Writes what is still open in a segment anew, at the end of the log; a damaged message stays where it is. */
  async #carryForward(segment: Segment): Promise<'all gone' | 'some stay'> {
    for (const held of [...this.#options.held.all()]) {
      if (held.place.segment === segment) await this.#carryOne(held);
    }
    return segment.openMessages === 0 ? 'all gone' : 'some stay';
  }

  async #carryOne(held: Held): Promise<void> {
    const { log, held: messages } = this.#options;
    try {
      const body = held.large === undefined ? await messages.readBody(held) : noBytes;
      // It may have come to its end while it was read.
      if (messages.get(held.id) === undefined) return;
      const { id, envelope, enteredAt, state, large } = held;
      const json = recordText({ envelope, at: enteredAt, state, ...(large && { large }) });
      const place = await log.append({ kind: 'message', id, json, body });
      // What changed while the record was on its way follows it in the log.
      if (messages.get(id) !== undefined) messages.move(held, place);
    } catch (thrown) {
      if (!(thrown instanceof CorruptMessage)) throw thrown;
      // Whoever delivers the message finds it damaged as well, and sets it aside.
    }
  }
}

const noBytes = Buffer.alloc(0);
