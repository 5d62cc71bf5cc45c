import type { Carrier, CarrierSession, Opening } from '../client/carrier.ts';
import type { ParcelOutcome } from '../client/deliver.ts';
import type { Clock } from '../clock.ts';
import type { QueueIntervals, SendConnector, Server, TransportConfig } from '../config.ts';
import type { NextHop } from '../decide/next-hop.ts';
import type { Log } from '../log.ts';
import type { AttemptMark } from './attempt-mark.ts';
import { Conclusions } from './conclusions.ts';
import type { ConnectionSlots } from './connection-slots.ts';
import { applyErrorPolicies } from './error-policy.ts';
import { HopQueue } from './hop-queue.ts';
import { QueueParcel, type Boundary, type Waiting } from './parcel.ts';
import { decideByAge, queueRetryDelay } from './retry-schedule.ts';
import { domainOfPath, makeRouter, type Route, type Router } from './route.ts';
import type { FileSpool } from './spool.ts';
import type { StoredMessage } from './stored-message.ts';
import { failed, openPlaces, pathsOf, verdictOn, type Verdict } from './verdict.ts';

/** A next hop that something can be brought to. */
export type ReachableHop = Extract<NextHop, { kind: 'delivery' | 'connector' | 'servers' }>;

/** What the queue of one server is made with. */
export interface ServerQueueOptions {
  readonly config: TransportConfig;
  readonly server: Server;
  readonly spool: FileSpool;
  readonly attempt: AttemptMark;
  readonly intervals: QueueIntervals;
  /** By how much the intervals are shortened; 1 in earnest. */
  readonly timeScale: number;
  readonly slots: ConnectionSlots;
  readonly clock: Clock;
  readonly log: Log;
  readonly carrierFor: (hop: ReachableHop) => Carrier;
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

/** How often ages are looked at, at most and at least. Unit: milliseconds. */
const sweepEvery = { atLeast: 60_000, atMost: 100 };

/**
 * The queue of one server: each message goes into the queues of its next hops, comes back with what they said, and stays
 * until every recipient has come to an end.
 */
export class ServerQueue {
  readonly #options: ServerQueueOptions;
  readonly #route: Router;
  readonly #conclusions: Conclusions;
  readonly #hops = new Map<string, HopQueue<Waiting>>();
  readonly #inbox: StoredMessage[] = [];
  readonly #cancels = new Set<() => void>();
  readonly #unreachable = new Set<number>();
  #state: 'running' | 'stopping' = 'running';

  constructor(options: ServerQueueOptions) {
    const { config, server, intervals, timeScale } = options;
    this.#options = options;
    this.#route = makeRouter(config, server);
    this.#conclusions = new Conclusions({
      ...options,
      retryPeriod: (intervals.messageExpirationTimeout * 1000) / timeScale,
      again: (message, places) => this.#categorizeLater(message, places),
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
    this.#sweepLater();
  }

