import type { ReceiveLimits } from '../config.ts';

type ConnectionLimits = Pick<
  ReceiveLimits,
  'maxInboundConnection' | 'maxInboundConnectionPerSource' | 'maxInboundConnectionPercentagePerSource'
>;

/** The connections of one Receive connector, counted by client address. */
export class ConnectionCount {
  readonly #bySource = new Map<string, number>();
  #all = 0;

  get all(): number {
    return this.#all;
  }

  /**
   * Counts one more connection where the limits allow it; the answer takes it off again.
   *
   * The percentage is of what is still free, and one connection is always allowed while any is free.
   * Fails: returns undefined where a limit is reached.
   * Source: EXCH New-ReceiveConnector -MaxInboundConnection, -MaxInboundConnectionPerSource,
   * -MaxInboundConnectionPercentagePerSource.
   */
  admit(limits: ConnectionLimits, clientAddress: string): (() => void) | undefined {
    const fromSource = this.#bySource.get(clientAddress) ?? 0;
    if (this.#all >= numberOf(limits.maxInboundConnection)) return undefined;
    if (fromSource >= numberOf(limits.maxInboundConnectionPerSource)) return undefined;
    const free = numberOf(limits.maxInboundConnection) - this.#all;
    const share = Math.floor((free * limits.maxInboundConnectionPercentagePerSource) / 100);
    if (fromSource >= Math.max(1, share)) return undefined;
    this.#all += 1;
    this.#bySource.set(clientAddress, fromSource + 1);
    let isCounted = true;
    return () => {
      if (isCounted) this.#release(clientAddress);
      isCounted = false;
    };
  }

  #release(clientAddress: string): void {
    this.#all -= 1;
    const left = (this.#bySource.get(clientAddress) ?? 1) - 1;
    if (left === 0) this.#bySource.delete(clientAddress);
    else this.#bySource.set(clientAddress, left);
  }
}

function numberOf(limit: number | 'unlimited'): number {
  return limit === 'unlimited' ? Infinity : limit;
}

/** Whose messages are counted. */
export interface MessageSource {
  readonly clientAddress: string;
  /** The user who has logged on. */
  readonly user?: string | undefined;
}

/** The messages of one Receive connector in the running minute, counted by client address and by user. */
export class MessageRate {
  readonly #counts = new Map<string, number>();
  #minute = 0;

  /**
   * Counts one more message and says whether the rate allows it.
   *
   * Who has not logged on is counted by no user.
   * Source: EXCH New-ReceiveConnector -MessageRateLimit, -MessageRateSource.
   */
  count(
    limits: Pick<ReceiveLimits, 'messageRateLimit' | 'messageRateSource'>,
    { clientAddress, user }: MessageSource,
    now: number,
  ): 'within the rate' | 'too many' {
    const { messageRateLimit, messageRateSource } = limits;
    if (messageRateLimit === 'unlimited') return 'within the rate';
    const byAddress = messageRateSource === 'IPAddress' || messageRateSource === 'All';
    const byUser = messageRateSource === 'User' || messageRateSource === 'All';
    const keys = [
      ...(byAddress ? [`address ${clientAddress}`] : []),
      ...(byUser && user !== undefined ? [`user ${user}`] : []),
    ];
    const minute = Math.floor(now / 60_000);
    if (minute !== this.#minute) this.#counts.clear();
    this.#minute = minute;
    let outcome: 'within the rate' | 'too many' = 'within the rate';
    for (const key of keys) {
      const count = (this.#counts.get(key) ?? 0) + 1;
      this.#counts.set(key, count);
      if (count > messageRateLimit) outcome = 'too many';
    }
    return outcome;
  }
}
