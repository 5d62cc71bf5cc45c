import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import type { ServerSpool } from '../message.ts';
import { noTranscript, type Transcript, type Witness } from '../witness.ts';
import { Dialogue } from './dialogue.ts';
import { Input } from './input.ts';
import type { Receiver, TlsState } from './receiver.ts';
import { greeting, wireText } from './reply.ts';
import type { Reply } from './reply.ts';
import type { SessionContext } from './session.ts';
import { permissionsText } from './session-rows.ts';
import { SessionTimers } from './session-timers.ts';

/** The socket below a connection, as far as the dialogue needs it. */
export interface Wire {
  send(text: string): void;
  /** Asks for no more bytes until `resume`. */
  pause(): void;
  resume(): void;
  /** Takes the TLS handshake; absent where it fails, and then the wire is gone. */
  startTls(): Promise<TlsState | undefined>;
  /** Closes behind what has been sent. */
  close(): void;
}

/** What a connection is made of. */
export interface ConnectionOptions {
  readonly wire: Wire;
  readonly receiver: Receiver;
  readonly clientAddress: string;
  readonly tls: 'unavailable' | 'available';
  readonly sessionId: string;
  readonly spool: ServerSpool;
  readonly clock: Clock;
  readonly log: Log;
  /** The protocol log of the session, where its connector keeps one. */
  readonly transcript?: Transcript;
  readonly witness?: Witness;
  /** The address that the client has connected to. */
  readonly localAddress?: string;
  /** Called once, whoever ends the connection. */
  readonly onEnd: () => void;
}

/** A session that stands, as it is told of. */
export interface ClientSession {
  readonly session: string;
  readonly server: string;
  readonly connector: string;
  readonly client: string;
  /** Unit: milliseconds since 1970. */
  readonly since: number;
  readonly tls: SessionContext['tls'];
  /** Who has logged on. */
  readonly user?: string;
}

/** Bytes of a client that is ahead of us before it is asked to wait. */
const mostAhead = 131_072;

/**
 * Drives one session: bytes in, replies out.
 *
 * Commands that lie ready are answered in one write (RFC 2920 §3.2), and while a message goes to disk the client may run
 * ahead only so far. Whatever goes wrong here ends this session and no other.
 */
export class Connection {
  readonly #options: ConnectionOptions;
  readonly #input = new Input();
  readonly #dialogue: Dialogue;
  readonly #timers: SessionTimers;
  readonly #transcript: Transcript;
  readonly #since: number;
  #out = '';
  #state: 'open' | 'draining' | 'closed' = 'open';
  #isBusy = false;
  #isPaused = false;
  #inputHasEnded = false;

