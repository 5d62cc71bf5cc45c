import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import type { ServerSpool } from '../message.ts';
import type { Transcript, Witness } from '../witness.ts';
import type { Input } from './input.ts';
import { MessageIntake } from './message-intake.ts';
import type { Framing } from './mail-data.ts';
import { messageReply } from './message-reply.ts';
import type { Receiver, TlsState } from './receiver.ts';
import { chunkReceived } from './reply.ts';
import type { Reply } from './reply.ts';
import { newSession, withoutTransaction } from './session.ts';
import type { Session, SessionContext, Then, Turn } from './session.ts';
import { SessionLog } from './session-log.ts';
import { receivedEvent } from './session-rows.ts';
import { answerResponse, refuseLine, takeCommand } from './take-command.ts';
import { afterLogon, contextAfterLogon } from './verb-auth.ts';
import type { Exchange } from './verb-auth.ts';

/** What a dialogue is about, and what it asks of its connection. */
export interface DialogueOptions {
  readonly receiver: Receiver;
  readonly clientAddress: string;
  readonly tls: 'unavailable' | 'available';
  readonly sessionId: string;
  readonly spool: ServerSpool;
  readonly clock: Clock;
  readonly log: Log;
  readonly transcript?: Transcript;
  readonly witness?: Witness;
  readonly localAddress?: string;
  readonly say: (reply: Reply) => void;
  /** Absent where the handshake fails. */
  readonly startTls: () => Promise<TlsState | undefined>;
  readonly close: (reason: string) => void;
}

/** How a step went: on with the next one, wait for the client, or wait for the promise. */
export type Step = 'next' | 'wait' | Promise<void>;

type Chunk = Extract<Then, { kind: 'read chunk' }>;

type Mode =
  | { readonly kind: 'commands' }
  | { readonly kind: 'response'; readonly exchange: Exchange }
  | { readonly kind: 'mail data'; readonly intake: MessageIntake }
  | { readonly kind: 'chunk'; readonly intake: MessageIntake; readonly left: number; readonly chunk: Chunk }
  | { readonly kind: 'skip chunk'; readonly left: number };

const commands: Mode = { kind: 'commands' };

/** RFC 4954 §6. */
const logonRefused = 535;

/** Reads commands and messages from the input of one session, step by step, and answers them. */
export class Dialogue {
  readonly #options: DialogueOptions;
  #context: SessionContext;
  #session: Session = newSession;
  #mode: Mode = commands;
  /** The message that BDAT commands are building. */
  #chunks: MessageIntake | undefined;
  #tls: TlsState | undefined;
  readonly #log: SessionLog;
  #messages = 0;

  constructor(options: DialogueOptions) {
    this.#options = options;
    this.#context = this.#contextWith(options.tls);
    this.#log = new SessionLog({ ...options, connector: options.receiver.connector });
  }

