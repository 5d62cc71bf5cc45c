import type { TransportConfig } from '../config.ts';
import { AgeSweep } from './age-sweep.ts';
import type { AttemptMark } from './attempt-mark.ts';
import type { BadMail } from './bad-mail.ts';
import { Categorizer } from './categorizer.ts';
import { Conclusions } from './conclusions.ts';
import { Desk } from './desk.ts';
import { HopQueues, type HopQueuesOptions, type HopState } from './hop-queues.ts';
import type { QueueAnswer, QueueRequest } from './queue-request.ts';
import type { StoredMessage } from './stored-message.ts';
import { Timers } from './timers.ts';

/** What the queue of one server is made with. */
export interface ServerQueueOptions extends Omit<HopQueuesOptions, 'conclusions' | 'again' | 'onCrash'> {
  readonly config: TransportConfig;
  readonly attempt: AttemptMark;
  readonly badMail: BadMail;
}

/** How many messages a server holds, by what they wait for; one with several next hops counts for each of them. */
export interface QueueCounts {
  readonly messages: number;
  /** Waiting for a session, or on one. */
  readonly active: number;
  /** In a queue whose next hop cannot be reached. */
  readonly retry: number;
  readonly unreachable: number;
  readonly poison: number;
}

/**
 * The queue of one server: each message goes into the queues of its next hops, comes back with what they said, and stays
 * until every recipient has come to an end.
 */
export class ServerQueue {
  readonly #options: ServerQueueOptions;
  readonly #conclusions: Conclusions;
  readonly #hops: HopQueues;
  readonly #categorizer: Categorizer;
  readonly #timers: Timers;
  readonly #sweep: AgeSweep;
  readonly #desk: Desk;

  constructor(options: ServerQueueOptions) {
    const { intervals, timeScale, clock } = options;
    const timers = new Timers(clock);
    const again = (message: StoredMessage, places: readonly number[]): void =>
      this.#categorizer.later(message, places);
    const onCrash = (message: StoredMessage, thrown: unknown): void =>
      this.#categorizer.crashed(message, thrown);
    const retryPeriod = (intervals.messageExpirationTimeout * 1000) / timeScale;
    const conclusions = new Conclusions({ ...options, retryPeriod, again });
    const hops = new HopQueues({ ...options, conclusions, again, onCrash });
    this.#options = options;
    this.#timers = timers;
    this.#conclusions = conclusions;
    this.#hops = hops;
    this.#categorizer = new Categorizer({ ...options, conclusions, hops, timers });
    this.#sweep = new AgeSweep({
      ...options,
      conclusions,
      timers,
      whyWaiting: (message, place) => this.#whyWaiting(message, place),
      onFault: onCrash,
    });
    this.#desk = new Desk({ ...options, conclusions, hops, categorizer: this.#categorizer });
  }

  /** Takes up what the spool holds, and what comes into it from now on. */
  start(): void {
    const { spool, attempt } = this.#options;
    const suspect = attempt.left === undefined ? undefined : spool.get(attempt.left);
    attempt.clear();
    if (suspect !== undefined) {
      this.#conclusions.crashed(suspect, new Error('the process ended while it looked at the message'));
    }
    this.#categorizer.start(spool.messages());
    spool.onCommitted = (message) => this.#categorizer.add(message);
    this.#sweep.start();
  }

  counts(): QueueCounts {
    const { spool } = this.#options;
    let active = this.#conclusions.busy;
    let retry = 0;
    for (const [, { length, gate }] of this.#hops.all()) {
      if (gate.retryAt === undefined) active += length;
      else retry += length;
    }
    let poison = 0;
    for (const { state } of spool.messages()) if (state.poison !== undefined) poison += 1;
    return { messages: spool.size, active, retry, unreachable: this.#categorizer.unreachable, poison };
  }

  /** How the queue of each next hop stands. */
  hops(): readonly HopState[] {
    return this.#hops.states();
  }

  /** Does what an administrator asks, whether the queue runs or not. Fails: rejects with the disk's error. */
  answer(request: QueueRequest): Promise<QueueAnswer> {
    return this.#desk.answer(request);
  }

  /** Finishes what is under way, then breaks off the rest, which comes again. Unit: milliseconds. */
  async stop(within: number): Promise<void> {
    this.#categorizer.stop();
    this.#timers.stop();
    const finished = this.#hops.finish();
    const over = new Promise<'over'>(
      (resolve) => void this.#options.clock.after(within, () => resolve('over')),
    );
    if ((await Promise.race([finished, over])) === 'over') this.#hops.breakOff();
    // What is broken off comes to its end at once, and must find the spool open.
    await finished;
    await this.#conclusions.finish();
  }

  #whyWaiting(message: StoredMessage, place: number): string {
    const own = message.state.recipients[place]?.lastReply;
    const gate = this.#hops.get(this.#categorizer.keyOf(message, place))?.gate;
    return own ?? gate?.lastReply ?? '451 4.4.0 The message waits in the queue';
  }
}
