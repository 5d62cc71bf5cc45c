import type { Carrier, CarrierSession, Opening } from '../client/carrier.ts';
import type { ParcelOutcome } from '../client/deliver.ts';
import type { RecipientOutcome } from '../client/transaction-answer.ts';
import type { Clock } from '../clock.ts';
import type { QueueIntervals, SendConnector, Server } from '../config.ts';
import type { NextHop } from '../decide/next-hop.ts';
import type { Log } from '../log.ts';
import type { Witness } from '../witness.ts';
import type { Conclusions } from './conclusions.ts';
import type { ConnectionSlots } from './connection-slots.ts';
import { Deferrals, statusOf } from './deferrals.ts';
import { applyErrorPolicies } from './error-policy.ts';
import { HopQueue } from './hop-queue.ts';
import type { MessageBytes } from './message-bytes.ts';
import { QueueParcel, type Boundary, type Waiting } from './parcel.ts';
import { queueRetryDelay } from './retry-schedule.ts';
import type { FileSpool } from './spool.ts';
import type { StoredMessage } from './stored-message.ts';
import type { SuspendedQueues } from './suspended-queues.ts';
import { sentEvent, trackedEvent } from './tracked.ts';
import { failed, openPlaces, pathsOf, verdictOn, type Verdict } from './verdict.ts';

/** A next hop that something can be brought to. */
export type ReachableHop = Extract<NextHop, { kind: 'delivery' | 'connector' | 'servers' }>;

/** How the queue of one next hop stands. */
export interface HopState {
  readonly queue: string;
  readonly state: 'active' | 'retry' | 'suspended';
  /** Messages that wait; those on a session are not counted. */
  readonly length: number;
  /** What the next hop said last, where it was out of reach. */
  readonly lastReply?: string;
  /** Unit: seconds from now. */
  readonly retryIn?: number;
}

/** What the queues of one server share. */
export interface HopQueuesOptions {
  readonly server: Server;
  readonly spool: FileSpool;
  readonly suspended: SuspendedQueues;
  readonly conclusions: Conclusions;
  readonly intervals: QueueIntervals;
  /** By how much the intervals are shortened; 1 in earnest. */
  readonly timeScale: number;
  readonly slots: ConnectionSlots;
  readonly clock: Clock;
  readonly log: Log;
  readonly witness?: Witness;
  readonly carrierFor: (hop: ReachableHop) => Carrier;
  /** Looks at recipients again later. */
  readonly again: (message: StoredMessage, places: readonly number[]) => void;
  /** Told of a message whose processing went wrong. */
  readonly onCrash: (message: StoredMessage, thrown: unknown) => void;
}

/** The queues of one server, by next hop: what goes in comes back with what the next hop said. */
export class HopQueues {
  readonly #options: HopQueuesOptions;
  readonly #queues = new Map<string, HopQueue<Waiting>>();
  readonly #deferrals = new Map<string, Deferrals>();

  constructor(options: HopQueuesOptions) {
    this.#options = options;
  }

  get(key: string): HopQueue<Waiting> | undefined {
    return this.#queues.get(key);
  }

  all(): IterableIterator<[string, HopQueue<Waiting>]> {
    return this.#queues.entries();
  }

  states(): readonly HopState[] {
    const { suspended, clock } = this.#options;
    return [...this.#queues].map(
      ([
        queue,
        {
          length,
          gate: { retryAt, lastReply },
        },
      ]) => ({
        queue,
        state: suspended.has(queue) ? 'suspended' : retryAt === undefined ? 'active' : 'retry',
        length,
        ...(lastReply !== undefined && { lastReply }),
        ...(retryAt !== undefined && { retryIn: Math.max(0, Math.ceil((retryAt - clock.elapsed()) / 1000)) }),
      }),
    );
  }

  push(key: string, hop: ReachableHop, waiting: Waiting): void {
    const queue = this.#queues.get(key) ?? this.#make(key, hop);
    queue.push(waiting);
    const { retryAt, lastReply } = queue.gate;
    if (retryAt !== undefined && lastReply !== undefined) this.#deferrals.get(key)?.one(waiting, lastReply);
  }

