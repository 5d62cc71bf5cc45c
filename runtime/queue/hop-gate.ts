import type { Clock } from '../clock.ts';

/** What a gate is made with. */
export interface HopGateOptions {
  readonly clock: Clock;
  /** Unit: milliseconds. */
  readonly retryDelay: (failures: number) => number;
  /** Told each time the next hop could not be reached. */
  readonly onRetry: (reply: string, failures: number, delay: number) => void;
  /** Told when mail may go again. */
  readonly onOpen: () => void;
}

/** Says whether mail may go to one next hop now: not while it waits for another try, and not while somebody holds it back. */
export class HopGate {
  readonly #options: HopGateOptions;
  #failures = 0;
  #lastReply: string | undefined;
  #retry: { readonly at: number; readonly cancel: () => void } | undefined;
  #isSuspended = false;
  #isClosed = false;

  constructor(options: HopGateOptions) {
    this.#options = options;
  }

  get isOpen(): boolean {
    return !this.#isClosed && !this.#isSuspended && this.#retry === undefined;
  }

  /** The reply that the queue waits for, where it waits. */
  get lastReply(): string | undefined {
    return this.#lastReply;
  }

  /** When the next hop is tried again, where the queue waits for that. Unit: milliseconds of the clock's elapsed time. */
  get retryAt(): number | undefined {
    return this.#retry?.at;
  }

  get isSuspended(): boolean {
    return this.#isSuspended;
  }

  /** The next hop has answered. */
  worked(): void {
    this.#failures = 0;
    this.#lastReply = undefined;
  }

  /** The next hop could not be reached; it is tried again later. */
  failed(reply: string): void {
    this.#lastReply = reply;
    if (this.#retry !== undefined || this.#isClosed) return;
    this.#failures += 1;
    const { clock, retryDelay, onRetry } = this.#options;
    const delay = retryDelay(this.#failures);
    onRetry(reply, this.#failures, delay);
    this.#retry = { at: clock.elapsed() + delay, cancel: clock.after(delay, () => this.retryNow()) };
  }

  /** Waits no longer. */
  retryNow(): void {
    this.#retry?.cancel();
    this.#retry = undefined;
    this.#options.onOpen();
  }

  suspend(): void {
    this.#isSuspended = true;
  }

  resume(): void {
    this.#isSuspended = false;
    this.#options.onOpen();
  }

  /** Lets nothing through from now on. */
  close(): void {
    this.#isClosed = true;
    this.#retry?.cancel();
  }
}
