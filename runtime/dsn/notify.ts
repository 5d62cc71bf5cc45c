import type { Recipient } from '../message.ts';

/** What a DSN tells about a recipient. Source: RFC 3464 §2.3.3. */
export type Action = 'failed' | 'delayed' | 'delivered' | 'relayed';

/**
 * Says whether the sender wants to hear this about a recipient.
 *
 * Without NOTIFY the sender hears of failures and delays, as Exchange does it.
 * Source: RFC 3461 §4.1.
 */
export function wantsToHear({ notify }: Recipient, action: Action): boolean {
  switch (action) {
    case 'failed':
      return notify?.includes('FAILURE') ?? true;
    case 'delayed':
      return notify?.includes('DELAY') ?? true;
    case 'delivered':
    case 'relayed':
      return notify?.includes('SUCCESS') ?? false;
  }
}
