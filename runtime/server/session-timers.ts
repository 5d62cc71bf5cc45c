import type { Clock } from '../clock.ts';
import type { ReceiveLimits } from '../config.ts';

/** What the timers of a session ask and tell. */
export interface TimerEvents {
  /** Whether the session waits for us and not for its client. */
  isBusy(): boolean;
  onInactive(): void;
  onTimedOut(): void;
}

/**
 * The two clocks of a session: how long it may last, and how long its client may be silent.
 *
 * Activity only notes the time; the one running timer is set anew when it fires, so that a byte costs no timer.
 * Source: EXCH New-ReceiveConnector -ConnectionTimeout, -ConnectionInactivityTimeout.
 */
export class SessionTimers {
  readonly #clock: Clock;
  readonly #events: TimerEvents;
  readonly #inactivity: number;
  #lastActivity: number;
  #stopInactivity: () => void;
  #stopTimeout: () => void;

  constructor(
    clock: Clock,
    limits: Pick<ReceiveLimits, 'connectionTimeout' | 'connectionInactivityTimeout'>,
    events: TimerEvents,
  ) {
    this.#clock = clock;
    this.#events = events;
    this.#inactivity = limits.connectionInactivityTimeout * 1000;
    this.#lastActivity = clock.now();
    this.#stopInactivity = clock.after(this.#inactivity, () => this.#checkInactivity());
    this.#stopTimeout = clock.after(limits.connectionTimeout * 1000, () => this.#timeOut());
  }

  /** Notes that the client is alive. */
  touch(): void {
    this.#lastActivity = this.#clock.now();
  }

  stop(): void {
    this.#stopInactivity();
    this.#stopTimeout();
  }

  #checkInactivity(): void {
    // Silence while the client waits for us is no fault of the client.
    if (this.#events.isBusy()) this.touch();
    const left = this.#lastActivity + this.#inactivity - this.#clock.now();
    if (left <= 0) this.#events.onInactive();
    else this.#stopInactivity = this.#clock.after(left, () => this.#checkInactivity());
  }

  #timeOut(): void {
    // A message whose end has come is answered first, or its client would send it again.
    if (this.#events.isBusy()) this.#stopTimeout = this.#clock.after(1000, () => this.#timeOut());
    else this.#events.onTimedOut();
  }
}
