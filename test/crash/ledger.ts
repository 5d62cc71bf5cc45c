/** A kill, and what was on its way when it came. */
interface Kill {
  readonly inFlight: ReadonlySet<number>;
  /** Of these, those whose sender had not read its 250, which may have gone with the connection: it sends them anew. */
  readonly unanswered: ReadonlySet<number>;
}

/** Something that has come out at the far end. */
export interface Arrival {
  /** Absent where nobody sent it so. */
  readonly number: number | undefined;
  readonly to: string;
  /** Unit: milliseconds since 1970. */
  readonly at: number;
}

/** What is known of all messages in the end. */
export interface Verdict {
  readonly accepted: number;
  readonly arrived: number;
  readonly duplicates: number;
  /** The most duplicates that the kills can account for. */
  readonly allowedDuplicates: number;
  /** Got 250 and never came. */
  readonly lost: readonly number[];
  /** Came again although no kill can have brought that about. */
  readonly unexplained: readonly number[];
  /** Whom something came for that nobody sent. */
  readonly strange: readonly string[];
}

/**
 * How long an arrival may be known at the far end and not yet noted in the queue. It is noted within a tenth of a second;
 * the rest is for a machine that is busy. Unit: milliseconds.
 */
export const noteTime = 3000;

/** Keeps account of every message: offered, accepted with 250, arrived. */
export class Ledger {
  readonly #offered = new Set<number>();
  readonly #accepted = new Set<number>();
  readonly #arrivals = new Map<number, number[]>();
  readonly #strange: string[] = [];
  readonly #kills: Kill[] = [];

  get accepted(): number {
    return this.#accepted.size;
  }

  /** How many of the accepted messages have come out. */
  get settled(): number {
    let count = 0;
    for (const number of this.#accepted) if (this.#arrivals.has(number)) count += 1;
    return count;
  }

  offer(number: number): void {
    this.#offered.add(number);
  }

  accept(number: number): void {
    this.#accepted.add(number);
  }

  arrive({ number, to, at }: Arrival): void {
    if (number === undefined) this.#strange.push(to);
    else this.#arrivals.set(number, [...(this.#arrivals.get(number) ?? []), at]);
  }

  /** Notes what is on its way at this moment, when everything of the transport is about to be lost from memory. */
  kill(now: number): void {
    const isOnItsWay = (number: number): boolean => {
      const [first] = this.#arrivals.get(number) ?? [];
      return first === undefined || first > now - noteTime;
    };
    const inFlight = [...this.#offered].filter(isOnItsWay);
    const unanswered = inFlight.filter((number) => !this.#accepted.has(number));
    this.#kills.push({ inFlight: new Set(inFlight), unanswered: new Set(unanswered) });
  }

  /** `hops` is how many queues a message goes through: each may send each copy again after each kill. */
  judge(hops: number): Verdict {
    const copies = [...this.#arrivals].map(([number, { length }]) => {
      const kills = this.#kills.filter(({ inFlight }) => inFlight.has(number)).length;
      const sent = 1 + this.#kills.filter(({ unanswered }) => unanswered.has(number)).length;
      return { number, extra: length - 1, allowed: sent * (1 + hops * kills) - 1 };
    });
    return {
      accepted: this.#accepted.size,
      arrived: this.#arrivals.size,
      duplicates: sum(copies.map(({ extra }) => extra)),
      allowedDuplicates: sum(copies.map(({ allowed }) => allowed)),
      lost: [...this.#accepted].filter((number) => !this.#arrivals.has(number)),
      unexplained: copies.flatMap(({ number, extra, allowed }) => (extra > allowed ? [number] : [])),
      strange: this.#strange,
    };
  }
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}