  counts(): QueueCounts {
    const { spool } = this.#options;
    const queues = [...this.#hops.values()];
    const sum = (some: readonly HopQueue<Waiting>[]): number =>
      some.reduce((all, { length }) => all + length, 0);
    return {
      messages: spool.size,
      active: sum(queues.filter((queue) => !queue.isRetrying)) + this.#conclusions.busy,
      retry: sum(queues.filter((queue) => queue.isRetrying)),
      unreachable: [...this.#unreachable].filter((id) => spool.get(id) !== undefined).length,
      poison: [...spool.messages()].filter(({ state }) => state.poison !== undefined).length,
    };
  }

  /** Finishes what is under way, then breaks off the rest, which comes again. Unit: milliseconds. */
  async stop(within: number): Promise<void> {
    this.#state = 'stopping';
    for (const cancel of this.#cancels) cancel();
    const queues = [...this.#hops.values()];
    const finished = Promise.all(queues.map((queue) => queue.finish()));
    const over = new Promise<'over'>(
      (resolve) => void this.#options.clock.after(within, () => resolve('over')),
    );
    if ((await Promise.race([finished, over])) === 'over') for (const queue of queues) queue.breakOff();
    // What is broken off comes to its end at once, and must find the spool open.
    await finished;
    await this.#conclusions.finish();
  }

  #categorizeAll(): void {
    // What comes now is on the disk, and the next start takes it up.
    if (this.#state === 'stopping') return;
    for (const message of this.#inbox.splice(0)) {
      if (message.state.poison === undefined) this.#categorize(message, openPlaces(message));
    }
    this.#options.attempt.clear();
  }

  #categorize(message: StoredMessage, places: readonly number[]): void {
    this.#options.attempt.set(message.id);
    try {
      const groups = new Map<string, { readonly route: Route; readonly places: number[] }>();
      for (const place of places) {
        const { forwardPath } = message.envelope.recipients[place] ?? { forwardPath: '' };
        const route = this.#route(domainOfPath(this.#options.config, forwardPath), message.size);
        const group = groups.get(route.key);
        if (group === undefined) groups.set(route.key, { route, places: [place] });
        else group.places.push(place);
      }
      for (const group of groups.values()) this.#send(message, group.places, group.route);
    } catch (thrown) {
      this.#crashed(message, thrown);
    }
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
        this.#hopQueue(key, hop).push({ message, places });
    }
  }

  #hopQueue(key: string, hop: ReachableHop): HopQueue<Waiting> {
    const known = this.#hops.get(key);
    if (known !== undefined) return known;
    const { clock, slots, intervals, timeScale, carrierFor, log, server } = this.#options;
    const connector = hop.kind === 'connector' ? hop.connector : undefined;
    const boundary: Boundary = hop.kind === 'connector' ? 'leaves' : 'stays inside';
    const queue: HopQueue<Waiting> = new HopQueue({
      carrier: carrierFor(hop),
      clock,
      slots,
      retryDelay: (failures) => (queueRetryDelay(intervals, failures) * 1000) / timeScale,
      load: (waiting) => this.#load(waiting, boundary),
      settle: (waiting, outcome, session) => this.#settle(waiting, outcome, { session, connector, queue }),
      onRefused: (waiting, opening) => this.#notReached(waiting, opening, connector),
      onRetry: (reply, failures, delay) =>
        log('warning', 'queue waits', {
          server: server.name,
          queue: key,
          reply,
          failures,
          seconds: delay / 1000,
        }),
      onFault: (thrown) =>
        log('error', 'queue faulted', { server: server.name, queue: key, reason: String(thrown) }),
      onEmpty: () => {
        if (this.#hops.get(key) === queue) this.#hops.delete(key);
      },
    });
    this.#hops.set(key, queue);
    return queue;
  }

  async #load(waiting: Waiting, boundary: Boundary): Promise<QueueParcel | undefined> {
    const { message } = waiting;
    const { spool } = this.#options;
    const places = waiting.places.filter((place) => message.state.recipients[place]?.ended === undefined);
    if (places.length === 0 || message.state.poison !== undefined) return undefined;
    this.#conclusions.occupy(message, places);
    try {
      const bytes = spool.bytesInMemory(message) ?? (await spool.bytesOf(message));
      return new QueueParcel({ message, places }, places, bytes, spool.options.disk, boundary);
    } catch (thrown) {
      this.#conclusions.free(message, places);
      this.#crashed(message, thrown);
      return undefined;
    }
  }

  #settle(
    { message, places }: Waiting,
    outcome: ParcelOutcome,
    by: {
      readonly session: CarrierSession;
      readonly connector: SendConnector | undefined;
      readonly queue: HopQueue<Waiting>;
    },
  ): void {
    this.#conclusions.free(message, places);
    if (outcome.kind === 'interrupted') {
      by.queue.push({ message, places });
      return;
    }
    if (outcome.kind === 'unreadable') {
      this.#crashed(message, outcome.error);
      return;
    }
    const verdicts: Verdict[] = [];
    const waiting: number[] = [];
    for (const recipient of outcome.recipients) {
      const verdict = verdictOn(recipient, by.session.remoteServer, by.connector);
      if (verdict !== 'wait') verdicts.push(verdict);
      else {
        waiting.push(recipient.place);
        this.#putOff(message, recipient.place, recipient.reply);
      }
    }
    if (waiting.length > 0) this.#categorizeLater(message, waiting);
    this.#conclusions.conclude(message, verdicts);
  }

