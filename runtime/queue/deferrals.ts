import type { Clock } from '../clock.ts';
import type { Waiting } from './parcel.ts';
import type { StoredMessage } from './stored-message.ts';

/** What the deferrals of one queue are told with. */
export interface DeferralsOptions {
  readonly clock: Clock;
  /** Whether the queue still waits for its next hop. */
  readonly stillWaits: () => boolean;
  readonly tell: (waiting: Waiting, reply: string) => void;
}

/** So many are told at once, and the next ones after a pause, so that a long queue holds nothing up and no row is lost. */
const atOnce = 200;
/** Unit: milliseconds. */
const pause = 200;

/**
 * Tells which messages are put off because their next hop is out of reach.
 *
 * Each message is told once, and again only where the next hop is out of reach for another reason: a code that was not
 * told of it before. What stands behind the code changes with the time of day and the name of a session, and does not count.
 */
export class Deferrals {
  readonly #options: DeferralsOptions;
  readonly #told = new WeakMap<StoredMessage, string>();
  #cancel: () => void = () => undefined;

  constructor(options: DeferralsOptions) {
    this.#options = options;
  }

  /** Tells of a message that has come to a queue that waits. */
  one(waiting: Waiting, reply: string): void {
    this.#tell(waiting, reply);
  }

  /** Tells of all that waits when a try has failed. */
  all(waiting: readonly Waiting[], reply: string): void {
    this.#cancel();
    let told = 0;
    for (const [at, one] of waiting.entries()) {
      if (told === atOnce) {
        this.#goOn(waiting.slice(at), reply);
        return;
      }
      if (this.#tell(one, reply) === 'told') told += 1;
    }
  }

  /** Tells nothing more of what is left. */
  stop(): void {
    this.#cancel();
  }

  #goOn(left: readonly Waiting[], reply: string): void {
    const { clock, stillWaits } = this.#options;
    this.#cancel = clock.after(pause, () => {
      if (stillWaits()) this.all(left, reply);
    });
  }

  #tell(waiting: Waiting, reply: string): 'told' | 'known' {
    const { message } = waiting;
    const status = statusOf(reply);
    const known = this.#told.get(message) ?? '';
    if (known.includes(`${status};`)) return 'known';
    this.#told.set(message, `${known}${status};`);
    this.#options.tell(waiting, reply);
    return 'told';
  }
}

/** The codes that a reply begins with: the reason without its words. Source: RFC 5321 §4.2, RFC 2034 §4. */
export function statusOf(reply: string): string {
  return /^\d{3}(?:[ -]\d\.\d{1,3}\.\d{1,3})?/.exec(reply)?.[0] ?? '';
}
