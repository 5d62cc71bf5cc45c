import type { ReceiveLimits } from '../config.ts';

type ConnectionLimits = Pick<
  ReceiveLimits,
  'maxInboundConnection' | 'maxInboundConnectionPerSource' | 'maxInboundConnectionPercentagePerSource'
>;

/** The connections of one Receive connector, counted by client address. */
export class ConnectionCount {
  readonly #bySource = new Map<string, number>();
  #all = 0;

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

/** The messages of one Receive connector in the running minute, counted by client address. */
export class MessageRate {
  readonly #counts = new Map<string, number>();
  #minute = 0;

  /**
   * Counts one more message and says whether the rate allows it.
   *
   * By user nobody is counted while nobody has logged on.
   * Source: EXCH New-ReceiveConnector -MessageRateLimit, -MessageRateSource.
   */
  count(
    limits: Pick<ReceiveLimits, 'messageRateLimit' | 'messageRateSource'>,
    clientAddress: string,
    now: number,
  ): 'within the rate' | 'too many' {
    const { messageRateLimit, messageRateSource } = limits;
    const byAddress = messageRateSource === 'IPAddress' || messageRateSource === 'All';
    if (messageRateLimit === 'unlimited' || !byAddress) return 'within the rate';
    const minute = Math.floor(now / 60_000);
    if (minute !== this.#minute) this.#counts.clear();
    this.#minute = minute;
    const count = (this.#counts.get(clientAddress) ?? 0) + 1;
    this.#counts.set(clientAddress, count);
    return count > messageRateLimit ? 'too many' : 'within the rate';
  }
}
