import type { Envelope } from '../message.ts';

/** How a recipient ended; `dropped` is a DSN that could not be delivered and gets no answer. */
export type Ending = 'delivered' | 'relayed' | 'failed' | 'expired' | 'dropped' | 'removed';

/** Something that happens to a message after it was accepted; recipients are told by their place in the envelope. */
export type Change =
  | { readonly kind: 'ended'; readonly recipients: readonly number[]; readonly as: Ending }
  | { readonly kind: 'deferred'; readonly recipients: readonly number[]; readonly reply: string }
  | { readonly kind: 'delay notified'; readonly recipients: readonly number[] }
  /** Its processing ended in a crash; the second time it is poison. */
  | { readonly kind: 'crashed' }
  | { readonly kind: 'poison'; readonly reason: string }
  /** An administrator holds it back. */
  | { readonly kind: 'suspended' }
  /** An administrator lets it go on; poison as well. */
  | { readonly kind: 'resumed' }
  /** A write that the disk refused, which must not come back. */
  | { readonly kind: 'void' };

/** What is known of one recipient. */
export interface RecipientState {
  /** Absent while the recipient waits for delivery. */
  readonly ended?: Ending;
  /** The last reply that put it off. */
  readonly lastReply?: string;
  readonly delayNotified?: true;
}

/** What is known of a message beside its envelope; kept in the log and replayed after a start. */
export interface MessageState {
  readonly recipients: readonly RecipientState[];
  readonly crashes: number;
  /** Why the message is in the poison queue. */
  readonly poison?: string;
  readonly suspended?: true;
}

/** States are never changed in place, so messages that nothing has happened to share theirs. */
const newStates = new Map<number, MessageState>();

/** The state of a message that was just accepted. */
export function newState({ recipients: { length } }: Envelope): MessageState {
  const known = newStates.get(length);
  if (known !== undefined) return known;
  const state = { recipients: Array.from({ length }, () => ({})), crashes: 0 };
  newStates.set(length, state);
  return state;
}

/** The state after a change. Fails: returns undefined for a message that is void. */
export function applyChange(state: MessageState, change: Change): MessageState | undefined {
  switch (change.kind) {
    case 'ended':
      return eachOf(state, change.recipients, { ended: change.as });
    case 'deferred':
      return eachOf(state, change.recipients, { lastReply: change.reply });
    case 'delay notified':
      return eachOf(state, change.recipients, { delayNotified: true });
    case 'crashed':
      return { ...state, crashes: state.crashes + 1 };
    case 'poison':
      return { ...state, poison: change.reason };
    case 'suspended':
      return { ...state, suspended: true };
    case 'resumed':
      return { recipients: state.recipients, crashes: 0 };
    case 'void':
      return undefined;
  }
}

/** Tells whether nothing is left to do for a message. */
export function isClosed(state: MessageState): boolean {
  return state.recipients.every(({ ended }) => ended !== undefined);
}

function eachOf(state: MessageState, places: readonly number[], known: RecipientState): MessageState {
  const recipients = state.recipients.map((recipient, place) =>
    places.includes(place) ? { ...recipient, ...known } : recipient,
  );
  return { ...state, recipients };
}
