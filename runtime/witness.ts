import type { Envelope } from './message.ts';

/** What a row of a protocol log tells: connected, disconnected, sent, received, or a word of our own. */
export type TranscriptMark = '+' | '-' | '>' | '<' | '*';

/** Takes what one SMTP session says, in the order in which it is said. */
export interface Transcript {
  note(mark: TranscriptMark, data?: string, context?: string): void;
  /** Names the two ends, once they are known; both as `address:port`. */
  between(local: string, remote: string): void;
}

/** Whose dialogue a transcript is. */
export interface TranscriptSubject {
  readonly side: 'receive' | 'send';
  readonly server: string;
  readonly connector: string;
  readonly session: string;
}

/** What happened to a message. Source: EXCH message tracking (event-id). */
export type TrackedEvent =
  'RECEIVE' | 'SEND' | 'DELIVER' | 'DEFER' | 'FAIL' | 'DSN' | 'BADMAIL' | 'POISONMESSAGE';

/** Where it happened. Source: EXCH message tracking (source). */
export type TrackedSource =
  'SMTP' | 'STOREDRIVER' | 'DNS' | 'QUEUE' | 'ROUTING' | 'DSN' | 'POISONMESSAGE' | 'ADMIN';

/** One event of message tracking. */
export interface Tracked {
  readonly server: string;
  readonly source: TrackedSource;
  readonly event: TrackedEvent;
  /** The message's number in the queue of the server. */
  readonly id: number;
  /** Absent where it cannot be read. */
  readonly envelope?: Pick<Envelope, 'messageId' | 'reversePath' | 'subject' | 'receivedAt' | 'origin'>;
  /** Unit: bytes. */
  readonly size: number;
  readonly recipients: readonly { readonly path: string; readonly status?: string }[];
  /** Who sent it over SMTP: the remote client when it came, this server when it goes. */
  readonly client?: { readonly address?: string; readonly name: string };
  /** Who took it over SMTP. */
  readonly taker?: { readonly address?: string; readonly name: string };
  readonly connector?: string;
  readonly context?: string;
  /** The Message-ID of the message that a DSN is about. */
  readonly reference?: string;
}

/** A step of an outgoing connection. Source: EXCH connectivity logging. */
export interface ConnectionStep {
  readonly server: string;
  readonly session: string;
  readonly destination: string;
  readonly direction: '+' | '-' | '>';
  readonly description: string;
}

/** What is only counted. */
export type Occurrence =
  | {
      readonly kind: 'refusal';
      readonly server: string;
      /** `''` where no connector took the connection. */
      readonly connector: string;
      readonly code: number;
    }
  | { readonly kind: 'queue retry'; readonly server: string };

/** Takes what an administrator may want to look up later; it never throws and never waits. */
export interface Witness {
  transcript(subject: TranscriptSubject): Transcript;
  track(event: Tracked): void;
  connect(step: ConnectionStep): void;
  count(occurrence: Occurrence): void;
}

/** Takes what a session says and keeps nothing of it. */
export const noTranscript: Transcript = { note: () => undefined, between: () => undefined };

/** Keeps nothing. */
export const noWitness: Witness = {
  transcript: () => noTranscript,
  track: () => undefined,
  connect: () => undefined,
  count: () => undefined,
};

/** Tells two witnesses; the first one has the transcripts. */
export function bothOf(first: Witness, second: Witness): Witness {
  return {
    transcript: (subject) => first.transcript(subject),
    track(event) {
      first.track(event);
      second.track(event);
    },
    connect(step) {
      first.connect(step);
      second.connect(step);
    },
    count(occurrence) {
      first.count(occurrence);
      second.count(occurrence);
    },
  };
}
