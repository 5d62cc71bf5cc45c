/**
 * Counts the connections of all queues together.
 *
 * Where none is free, the session that has been idle longest is ended for whoever waits.
 * Source: EXCH Set-TransportService -MaxOutboundConnections.
 */
export class ConnectionSlots {
  readonly #limit: number;
  #free: number;
  readonly #waiting: (() => void)[] = [];
  readonly #idle = new Set<() => void>();

  constructor(limit = 1000) {
    this.#limit = limit;
    this.#free = limit;
  }

  /** How many are in use. */
  get taken(): number {
    return this.#limit - this.#free;
  }

  take(): boolean {
    if (this.#free === 0) return false;
    this.#free -= 1;
    return true;
  }

  release(): void {
    this.#free += 1;
    // Who is called may not want it any more, and then the next one must hear of it.
    while (this.#free > 0 && this.#waiting.length > 0) this.#waiting.shift()?.();
  }

  /** Runs something once a slot is free; it then tries to take it. */
  whenFree(run: () => void): void {
    this.#waiting.push(run);
    const [longest] = this.#idle;
    longest?.();
  }

  /** Offers an idle session for ending; the answer takes the offer back. */
  offer(end: () => void): () => void {
    this.#idle.add(end);
    return () => void this.#idle.delete(end);
  }
}