  /** Lets the messages under way come to their end. */
  async finish(): Promise<void> {
    for (const deferrals of this.#deferrals.values()) deferrals.stop();
    await Promise.all([...this.#queues.values()].map((queue) => queue.finish()));
  }

  /** Breaks off what is under way. */
  breakOff(): void {
    for (const queue of this.#queues.values()) queue.breakOff();
  }

  #make(key: string, hop: ReachableHop): HopQueue<Waiting> {
    const { clock, slots, intervals, timeScale, carrierFor, log, server, suspended, witness } = this.#options;
    const connector = hop.kind === 'connector' ? hop.connector : undefined;
    const deferrals = new Deferrals({
      clock,
      stillWaits: () => queue.gate.retryAt !== undefined,
      tell: (waiting, reply) => this.#tellOfDeferral(waiting, reply, hop),
    });
    const boundary: Boundary = hop.kind === 'connector' ? 'leaves' : 'stays inside';
    const queue: HopQueue<Waiting> = new HopQueue({
      carrier: carrierFor(hop),
      clock,
      slots,
      retryDelay: (failures) => (queueRetryDelay(intervals, failures) * 1000) / timeScale,
      load: (waiting) => this.#load(waiting, boundary),
      settle: (waiting, outcome, session) => this.#settle(waiting, outcome, { session, connector, queue }),
      onRefused: (waiting, opening) => this.#notReached(waiting, opening, connector),
      onRetry: (reply, failures, delay) => {
        witness?.count({ kind: 'queue retry', server: server.name });
        log('warning', 'queue waits', {
          server: server.name,
          queue: key,
          reply,
          failures,
          seconds: delay / 1000,
        });
        deferrals.all(queue.waiting(), reply);
      },
      onFault: (thrown) =>
        log('error', 'queue faulted', { server: server.name, queue: key, reason: String(thrown) }),
      onEmpty: () => {
        if (this.#queues.get(key) !== queue) return;
        this.#queues.delete(key);
        this.#deferrals.delete(key);
      },
    });
    if (suspended.has(key)) queue.gate.suspend();
    this.#queues.set(key, queue);
    this.#deferrals.set(key, deferrals);
    return queue;
  }

  #load(waiting: Waiting, boundary: Boundary): QueueParcel | undefined | Promise<QueueParcel | undefined> {
    const { message } = waiting;
    const { spool, conclusions, onCrash } = this.#options;
    const { poison, suspended } = message.state;
    // It may stand in the queue twice, after somebody had it tried at once: only one of the two finds it idle.
    const places = conclusions.idlePlaces(message).filter((place) => waiting.places.includes(place));
    if (places.length === 0 || poison !== undefined || suspended === true) return undefined;
    conclusions.occupy(message, places);
    const parcelOf = (bytes: MessageBytes): QueueParcel =>
      new QueueParcel({ message, places }, places, bytes, spool.options.disk, boundary);
    const giveUp = (thrown: unknown): undefined => {
      conclusions.free(message, places);
      onCrash(message, thrown);
    };
    try {
      const bytes = spool.bytesInMemory(message);
      return bytes === undefined ? spool.bytesOf(message).then(parcelOf).catch(giveUp) : parcelOf(bytes);
    } catch (thrown) {
      return giveUp(thrown);
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
    const { conclusions, again, onCrash } = this.#options;
    conclusions.free(message, places);
    if (outcome.kind === 'interrupted') {
      by.queue.push({ message, places });
      return;
    }
    if (outcome.kind === 'unreadable') {
      onCrash(message, outcome.error);
      return;
    }
    this.#track(message, outcome.recipients, by.session);
    const verdicts: Verdict[] = [];
    const waiting: number[] = [];
    const news: RecipientOutcome[] = [];
    for (const recipient of outcome.recipients) {
      const verdict = verdictOn(recipient, by.session.remoteServer, by.connector);
      if (verdict !== 'wait') verdicts.push(verdict);
      else {
        waiting.push(recipient.place);
        if (isNews(message, recipient)) news.push(recipient);
        this.#putOff(message, recipient.place, recipient.reply);
      }
    }
    const { server, witness } = this.#options;
    if (news.length > 0)
      witness?.track(trackedEvent(server, message, news, { source: 'SMTP', event: 'DEFER' }));
    if (waiting.length > 0) again(message, waiting);
    conclusions.conclude(message, verdicts);
  }

  /** Tells that a message waits because its next hop is out of reach. */
  #tellOfDeferral({ message, places }: Waiting, reply: string, hop: ReachableHop): void {
    const { server, witness } = this.#options;
    const told = openPlaces(message)
      .filter((place) => places.includes(place))
      .map((place) => ({ place, reply }));
    if (told.length === 0) return;
    witness?.track(
      trackedEvent(server, message, told, {
        source: hop.kind === 'delivery' && hop.delivery?.kind !== 'smtp' ? 'STOREDRIVER' : 'SMTP',
        event: 'DEFER',
        ...(hop.kind === 'connector' && { connector: hop.connector.name }),
      }),
    );
  }

  #track(message: StoredMessage, outcomes: readonly RecipientOutcome[], session: CarrierSession): void {
    const { server, witness } = this.#options;
    const gone = outcomes.filter(({ kind }) => kind === 'delivered' || kind === 'relayed');
    if (gone.length > 0) witness?.track(sentEvent(server, message, gone, session));
  }

  #notReached(
    waiting: readonly Waiting[],
    { reply, from, kind }: Exclude<Opening, { kind: 'open' }>,
    connector: SendConnector | undefined,
  ): 'ended' | 'put off' {
    const { conclusions, onCrash } = this.#options;
    if (applyErrorPolicies(connector?.errorPolicies ?? [], kind, reply, from) === 'put off') return 'put off';
    for (const { message, places } of waiting) {
      const open = openPlaces(message).filter((place) => places.includes(place));
      try {
        conclusions.conclude(
          message,
          open.map((place) => failed(place, reply)),
        );
      } catch (thrown) {
        // A message that cannot be read must not take the others with it.
        onCrash(message, thrown);
      }
    }
    return 'ended';
  }

  /** The next hop put off one message, which is no trouble of the others. */
  #putOff(message: StoredMessage, place: number, reply: string): void {
    const { spool, log } = this.#options;
    spool.change(message, { kind: 'deferred', recipients: [place], reply });
    log('warning', 'message put off', { message: message.id, recipients: pathsOf(message, [place]), reply });
  }
}

/** Whether a recipient is put off for another reason than the last time. */
function isNews({ state }: StoredMessage, { place, reply }: RecipientOutcome): boolean {
  const before = state.recipients[place]?.lastReply;
  return before === undefined || statusOf(before) !== statusOf(reply);
}
