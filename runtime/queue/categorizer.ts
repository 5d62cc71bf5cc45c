import type { QueueIntervals, Server, TransportConfig } from '../config.ts';
import { tooLargeReply, unreachableReply } from '../decide/next-hop.ts';
import type { Log } from '../log.ts';
import type { Witness } from '../witness.ts';
import type { AttemptMark } from './attempt-mark.ts';
import type { Conclusions } from './conclusions.ts';
import type { HopQueues } from './hop-queues.ts';
import { domainOfPath, makeRouter, type Route, type Router } from './route.ts';
import type { FileSpool } from './spool.ts';
import type { StoredMessage } from './stored-message.ts';
import type { Timers } from './timers.ts';
import { trackedEvent } from './tracked.ts';
import { failed, openPlaces, pathsOf } from './verdict.ts';

/** What messages are given their queues with. */
export interface CategorizerOptions {
  readonly config: TransportConfig;
  readonly server: Server;
  readonly spool: FileSpool;
  readonly attempt: AttemptMark;
  readonly conclusions: Conclusions;
  readonly hops: HopQueues;
  readonly intervals: QueueIntervals;
  readonly timeScale: number;
  readonly timers: Timers;
  readonly log: Log;
  readonly witness?: Witness;
}

/** So many messages are looked at in one go, so that mail goes on while a long queue is taken up. */
const mostAtOnce = 500;

/** Gives each message to the queues of its next hops; what has no way waits in none of them. */
export class Categorizer {
  readonly #options: CategorizerOptions;
  readonly #route: Router;
  #inbox: StoredMessage[] = [];
  #state: 'not started' | 'running' | 'stopped' = 'not started';
  readonly #unreachable = new Set<number>();

  constructor(options: CategorizerOptions) {
    this.#options = options;
    this.#route = makeRouter(options.config, options.server);
  }

  get isRunning(): boolean {
    return this.#state === 'running';
  }

  /** How many messages have no way for some of their recipients. */
  get unreachable(): number {
    const { spool } = this.#options;
    for (const id of this.#unreachable) if (spool.get(id) === undefined) this.#unreachable.delete(id);
    return this.#unreachable.size;
  }

  /** Takes up what is there. */
  start(messages: Iterable<StoredMessage>): void {
    this.#state = 'running';
    for (const message of messages) this.#inbox.push(message);
    this.#takeInbox();
  }

  /** Takes nothing more: what comes now is on the disk, and the next start takes it up. */
  stop(): void {
    this.#state = 'stopped';
  }

  /** Takes a message that has just come; its client hears 250 first, and what has come by then is looked at together. */
  add(message: StoredMessage): void {
    if (this.#inbox.push(message) === 1) setImmediate(() => this.#takeInbox());
  }

  /** Looks at recipients again after the retry interval of a message. */
  later(message: StoredMessage, places: readonly number[]): void {
    const { intervals, timeScale, timers } = this.#options;
    timers.after((intervals.messageRetryInterval * 1000) / timeScale, () => this.now(message, places));
  }

  /** Looks at recipients at once, as far as nobody else is busy with them. */
  now(message: StoredMessage, places: readonly number[]): void {
    if (this.#state !== 'running') return;
    const { conclusions, attempt } = this.#options;
    const open = conclusions.idlePlaces(message).filter((place) => places.includes(place));
    if (open.length > 0) this.#categorize(message, open);
    attempt.clear();
  }

  /** Counts a crash against a message, and has it tried again unless it is poison. */
  crashed(message: StoredMessage, thrown: unknown): void {
    if (this.#options.conclusions.crashed(message, thrown) === 'poison') return;
    this.later(message, openPlaces(message));
  }

  /** The queue of one recipient. Fails: throws where the envelope cannot be read. */
  keyOf(message: StoredMessage, place: number): string {
    return this.#routeOf(message, place).key;
  }

  /** The queues of the recipients that wait; of poison it is `poison` alone, of a damaged message none. */
  keysOf(message: StoredMessage): readonly string[] {
    if (message.state.poison !== undefined) return ['poison'];
    try {
      return [...new Set(openPlaces(message).map((place) => this.keyOf(message, place)))];
    } catch {
      // Whoever tries to deliver it finds it damaged, and sets it aside.
      return [];
    }
  }

  #takeInbox(): void {
    if (this.#state !== 'running') return;
    const [now, later] = [this.#inbox.slice(0, mostAtOnce), this.#inbox.slice(mostAtOnce)];
    this.#inbox = later;
    for (const message of now) this.#categorize(message, openPlaces(message));
    this.#options.attempt.clear();
    if (later.length > 0) setImmediate(() => this.#takeInbox());
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
      this.crashed(message, thrown);
    }
  }

  #routeOf(message: StoredMessage, place: number): Route {
    const { forwardPath } = message.envelope.recipients[place] ?? { forwardPath: '' };
    return this.#route(domainOfPath(this.#options.config, forwardPath), message.size);
  }

  #send(message: StoredMessage, places: readonly number[], { key, hop }: Route): void {
    const { spool, log, conclusions, hops, server, witness } = this.#options;
    switch (hop.kind) {
      case 'unreachable': {
        const reply = unreachableReply(hop);
        this.#unreachable.add(message.id);
        // Looking at it again, as after a reload, is no news where the answer is the same.
        const told = places
          .filter((place) => message.state.recipients[place]?.lastReply !== reply)
          .map((place) => ({ place, reply }));
        spool.change(message, { kind: 'deferred', recipients: places, reply });
        log('warning', 'message unreachable', {
          message: message.id,
          recipients: pathsOf(message, places),
          reply,
        });
        if (told.length > 0)
          witness?.track(trackedEvent(server, message, told, { source: 'ROUTING', event: 'DEFER' }));
        return;
      }
      case 'too large': {
        conclusions.conclude(
          message,
          places.map((place) => failed(place, tooLargeReply)),
        );
        return;
      }
      default:
        hops.push(key, hop, { message, places });
    }
  }
}