  #contextWith(tls: 'unavailable' | 'available' | TlsState): SessionContext {
    const { receiver, clientAddress, spool } = this.#options;
    return receiver.contextFor(clientAddress, tls, () => spool.pressure);
  }

  get context(): SessionContext {
    return this.#context;
  }

  /** Says whether nothing would be lost if the session ended now. */
  get isIdle(): boolean {
    return this.#mode.kind === 'commands' && this.#session.transaction === undefined;
  }

  /** Takes what comes next from the input and answers it. */
  step(input: Input): Step {
    const mode = this.#mode;
    switch (mode.kind) {
      case 'commands':
        return this.#stepCommand(input);
      case 'response':
        return this.#stepResponse(input, mode.exchange);
      case 'mail data':
        return this.#stepMailData(input, mode.intake);
      case 'chunk':
        return this.#stepChunk(input, mode);
      case 'skip chunk': {
        const skipped = input.takeBytes(mode.left);
        if (skipped === undefined) return 'wait';
        this.#mode = skipOrCommands(mode.left - skipped.length);
        return 'next';
      }
    }
  }

  /** Forgets the message that is not complete. */
  abort(): void {
    if (this.#mode.kind === 'mail data') this.#mode.intake.abort();
    this.#chunks?.abort();
    this.#chunks = undefined;
  }

  #stepCommand(input: Input): Step {
    return this.#stepLine(input, (text) => {
      this.#log.command(text);
      return takeCommand(this.#session, text, this.#context);
    });
  }

  #stepResponse(input: Input, exchange: Exchange): Step {
    return this.#stepLine(input, (text) => {
      this.#log.response(text);
      return answerResponse(this.#session, exchange, text, this.#context);
    });
  }

  #stepLine(input: Input, take: (text: string) => Turn): Step {
    const line = input.takeLine();
    if (line === undefined) return 'wait';
    const { replies } = this.#context;
    this.#mode = commands;
    switch (line.kind) {
      case 'line':
        return this.#apply(take(line.text));
      case 'too long':
        return this.#apply(refuseLine(this.#session, replies.lineTooLong, this.#context));
      case 'not text':
        return this.#apply(refuseLine(this.#session, replies.invalidArguments, this.#context));
      case 'bare line end':
        return this.#apply({ session: this.#session, reply: replies.badLineEnd, then: { kind: 'close' } });
    }
  }

  #apply(turn: Turn): Step {
    this.#session = turn.session;
    if (turn.session.phase !== 'chunks') {
      this.#chunks?.abort();
      this.#chunks = undefined;
    }
    const { reply } = turn;
    const seconds = reply === undefined ? 0 : this.#tarpit(reply);
    return reply === undefined || seconds === 0
      ? this.#answer(turn)
      : this.#answerLater(turn, reply, seconds);
  }

  /**
   * Tells how long a refused stranger waits for its reply. Unit: seconds.
   * Source: EXCH New-ReceiveConnector -TarpitInterval, -AuthTarpitInterval.
   */
  #tarpit({ code }: Reply): number {
    const { principal, connector } = this.#context;
    const { tarpitInterval, authTarpitInterval } = connector.limits;
    if (code < 500 || principal !== 'anonymous') return 0;
    return code === logonRefused ? authTarpitInterval : tarpitInterval;
  }

  async #answerLater(turn: Turn, reply: Reply, seconds: number): Promise<void> {
    this.#log.tarpit(reply, seconds);
    await new Promise<void>((resolve) => this.#options.clock.after(seconds * 1000, resolve));
    const step = this.#answer(turn);
    if (typeof step !== 'string') await step;
  }

  #answer({ reply, then }: Turn): Step {
    if (reply !== undefined) this.#options.say(reply);
    switch (then?.kind) {
      case undefined:
        return 'next';
      case 'read mail data':
        this.#mode = { kind: 'mail data', intake: this.#newIntake('final dot') };
        return 'next';
      case 'read chunk':
        this.#chunks ??= this.#newIntake('counted');
        this.#mode = { kind: 'chunk', intake: this.#chunks, left: then.octets, chunk: then };
        return 'next';
      case 'skip chunk':
        this.#mode = skipOrCommands(then.octets);
        return 'next';
      case 'start TLS':
        return this.#startTls();
      case 'read response':
        this.#mode = { kind: 'response', exchange: then.exchange };
        return 'next';
      case 'log on':
        return this.#logOn(then);
      case 'close':
        this.#options.close(reply?.lines[0] ?? 'closed');
        return 'wait';
    }
  }

  async #logOn({ name, password }: Extract<Then, { kind: 'log on' }>): Promise<void> {
    const outcome = (await this.#context.users?.logOn(name, password)) ?? { kind: 'wrong' };
    const turn = afterLogon(this.#session, outcome, this.#context);
    if (outcome.kind === 'logged on' && turn.reply === this.#context.replies.authenticated) {
      this.#context = contextAfterLogon(this.#context, outcome.user);
      this.#log.loggedOn(outcome.user.name);
      this.#log.permissions(this.#context);
    } else this.#log.logonFailed(outcome);
    const step = this.#apply(turn);
    if (typeof step !== 'string') await step;
  }

  async #startTls(): Promise<void> {
    const tls = await this.#options.startTls();
    if (tls === undefined) return;
    this.#log.tlsStarted(tls);
    this.#tls = tls;
    this.#context = this.#contextWith(tls);
    this.#log.permissions(this.#context);
    const { unprovenServer } = this.#context;
    if (unprovenServer !== undefined) this.#log.serverNotRecognised(unprovenServer);
    // What was said before the handshake was said by anyone: RFC 3207 §4.2.
    const { protocolErrors, logonFailures } = this.#session;
    this.#session = { ...newSession, protocolErrors, logonFailures };
  }

  #newIntake(framing: Framing): MessageIntake {
    this.#messages += 1;
    const { spool, sessionId } = this.#options;
    return new MessageIntake({
      spool,
      session: this.#session,
      transaction: this.#session.transaction!,
      context: this.#context,
      framing,
      sessionId,
      number: this.#messages,
      ...(this.#tls && { tls: { protocol: this.#tls.protocol, cipher: this.#tls.cipher } }),
    });
  }

  #stepMailData(input: Input, intake: MessageIntake): Step {
    const bytes = input.takeBytes(Infinity);
    if (bytes === undefined) return 'wait';
    const { written, rest } = intake.take(bytes);
    if (rest === undefined) return written ?? 'next';
    input.putBack(rest);
    return this.#finish(intake, written);
  }

  #stepChunk(input: Input, { intake, left, chunk }: Extract<Mode, { kind: 'chunk' }>): Step {
    const bytes = left === 0 ? undefined : input.takeBytes(left);
    if (bytes === undefined && left > 0) return 'wait';
    const written = bytes === undefined ? undefined : intake.take(bytes).written;
    const after = left - (bytes?.length ?? 0);
    if (after > 0) {
      this.#mode = { kind: 'chunk', intake, left: after, chunk };
      return written ?? 'next';
    }
    if (chunk.position === 'last' || intake.refusal !== undefined) return this.#finish(intake, written);
    this.#mode = commands;
    this.#options.say(chunkReceived(chunk.octets));
    return written ?? 'next';
  }

  async #finish(intake: MessageIntake, written: Promise<void> | undefined): Promise<void> {
    await written;
    const outcome = await intake.finish();
    this.#mode = commands;
    this.#chunks = undefined;
    this.#session = withoutTransaction(this.#session);
    const { reply, event, fields } = messageReply(outcome, this.#context);
    this.#log.tell(event, fields);
    const { witness, localAddress } = this.#options;
    if (outcome.kind === 'queued') witness?.track(receivedEvent(outcome, this.#context, localAddress));
    this.#options.say(reply);
  }
}

function skipOrCommands(left: number): Mode {
  return left === 0 ? commands : { kind: 'skip chunk', left };
}
