import type { Occurrence, Tracked, Witness } from '../witness.ts';
import { noWitness } from '../witness.ts';

/** Something that went wrong with a message. */
export interface MessageError {
  /** Unit: milliseconds since 1970. */
  readonly at: number;
  readonly server: string;
  readonly event: string;
  readonly id: number;
  readonly connector: string;
  /** Whom it is about; of many the first one. */
  readonly recipient: string;
  readonly others: number;
  readonly reply: string;
}

/** A reply of 4yz or 5yz that a client got. */
export interface ClientRefusal {
  /** Unit: milliseconds since 1970. */
  readonly at: number;
  readonly server: string;
  readonly connector: string;
  readonly code: number;
}

/** So many of each kind are kept. */
const most = 50;

const errors: ReadonlySet<Tracked['event']> = new Set(['DEFER', 'FAIL', 'BADMAIL', 'POISONMESSAGE']);

/** Keeps the last errors, and no more of them however many there are. */
export class RecentErrors implements Witness {
  readonly #now: () => number;
  readonly #errors: MessageError[] = [];
  readonly #refusals: ClientRefusal[] = [];
  readonly transcript: Witness['transcript'] = noWitness.transcript;
  readonly connect: Witness['connect'] = noWitness.connect;

  constructor(now: () => number) {
    this.#now = now;
  }

  track({ event, server, id, connector = '', recipients, context = '' }: Tracked): void {
    if (!errors.has(event)) return;
    const [first] = recipients;
    const others = Math.max(0, recipients.length - 1);
    const about = { recipient: first?.path ?? '', others, reply: first?.status ?? context };
    if (event === 'DEFER') this.#forget({ server, connector, reply: about.reply });
    put(this.#errors, { at: this.#now(), server, event, id, connector, ...about });
  }

  /** A next hop that is out of reach puts off whole queues, and must not push all else out: the newest one stands for it. */
  #forget({ server, connector, reply }: Pick<MessageError, 'server' | 'connector' | 'reply'>): void {
    const at = this.#errors.findIndex(
      (one) =>
        one.event === 'DEFER' && one.server === server && one.connector === connector && one.reply === reply,
    );
    if (at >= 0) this.#errors.splice(at, 1);
  }

  count(occurrence: Occurrence): void {
    if (occurrence.kind !== 'refusal') return;
    const { server, connector, code } = occurrence;
    put(this.#refusals, { at: this.#now(), server, connector, code });
  }

  /** The newest ones first. */
  get messages(): readonly MessageError[] {
    return this.#errors.toReversed();
  }

  /** The newest ones first. */
  get refusals(): readonly ClientRefusal[] {
    return this.#refusals.toReversed();
  }
}

function put<T>(list: T[], one: T): void {
  list.push(one);
  if (list.length > most) list.shift();
}