  #notReached(
    waiting: readonly Waiting[],
    { reply, from, kind }: Exclude<Opening, { kind: 'open' }>,
    connector: SendConnector | undefined,
  ): 'ended' | 'put off' {
    if (applyErrorPolicies(connector?.errorPolicies ?? [], kind, reply, from) === 'put off') return 'put off';
    for (const { message, places } of waiting) {
      const open = openPlaces(message).filter((place) => places.includes(place));
      this.#conclusions.conclude(
        message,
        open.map((place) => failed(place, reply)),
      );
    }
    return 'ended';
  }

  /** The next hop put off one message, which is no trouble of the others. */
  #putOff(message: StoredMessage, place: number, reply: string): void {
    const { spool, log } = this.#options;
    spool.change(message, { kind: 'deferred', recipients: [place], reply });
    log('warning', 'message put off', { message: message.id, recipients: pathsOf(message, [place]), reply });
  }

  #categorizeLater(message: StoredMessage, places: readonly number[]): void {
    const { intervals, timeScale, attempt } = this.#options;
    this.#after((intervals.messageRetryInterval * 1000) / timeScale, () => {
      const open = this.#conclusions.idlePlaces(message).filter((place) => places.includes(place));
      if (message.state.poison === undefined && open.length > 0) this.#categorize(message, open);
      attempt.clear();
    });
  }

  #crashed(message: StoredMessage, thrown: unknown): void {
    if (this.#conclusions.crashed(message, thrown) === 'poison') return;
    this.#categorizeLater(message, openPlaces(message));
  }

  /** Looks at the ages of all messages: a clock that was wrong for a while leaves them in no order. */
  #sweep(): void {
    const { spool, clock, intervals, timeScale } = this.#options;
    for (const message of spool.messages()) {
      const decision = decideByAge(intervals, (clock.now() - message.envelope.receivedAt) * timeScale);
      if (decision === 'wait' || message.state.poison !== undefined) continue;
      if (decision === 'tell of delay') {
        this.#conclusions.tellOfDelay(message, (place) => this.#whyWaiting(message, place));
        continue;
      }
      const reply = '550 4.4.7 QUEUE.Expired; message expired';
      const places = this.#conclusions.idlePlaces(message);
      this.#conclusions.conclude(
        message,
        places.map((place) => ({ ...failed(place, reply), ending: 'expired' })),
      );
    }
  }

  #whyWaiting(message: StoredMessage, place: number): string {
    const { forwardPath } = message.envelope.recipients[place] ?? { forwardPath: '' };
    const { key } = this.#route(domainOfPath(this.#options.config, forwardPath), message.size);
    const own = message.state.recipients[place]?.lastReply;
    return own ?? this.#hops.get(key)?.lastReply ?? '451 4.4.0 The message waits in the queue';
  }

  #sweepLater(): void {
    const { intervals, timeScale } = this.#options;
    // Short intervals, as a rehearsal has them, are looked at more often.
    const often = (intervals.delayNotificationTimeout * 1000) / timeScale / 8;
    this.#after(Math.max(sweepEvery.atMost, Math.min(sweepEvery.atLeast, often)), () => {
      this.#sweep();
      this.#sweepLater();
    });
  }

  #after(delay: number, run: () => void): void {
    if (this.#state === 'stopping') return;
    const cancel = this.#options.clock.after(delay, () => {
      this.#cancels.delete(cancel);
      run();
    });
    this.#cancels.add(cancel);
  }
}
