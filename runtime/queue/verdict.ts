import type { RecipientOutcome } from '../client/transaction-answer.ts';
import type { SendConnector } from '../config.ts';
import type { Action } from '../dsn/notify.ts';
import { applyErrorPolicies } from './error-policy.ts';
import type { Ending } from './message-state.ts';
import type { StoredMessage } from './stored-message.ts';

/** The end of one recipient, with everything that may be told about it. */
export interface Verdict {
  /** Its place in the envelope. */
  readonly place: number;
  readonly ending: Ending;
  /** Absent where nobody but the next hop has anything to tell. */
  readonly action?: Action;
  readonly reply: string;
  readonly remoteServer?: string;
}

/** Turns what the next hop said about a recipient into its end, or into waiting. */
export function verdictOn(
  { place, kind, reply }: RecipientOutcome,
  remoteServer: string | undefined,
  connector: SendConnector | undefined,
): Verdict | 'wait' {
  const remote = remoteServer === undefined ? {} : { remoteServer };
  switch (kind) {
    case 'delivered':
      // A next hop that took over NOTIFY tells the rest of the story itself. Source: RFC 3461 §5.2.1.
      return {
        place,
        ending: 'delivered',
        reply,
        ...(remoteServer === undefined ? { action: 'delivered' } : remote),
      };
    case 'relayed':
      return { place, ending: 'relayed', action: 'relayed', reply, ...remote };
    case 'put off':
    case 'refused': {
      const finality = applyErrorPolicies(connector?.errorPolicies ?? [], kind, reply, 'server');
      return finality === 'put off' ? 'wait' : { ...failed(place, reply), ...remote };
    }
  }
}

/** The end of a recipient who will not get the message. */
export function failed(place: number, reply: string): Verdict {
  return { place, ending: 'failed', action: 'failed', reply };
}

/** The recipients that have not come to an end, by their place in the envelope. */
export function openPlaces({ state }: StoredMessage): number[] {
  return state.recipients.flatMap(({ ended }, place) => (ended === undefined ? [place] : []));
}

/** The forward-paths of recipients, for the log. */
export function pathsOf({ envelope }: StoredMessage, places: readonly number[]): string[] {
  return places.flatMap((place) => envelope.recipients[place]?.forwardPath ?? []);
}
