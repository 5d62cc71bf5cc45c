/** What is said about one recipient; RFC 3461 parameters are kept as the client sent them. */
export interface Recipient {
  /** The mailbox between the angle brackets of RCPT TO, without source route. */
  readonly forwardPath: string;
  /** NOTIFY=; absent where the client said nothing. Source: RFC 3461 §4.1. */
  readonly notify?: readonly ('NEVER' | 'SUCCESS' | 'FAILURE' | 'DELAY')[];
  /** ORCPT= as sent, such as `rfc822;ann@contoso.com`. Source: RFC 3461 §4.2. */
  readonly originalRecipient?: string;
}

/** How a message came in; it travels with the message into logs, Received fields and routing. */
export interface Origin {
  readonly receiveConnector: string;
  readonly clientAddress: string;
  /** The argument of HELO or EHLO. */
  readonly clientName: string;
  /** Absent where the session was not encrypted. */
  readonly tls?: { readonly protocol: string; readonly cipher: string };
  /** AuthAs of the message. Source: Exchange header firewall. */
  readonly authAs: 'Anonymous' | 'Internal' | 'External' | 'Partner';
  readonly sessionId: string;
}

/** The envelope of a message in a server's queue. Source: RFC 5321 §2.3.1. */
export interface Envelope {
  /** The server of the topology whose queue holds the message. */
  readonly server: string;
  /** `''` is the null reverse-path. */
  readonly reversePath: string;
  readonly recipients: readonly Recipient[];
  readonly body: '7BIT' | '8BITMIME' | 'BINARYMIME';
  readonly smtpUtf8: boolean;
  /** RET=. Source: RFC 3461 §4.3. */
  readonly ret?: 'FULL' | 'HDRS';
  /** ENVID=. Source: RFC 3461 §4.4. */
  readonly envelopeId?: string;
  /** Message-ID field, or one made for the message; with its angle brackets. */
  readonly messageId: string;
  /** The Subject field as far as logs show it, in one line; absent where there is none. */
  readonly subject?: string;
  /** Unit: milliseconds since 1970. */
  readonly receivedAt: number;
  readonly origin: Origin;
}

/**
 * A message on its way into the spool: header and body arrive in chunks, so memory does not grow with size.
 * The bytes are the message as it will be stored, Received field first, with CR LF line ends and no dot-stuffing.
 */
export interface SpoolWriter {
  /** Resolves when more may be written; the caller waits, which is the back pressure on the client. */
  write(chunk: Uint8Array): Promise<void>;
  /**
   * Makes the message durable: when the promise resolves, bytes and envelope are flushed to disk and in the queue.
   * Fails: rejects when the disk refuses; the caller answers 452 4.3.1 and nothing is queued.
   */
  commit(envelope: Envelope): Promise<{ readonly internalId: number }>;
  /** Forgets the message; safe to call at any time and more than once. */
  abort(): void;
}

/** Where messages are put. */
export interface Spool {
  open(): SpoolWriter;
}

/** How short the machine is of what messages need: at `medium` only servers of ours may bring more, at `high` nobody. */
export type Pressure = 'normal' | 'medium' | 'high';

/** The one door of the SMTP server to the queue. */
export interface ServerSpool extends Spool {
  readonly pressure: Pressure;
}
