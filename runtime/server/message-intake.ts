import { largestMessage } from '../decide/permissions.ts';
import type { Envelope, Origin, Spool, SpoolWriter } from '../message.ts';
import { envelopeOf } from './envelope.ts';
import { countHops, filteredHeader, messageIdOf, subjectOf } from './header-firewall.ts';
import { HeaderReader } from './header.ts';
import type { Header } from './header.ts';
import { MailDataDecoder } from './mail-data.ts';
import type { Framing } from './mail-data.ts';
import { receivedField } from './received-field.ts';
import type { Session, SessionContext, Transaction } from './session.ts';

/** How a message ended. */
export type MessageOutcome =
  | {
      readonly kind: 'queued';
      readonly envelope: Envelope;
      readonly internalId: number;
      readonly size: number;
    }
  | { readonly kind: 'refused'; readonly reason: MessageRefusal }
  | { readonly kind: 'no room'; readonly cause: unknown };

/** Why a message is refused after its end; the first reason counts. */
export type MessageRefusal =
  'too large' | 'header too large' | 'bare line end' | 'too many hops' | 'too many local hops';

/** What the message comes through. */
export interface IntakeOptions {
  readonly spool: Spool;
  readonly session: Session;
  readonly transaction: Transaction;
  readonly context: SessionContext;
  readonly framing: Framing;
  readonly sessionId: string;
  /** The message's number within its session. */
  readonly number: number;
  readonly tls?: Origin['tls'];
}

/**
 * Takes one message from the client into the spool: undoes its framing, looks at its header, counts its bytes.
 *
 * A message that is refused is read to its end all the same, but no longer written, so memory and disk stay free.
 */
export class MessageIntake {
  readonly #options: IntakeOptions;
  readonly #decoder: MailDataDecoder;
  readonly #header: HeaderReader;
  readonly #receivedAt: number;
  readonly #maxMessageSize: number;
  #writer: SpoolWriter | undefined;
  #refusal: MessageRefusal | undefined;
  /** What the disk said when it would not take the message. */
  #failure: { readonly cause: unknown } | undefined;
  #messageId: string | undefined;
  #subject: string | undefined;
  #size = 0;
  #lastOctet = 10;

  constructor(options: IntakeOptions) {
    const { connector, now } = options.context;
    this.#options = options;
    const bareLineEnds = connector.bareLinefeedRejectionEnabled ? 'kept' : 'made CR LF';
    this.#decoder = new MailDataDecoder(options.framing, bareLineEnds);
    this.#header = new HeaderReader(connector.limits.maxHeaderSize);
    this.#receivedAt = now();
    this.#maxMessageSize = largestMessage(connector, options.transaction.permissions);
  }

  /**
   * Takes bytes as the client sent them; `rest` is what follows the message.
   * The promise resolves when the spool has room for more; it is absent where nothing was written.
   */
  take(chunk: Uint8Array): { readonly written?: Promise<void>; readonly rest?: Uint8Array } {
    const { data, rest } = this.#decoder.decode(chunk);
    const written = this.#put(data)?.catch((cause: unknown) => this.#fail(cause));
    return { ...(written && { written }), ...(rest && { rest }) };
  }

  /** Ends the message: it is in the queue, or it is nowhere. */
  async finish(): Promise<MessageOutcome> {
    try {
      return await this.#finish();
    } catch (cause) {
      this.#fail(cause);
      return { kind: 'no room', cause };
    }
  }

  async #finish(): Promise<MessageOutcome> {
    await this.#put(this.#decoder.end());
    // RFC 3030 §2 lets a chunked message end without a line end; what is stored has one.
    if (this.#lastOctet !== 10) await this.#put(lineEnd);
    if (this.#isWanted() && this.#writer === undefined) await this.#open(this.#header.end());
    const { connector } = this.#options.context;
    if (this.#decoder.sawBareLineEnd && connector.bareLinefeedRejectionEnabled) this.#refuse('bare line end');
    if (this.#refusal !== undefined) return { kind: 'refused', reason: this.#refusal };
    if (this.#writer === undefined) return { kind: 'no room', cause: this.#failure?.cause };
    const envelope = envelopeOf(this.#options, {
      messageId: this.#messageId ?? this.#madeMessageId(),
      receivedAt: this.#receivedAt,
      ...(this.#subject !== undefined && { subject: this.#subject }),
    });
    const { internalId } = await this.#writer.commit(envelope);
    return { kind: 'queued', envelope, internalId, size: this.#size };
  }

  /** Says whether there is still a reason to write the message. */
  #isWanted(): boolean {
    return this.#refusal === undefined && this.#failure === undefined;
  }

  /** Absent while nothing is known against the message. */
  get refusal(): MessageRefusal | undefined {
    return this.#refusal;
  }

  /** Forgets the message. */
  abort(): void {
    this.#writer?.abort();
    this.#writer = undefined;
  }

  #refuse(reason: MessageRefusal): void {
    this.#refusal ??= reason;
    this.abort();
  }

  #fail(cause: unknown): void {
    this.#failure ??= { cause };
    this.abort();
  }

  #put(data: Uint8Array): Promise<void> | undefined {
    if (data.length === 0) return undefined;
    this.#size += data.length;
    this.#lastOctet = data[data.length - 1]!;
    if (this.#size > this.#maxMessageSize) this.#refuse('too large');
    if (!this.#isWanted()) return undefined;
    if (this.#writer !== undefined) return this.#writer.write(data);
    const header = this.#header.take(data);
    if (header === 'too large') this.#refuse('header too large');
    return typeof header === 'object' ? this.#open(header) : undefined;
  }

  /** Writes what stands before the body, once the whole header is known. */
  async #open(header: Header): Promise<void> {
    const { context, spool, transaction } = this.#options;
    const { limits, fqdn } = context.connector;
    const hops = countHops(header, [fqdn.toLowerCase(), context.server.fqdn.toLowerCase()]);
    if (hops.all > limits.maxHopCount) return this.#refuse('too many hops');
    if (limits.maxLocalHopCount > 0 && hops.local > limits.maxLocalHopCount)
      return this.#refuse('too many local hops');
    const found = messageIdOf(header);
    this.#subject = subjectOf(header);
    this.#messageId = found ?? this.#madeMessageId();
    const added = header.fields.some(({ name }) => name === 'message-id')
      ? ''
      : `Message-ID: ${this.#messageId}\r\n`;
    const writer = spool.open();
    this.#writer = writer;
    await writer.write(
      Buffer.concat([
        Buffer.from(this.#receivedField(), 'latin1'),
        filteredHeader(header, transaction.permissions),
        Buffer.from(`${added}\r\n`, 'latin1'),
      ]),
    );
    if (header.body.length > 0) await writer.write(header.body);
  }

  #madeMessageId(): string {
    return `<${this.#id().toLowerCase()}@${this.#options.context.connector.fqdn}>`;
  }

  #id(): string {
    return `${this.#options.sessionId}.${this.#options.number}`;
  }

  #receivedField(): string {
    const { session, transaction, context, tls } = this.#options;
    return receivedField({
      clientName: session.clientName,
      clientAddress: context.clientAddress,
      fqdn: context.connector.fqdn,
      hello: session.hello ?? 'HELO',
      smtpUtf8: transaction.smtpUtf8,
      isLoggedOn: context.user !== undefined,
      ...(tls && { tls }),
      id: this.#id(),
      at: this.#receivedAt,
    });
  }
}

const lineEnd = Buffer.from('\r\n');