  constructor(options: ConnectionOptions) {
    this.#options = options;
    this.#since = options.clock.now();
    this.#transcript = options.transcript ?? noTranscript;
    this.#dialogue = new Dialogue({
      ...options,
      say: (reply) => this.#say(reply),
      startTls: () => this.#startTls(),
      close: (reason) => this.#close(reason),
    });
    this.#timers = new SessionTimers(options.clock, options.receiver.connector.limits, {
      isBusy: () => this.#isBusy,
      onInactive: () => this.#sayLast('inactive'),
      onTimedOut: () => this.#sayLast('connectionTimedOut'),
    });
  }

  /** Tells of the session. */
  get about(): ClientSession {
    const { connector, server, tls, user } = this.#dialogue.context;
    const { sessionId: session, clientAddress: client } = this.#options;
    return {
      session,
      server: server.name,
      connector: connector.name,
      client,
      since: this.#since,
      tls,
      ...(user && { user: user.name }),
    };
  }

  /** Greets the client. */
  start(): void {
    const { fqdn, banner } = this.#options.receiver.connector;
    const { permissionsOf, principal } = this.#dialogue.context;
    this.#log('connection opened', { client: this.#options.clientAddress });
    this.#transcript.note('+');
    this.#transcript.note('*', permissionsText(permissionsOf(principal)), 'Set Session Permissions');
    const { dialect } = this.#dialogue.context.server;
    const now = this.#options.clock.now();
    this.#say(greeting(fqdn, { now, ...(banner !== undefined && { banner }), ...(dialect && { dialect }) }));
    this.#flush();
  }

  /** Takes bytes from the client. */
  receive(bytes: Uint8Array): void {
    if (this.#state === 'closed') return;
    this.#timers.touch();
    this.#input.append(bytes);
    if (!this.#isBusy) this.#pump();
    else if (this.#input.length > mostAhead && !this.#isPaused) {
      this.#isPaused = true;
      this.#options.wire.pause();
    }
  }

  /** Learns that the client sends no more; what it has sent is still answered. */
  inputEnded(): void {
    this.#inputHasEnded = true;
    if (!this.#isBusy) this.#pump();
  }

  /** Learns that the wire is gone. */
  gone(reason: string): void {
    this.#end(reason, 'Remote');
  }

  /** Lets the running mail transaction finish, then says goodbye. */
  drain(): void {
    if (this.#state === 'open') this.#state = 'draining';
    if (!this.#isBusy) this.#pump();
  }

  /** Says goodbye at once, whatever is running. */
  stop(): void {
    this.#sayLast('serviceNotAvailable');
  }

  #pump(): void {
    try {
      for (;;) {
        if (this.#state === 'draining' && this.#dialogue.isIdle) this.#sayLast('serviceNotAvailable');
        if (this.#state === 'closed') return;
        const step = this.#dialogue.step(this.#input);
        if (step === 'next') continue;
        if (step !== 'wait') this.#waitFor(step);
        break;
      }
      this.#flush();
      if (this.#inputHasEnded && !this.#isBusy) this.#close('client ended');
    } catch (thrown) {
      this.#fail(thrown);
    }
  }

  #waitFor(promise: Promise<void>): void {
    this.#isBusy = true;
    promise.then(
      () => {
        this.#isBusy = false;
        // The client may have gone meanwhile, in the middle of its message.
        if (this.#state === 'closed') return this.#dialogue.abort();
        if (this.#isPaused) this.#options.wire.resume();
        this.#isPaused = false;
        this.#timers.touch();
        this.#pump();
      },
      (thrown: unknown) => {
        this.#isBusy = false;
        this.#fail(thrown);
      },
    );
  }

  async #startTls(): Promise<TlsState | undefined> {
    this.#flush();
    // Whatever came behind STARTTLS came in the clear and may be another's: RFC 3207 §4.2.
    this.#input.clear();
    const tls = await this.#options.wire.startTls();
    if (tls === undefined) this.#end('TLS handshake failed');
    return tls;
  }

  #say(reply: Reply): void {
    if (this.#state === 'closed') return;
    const { connector, server } = this.#dialogue.context;
    const text = wireText(reply, connector.extensions.enhancedStatusCodesEnabled ? 'shown' : 'hidden');
    if (reply.code >= 400) {
      const of = { server: server.name, connector: connector.name, code: reply.code };
      this.#options.witness?.count({ kind: 'refusal', ...of });
    }
    if (connector.protocolLoggingLevel === 'Verbose') {
      const said = text.trimEnd();
      this.#log('sent', { data: said });
      for (const line of said.split('\r\n')) this.#transcript.note('>', line);
    }
    this.#out += text;
  }

  #flush(): void {
    if (this.#out === '' || this.#state === 'closed') return;
    this.#options.wire.send(this.#out);
    this.#out = '';
  }

  #sayLast(name: 'inactive' | 'connectionTimedOut' | 'serviceNotAvailable' | 'internalError'): void {
    const reply = this.#dialogue.context.replies[name];
    this.#say(reply);
    this.#close(reply.lines.join(' '));
  }

  #close(reason: string): void {
    if (this.#state === 'closed') return;
    this.#flush();
    this.#options.wire.close();
    this.#end(reason);
  }

  #end(reason: string, by: 'Local' | 'Remote' = 'Local'): void {
    if (this.#state === 'closed') return;
    this.#state = 'closed';
    this.#timers.stop();
    // A message that is being made durable is left alone: its client does not know yet and may send it again.
    if (!this.#isBusy) this.#dialogue.abort();
    this.#input.clear();
    this.#log('connection closed', { reason });
    this.#transcript.note('-', '', by);
    this.#options.onEnd();
  }

  #fail(thrown: unknown): void {
    const error = thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
    this.#options.log('error', 'session failed', { session: this.#options.sessionId, error });
    this.#dialogue.abort();
    this.#sayLast('internalError');
  }

  #log(event: string, fields: Parameters<Log>[2]): void {
    const { log, sessionId, receiver } = this.#options;
    log('info', event, { session: sessionId, connector: receiver.connector.name, ...fields });
  }
}
