import type { Clock } from '../clock.ts';

/** What is to be done later, and is called off together. */
export class Timers {
  readonly #clock: Clock;
  readonly #cancels = new Set<() => void>();
  #isOver = false;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Runs something once, later. Unit: milliseconds. */
  after(delay: number, run: () => void): void {
    if (this.#isOver) return;
    const cancel = this.#clock.after(delay, () => {
      this.#cancels.delete(cancel);
      run();
    });
    this.#cancels.add(cancel);
  }

  /** Calls off everything, and takes nothing more. */
  stop(): void {
    this.#isOver = true;
    for (const cancel of this.#cancels) cancel();
    this.#cancels.clear();
  }
}
