import type { QueueIntervals } from '../config.ts';
import type { Conclusions } from './conclusions.ts';
import { decideByAge } from './retry-schedule.ts';
import type { FileSpool } from './spool.ts';
import type { StoredMessage } from './stored-message.ts';
import type { Timers } from './timers.ts';
import { failed } from './verdict.ts';

/** What ages are judged with. */
export interface AgeSweepOptions {
  readonly spool: FileSpool;
  readonly conclusions: Conclusions;
  readonly intervals: QueueIntervals;
  readonly timeScale: number;
  readonly timers: Timers;
  /** The reply that a recipient waits for. */
  readonly whyWaiting: (message: StoredMessage, place: number) => string;
  /** Told of a message that could not be looked at. */
  readonly onFault: (message: StoredMessage, thrown: unknown) => void;
}

/** How often ages are looked at, at most and at least. Unit: milliseconds. */
const sweepEvery = { atLeast: 60_000, atMost: 100 };

/** So many messages are told of in one go; the rest waits a moment, so that mail goes on meanwhile. */
const mostAtOnce = 500;

/** Looks at the ages of all messages again and again, tells of delays, and ends what has waited too long. */
export class AgeSweep {
  readonly #options: AgeSweepOptions;

  constructor(options: AgeSweepOptions) {
    this.#options = options;
  }

  start(): void {
    const { intervals, timeScale } = this.#options;
    // Short intervals, as a rehearsal has them, are looked at more often.
    const often = (intervals.delayNotificationTimeout * 1000) / timeScale / 8;
    this.#again(Math.max(sweepEvery.atMost, Math.min(sweepEvery.atLeast, often)));
  }

  #again(interval: number): void {
    const { timers, spool } = this.#options;
    const run = (): void => {
      const outcome = this.sweep();
      // Told in pieces, the next one comes soon; how late it is, the disk learns once for all of them.
      if (outcome === 'done') void spool.time.save();
      timers.after(outcome === 'done' ? interval : sweepEvery.atMost, run);
    };
    timers.after(interval, run);
  }

  /** Looks at all messages: their order in the spool says nothing about their age once they were carried forward. */
  sweep(): 'done' | 'more to do' {
    const { spool, intervals, timeScale, onFault } = this.#options;
    const now = spool.time.now();
    let told = 0;
    for (const message of spool.messages()) {
      const { poison, suspended } = message.state;
      // Poison never expires, and what an administrator holds back is the administrator's. Source: EXCH poison message queue.
      if (poison !== undefined || suspended === true) continue;
      const decision = decideByAge(intervals, (now - message.enteredAt) * timeScale);
      if (decision === 'wait') continue;
      try {
        told += decision === 'expire' ? this.#expire(message) : this.#tellOfDelay(message);
      } catch (thrown) {
        onFault(message, thrown);
      }
      if (told >= mostAtOnce) return 'more to do';
    }
    return 'done';
  }

  #expire(message: StoredMessage): number {
    const { conclusions } = this.#options;
    const reply = '550 4.4.7 QUEUE.Expired; message expired';
    const places = conclusions.idlePlaces(message);
    conclusions.conclude(
      message,
      places.map((place) => ({ ...failed(place, reply), ending: 'expired' })),
    );
    return places.length;
  }

  #tellOfDelay(message: StoredMessage): number {
    const { conclusions, whyWaiting } = this.#options;
    return conclusions.tellOfDelay(message, (place) => whyWaiting(message, place));
  }
}
