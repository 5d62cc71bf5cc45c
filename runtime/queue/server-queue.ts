import type { TransportConfig } from '../config.ts';
import { AgeSweep } from './age-sweep.ts';
import type { AttemptMark } from './attempt-mark.ts';
import type { BadMail } from './bad-mail.ts';
import { Conclusions } from './conclusions.ts';
import { HopQueues, type HopQueuesOptions } from './hop-queues.ts';
import { domainOfPath, makeRouter, type Route, type Router } from './route.ts';
import type { StoredMessage } from './stored-message.ts';
import { Timers } from './timers.ts';
import { failed, openPlaces, pathsOf } from './verdict.ts';

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

/** So many messages are looked at in one go, so that mail goes on while a long queue is taken up. */
const mostAtOnce = 500;

/**
 * The queue of one server: each message goes into the queues of its next hops, comes back with what they said, and stays
 * until every recipient has come to an end.
 */
export class ServerQueue {
  readonly #options: ServerQueueOptions;
  readonly #route: Router;
  readonly #conclusions: Conclusions;
  readonly #hops: HopQueues;
  readonly #timers: Timers;
  readonly #sweep: AgeSweep;
  #inbox: StoredMessage[] = [];
  readonly #unreachable = new Set<number>();
  #state: 'running' | 'stopping' = 'running';

  constructor(options: ServerQueueOptions) {
    const { config, server, intervals, timeScale, clock } = options;
    const again = (message: StoredMessage, places: readonly number[]): void =>
      this.#categorizeLater(message, places);
    const onCrash = (message: StoredMessage, thrown: unknown): void => this.#crashed(message, thrown);
    this.#options = options;
    this.#route = makeRouter(config, server);
    this.#timers = new Timers(clock);
    const retryPeriod = (intervals.messageExpirationTimeout * 1000) / timeScale;
    const conclusions = new Conclusions({ ...options, retryPeriod, again });
    this.#conclusions = conclusions;
    this.#hops = new HopQueues({ ...options, conclusions, again, onCrash });
    this.#sweep = new AgeSweep({
      ...options,
      conclusions,
      timers: this.#timers,
      whyWaiting: (message, place) => this.#whyWaiting(message, place),
      onFault: onCrash,
    });
  }

  /** Takes up what the spool holds, and what comes into it from now on. */
  start(): void {
    const { spool, attempt } = this.#options;
    const suspect = attempt.left === undefined ? undefined : spool.get(attempt.left);
    attempt.clear();
    if (suspect !== undefined) {
      this.#conclusions.crashed(suspect, new Error('the process ended while it looked at the message'));
    }
    for (const message of spool.messages()) this.#inbox.push(message);
    this.#categorizeAll();
    spool.onCommitted = (message) => {
      // The client hears 250 first; what has come by then is looked at together.
      if (this.#inbox.push(message) === 1) setImmediate(() => this.#categorizeAll());
    };
    this.#sweep.start();
  }

  counts(): QueueCounts {
    const { spool } = this.#options;
    let active = this.#conclusions.busy;
    let retry = 0;
    for (const [, queue] of this.#hops.all()) {
      if (queue.isRetrying) retry += queue.length;
      else active += queue.length;
    }
    for (const id of this.#unreachable) if (spool.get(id) === undefined) this.#unreachable.delete(id);
    return {
      messages: spool.size,
      active,
      retry,
      unreachable: this.#unreachable.size,
      poison: [...spool.messages()].filter(({ state }) => state.poison !== undefined).length,
    };
  }

  /** Finishes what is under way, then breaks off the rest, which comes again. Unit: milliseconds. */
  async stop(within: number): Promise<void> {
    this.#state = 'stopping';
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

  #categorizeAll(): void {
    // What comes now is on the disk, and the next start takes it up.
    if (this.#state === 'stopping') return;
    const { attempt } = this.#options;
    const [now, later] = [this.#inbox.slice(0, mostAtOnce), this.#inbox.slice(mostAtOnce)];
    this.#inbox = later;
    for (const message of now) this.#categorize(message, openPlaces(message));
    attempt.clear();
    if (later.length > 0) setImmediate(() => this.#categorizeAll());
  }

  #categorize(message: StoredMessage, places: readonly number[]): void {
    const { poison, suspended } = message.state;
    if (poison !== undefined || suspended === true) return;
    this.#options.attempt.set(message.id);
    try {
      const groups = new Map<string, { readonly route: Route; readonly places: number[] }>();
      for (const place of places) {
        const route = this.#routeOf(message, place);
        const group = groups.get(route.key);
        if (group === undefined) groups.set(route.key, { route, places: [place] });
        else group.places.push(place);
      }
      for (const group of groups.values()) this.#send(message, group.places, group.route);
    } catch (thrown) {
      this.#crashed(message, thrown);
    }
  }

  #routeOf(message: StoredMessage, place: number): Route {
    const { forwardPath } = message.envelope.recipients[place] ?? { forwardPath: '' };
    return this.#route(domainOfPath(this.#options.config, forwardPath), message.size);
  }

  #send(message: StoredMessage, places: readonly number[], { key, hop }: Route): void {
    const { spool, log } = this.#options;
    switch (hop.kind) {
      case 'unreachable': {
        const reply = `451 4.4.0 Unreachable: ${hop.reason}`;
        this.#unreachable.add(message.id);
        spool.change(message, { kind: 'deferred', recipients: places, reply });
        log('warning', 'message unreachable', {
          message: message.id,
          recipients: pathsOf(message, places),
          reply,
        });
        return;
      }
      case 'too large': {
        const reply = '550 5.3.4 ROUTING.SizeLimit; message size exceeds fixed maximum size for route';
        this.#conclusions.conclude(
          message,
          places.map((place) => failed(place, reply)),
        );
        return;
      }
      default:
        this.#hops.push(key, hop, { message, places });
    }
  }

  #categorizeLater(message: StoredMessage, places: readonly number[]): void {
    const { intervals, timeScale, attempt } = this.#options;
    this.#timers.after((intervals.messageRetryInterval * 1000) / timeScale, () => {
      const open = this.#conclusions.idlePlaces(message).filter((place) => places.includes(place));
      if (open.length > 0) this.#categorize(message, open);
      attempt.clear();
    });
  }

  #crashed(message: StoredMessage, thrown: unknown): void {
    if (this.#conclusions.crashed(message, thrown) === 'poison') return;
    this.#categorizeLater(message, openPlaces(message));
  }

  #whyWaiting(message: StoredMessage, place: number): string {
    const own = message.state.recipients[place]?.lastReply;
    const { key } = this.#routeOf(message, place);
    return own ?? this.#hops.get(key)?.lastReply ?? '451 4.4.0 The message waits in the queue';
  }
}
