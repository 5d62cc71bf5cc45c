import type { Carrier, CarrierSession, Opening } from '../client/carrier.ts';
import type { Parcel, ParcelOutcome } from '../client/deliver.ts';
import type { Clock } from '../clock.ts';
import type { ConnectionSlots } from './connection-slots.ts';
import { Fifo } from './fifo.ts';
import { HopGate } from './hop-gate.ts';
import { IdleSessions } from './idle-sessions.ts';

/** A parcel of what waited, where something of it is left to deliver. */
type Loaded<T> = (Parcel & { readonly waited: T }) | undefined;

/** What a hop queue needs from the queue of its server. */
export interface HopQueueOptions<T> {
  readonly carrier: Carrier;
  readonly clock: Clock;
  readonly slots: ConnectionSlots;
  /** Unit: milliseconds. */
  readonly retryDelay: (failures: number) => number;
  /** Makes a parcel of what waited; undefined where nothing of it is left to deliver. */
  readonly load: (waiting: T) => Loaded<T> | Promise<Loaded<T>>;
  readonly settle: (waited: T, outcome: ParcelOutcome, session: CarrierSession) => void;
  /** Told where the next hop refuses all mail, or cannot be reached for now. */
  readonly onRefused: (
    waited: readonly T[],
    opening: Exclude<Opening, { kind: 'open' }>,
  ) => 'ended' | 'put off';
  readonly onRetry: (reply: string, failures: number, delay: number) => void;
  /** Told of what should never happen; the queue then waits as if the next hop could not be reached. */
  readonly onFault: (thrown: unknown) => void;
  /** Told when nothing is left, neither mail nor session. */
  readonly onEmpty: () => void;
}

/** Connections to one next hop. Source: EXCH Set-TransportService -MaxPerDomainOutboundConnections. */
const mostSessions = 20;
/** One more session for so many waiting messages, as Exchange opens them. */
const messagesPerSession = 20;

/**
 * Mail for one next hop, and the sessions that carry it.
 *
 * A session that has nothing to carry is kept open for a while and used again. Where the next hop cannot be reached the
 * whole queue waits, longer each time; what a server says about one message is the message's own affair.
 */
export class HopQueue<T> {
  /** Whether mail may go now. */
  readonly gate: HopGate;
  readonly #options: HopQueueOptions<T>;
  readonly #waiting = new Fifo<T>();
  readonly #idle: IdleSessions;
  readonly #sessions = new Set<CarrierSession>();
  readonly #workers = new Set<Promise<void>>();
  #waitsForSlot = false;
  readonly #stop = new AbortController();

  constructor(options: HopQueueOptions<T>) {
    this.#options = options;
    const { clock, slots, carrier } = options;
    this.gate = new HopGate({ ...options, onOpen: () => this.#pump() });
    this.#idle = new IdleSessions({ clock, slots, keepOpen: carrier.keepOpen });
  }

  get length(): number {
    return this.#waiting.length;
  }

  /** All that waits, the first one first. */
  waiting(): readonly T[] {
    return this.#waiting.all();
  }

  push(item: T): void {
    this.#waiting.push(item);
    this.#pump();
  }

  get #isStopping(): boolean {
    return this.#stop.signal.aborted;
  }

  /** Lets the messages under way come to their end; sessions that are not open yet are given up. */
  async finish(): Promise<void> {
    this.#stop.abort();
    this.gate.close();
    this.#idle.end();
    await Promise.all(this.#workers);
  }

  /** Breaks off what is under way. */
  breakOff(): void {
    for (const session of this.#sessions) session.breakOff();
  }

  #pump(): void {
    if (!this.gate.isOpen || this.#waiting.length === 0) return;
    if (this.#idle.wakeOne() === 'woken') return;
    const wanted = Math.min(mostSessions, 1 + Math.floor(this.#waiting.length / messagesPerSession));
    while (this.#workers.size < wanted) {
      if (!this.#options.slots.take()) {
        this.#waitForSlot();
        return;
      }
      const worker = this.#work()
        .catch((thrown: unknown) => {
          this.#options.onFault(thrown);
          this.gate.failed('451 4.3.0 Temporary server error');
        })
        .finally(() => {
          this.#workers.delete(worker);
          this.#options.slots.release();
          this.#pump();
          if (this.#workers.size === 0 && this.#waiting.length === 0) this.#options.onEmpty();
        });
      this.#workers.add(worker);
    }
  }

  #waitForSlot(): void {
    if (this.#waitsForSlot) return;
    this.#waitsForSlot = true;
    this.#options.slots.whenFree(() => {
      this.#waitsForSlot = false;
      this.#pump();
    });
  }

  async #work(): Promise<void> {
    const opening = await this.#options.carrier.open(this.#stop.signal);
    if (opening.kind !== 'open') {
      this.#notOpened(opening);
      return;
    }
    const { session } = opening;
    this.#sessions.add(session);
    try {
      await this.#use(session);
    } finally {
      this.#sessions.delete(session);
      session.close();
    }
  }

  async #use(session: CarrierSession): Promise<void> {
    let answered = 0;
    let interruption: string | undefined;
    for (;;) {
      answered += await session.carry<Parcel & { readonly waited: T }>({
        take: () => this.#take(),
        settle: (parcel, outcome) => {
          if (outcome.kind === 'interrupted') interruption = outcome.reply;
          this.#options.settle(parcel.waited, outcome, session);
        },
      });
      if (answered > 0) this.gate.worked();
      if (!session.isOpen) {
        // A server that takes nothing at all is as good as one that cannot be reached.
        if (answered === 0 && interruption !== undefined) this.gate.failed(interruption);
        return;
      }
      if (session.left <= 0 || this.#isStopping) return;
      if (this.#waiting.length > 0 && this.gate.isOpen) continue;
      if ((await this.#idle.wait(session)) === 'over') return;
    }
  }

  #take(): Loaded<T> | Promise<Loaded<T>> {
    while (this.gate.isOpen) {
      const item = this.#waiting.shift();
      if (item === undefined) return undefined;
      const loaded = this.#options.load(item);
      // Most messages are in memory, and then nothing is to be waited for.
      if (loaded instanceof Promise) return loaded.then((parcel) => parcel ?? this.#take());
      if (loaded !== undefined) return loaded;
    }
    return undefined;
  }

  #notOpened(opening: Exclude<Opening, { kind: 'open' }>): void {
    const waiting: T[] = [];
    for (let item = this.#waiting.shift(); item !== undefined; item = this.#waiting.shift())
      waiting.push(item);
    if (this.#options.onRefused(waiting, opening) === 'ended') return;
    for (const item of waiting) this.#waiting.push(item);
    this.gate.failed(opening.reply);
  }
}
