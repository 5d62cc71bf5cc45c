import type { CarrierSession } from '../client/carrier.ts';
import type { Clock } from '../clock.ts';
import type { ConnectionSlots } from './connection-slots.ts';

/** Why a session stops being idle. */
export type WakeReason = 'mail' | 'over';

/** What idle sessions wait with. */
export interface IdleSessionsOptions {
  readonly clock: Clock;
  readonly slots: ConnectionSlots;
  /** Unit: milliseconds. */
  readonly keepOpen: number;
}

/** Sessions that have nothing to carry: kept open for a while, for the next mail or until another queue needs the slot. */
export class IdleSessions {
  readonly #options: IdleSessionsOptions;
  readonly #wakes: ((reason: WakeReason) => void)[] = [];

  constructor(options: IdleSessionsOptions) {
    this.#options = options;
  }

  /** Resolves when there is something to do for the session. */
  wait(session: CarrierSession): Promise<WakeReason> {
    const { clock, slots, keepOpen } = this.#options;
    return new Promise((resolve) => {
      const wake = (reason: WakeReason): void => {
        cancel();
        withdraw();
        const place = this.#wakes.indexOf(wake);
        if (place !== -1) this.#wakes.splice(place, 1);
        resolve(reason);
      };
      const cancel = clock.after(keepOpen, () => wake('over'));
      const withdraw = slots.offer(() => wake('over'));
      this.#wakes.push(wake);
      session.onLost(() => wake('over'));
    });
  }

  /** Gives mail to the session that has waited longest. */
  wakeOne(): 'woken' | 'none idle' {
    const [longest] = this.#wakes;
    if (longest === undefined) return 'none idle';
    longest('mail');
    return 'woken';
  }

  /** Ends all of them. */
  end(): void {
    for (const wake of [...this.#wakes]) wake('over');
  }
}
