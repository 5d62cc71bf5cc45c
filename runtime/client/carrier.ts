import type { Deliveries, Parcel } from './deliver.ts';

/** The connection below an SMTP session, as message tracking shows it. */
export interface CarrierLine {
  readonly session: string;
  readonly localAddress: string;
  readonly remoteAddress: string;
  /** The Send connector; absent between servers of the topology. */
  readonly connector?: string;
}

/** A way to the next hop that stands: an SMTP session, or the mailboxes of this machine. */
export interface CarrierSession {
  /** The server at the other end; absent where the mail has arrived. */
  readonly remoteServer?: string;
  /** Absent where there is no connection. */
  readonly line?: CarrierLine;
  readonly isOpen: boolean;
  /** How many more messages it may carry. */
  readonly left: number;
  /** Delivers what there is to deliver; the answer is how many messages got an answer. Fails: never. */
  carry<P extends Parcel>(deliveries: Deliveries<P>): Promise<number>;
  /** Runs something once the other end has closed it. */
  onLost(run: () => void): void;
  /** Takes leave. */
  close(): void;
  /** Ends it at once, even in the middle of a message, which then comes again. */
  breakOff(): void;
}

/** What trying to reach the next hop gave; the reply is what the queue shows. */
export type Opening =
  | { readonly kind: 'open'; readonly session: CarrierSession }
  | { readonly kind: 'put off' | 'refused'; readonly from: 'server' | 'DNS'; readonly reply: string };

/** Brings mail to one next hop. */
export interface Carrier {
  /** How long a session without mail is kept open. Unit: milliseconds. */
  readonly keepOpen: number;
  /** Gives up when it is told to stop. Fails: never; whatever is in the way is in the answer. */
  open(stop: AbortSignal): Promise<Opening>;
}
