import type { Socket } from 'node:net';
import type { Clock } from '../clock.ts';
import { atTurnEnd } from '../turn-end.ts';
import { noTranscript, type Transcript } from '../witness.ts';
import { MalformedReply, ReplyReader, type Reply } from './reply-reader.ts';

/** Thrown to whoever waits where the connection ends, keeps silent too long, or speaks no SMTP. */
export class ConnectionLost extends Error {}

/** How long a client waits for each reply. Unit: milliseconds. Source: RFC 5321 §4.5.3.2. */
export const replyTimeout = {
  greeting: 300_000,
  command: 300_000,
  data: 120_000,
  block: 180_000,
  endOfData: 600_000,
  quit: 5_000,
} as const;

/** How many replies may come before they are asked for; 421 is the one that honest servers send. */
const mostEarly = 8;

/** Somebody who waits for one reply. */
export interface AwaitedReply {
  /** Unit: milliseconds. */
  readonly timeout: number;
  resolve(reply: Reply): void;
  reject(error: ConnectionLost): void;
}

/** Lines out, replies in: the client's side of one SMTP connection. Replies come in the order of the waits. */
export class Dialogue {
  readonly #clock: Clock;
  readonly #transcript: Transcript;
  readonly #waiting: AwaitedReply[] = [];
  readonly #early: Reply[] = [];
  readonly #reader = new ReplyReader();
  readonly #onLost: (() => void)[] = [];
  /** What has been said in this turn of the event loop. */
  #unsent: (string | Uint8Array)[] = [];
  #socket: Socket;
  #lost: ConnectionLost | undefined;
  #hasQuit = false;
  #cancelTimeout: (() => void) | undefined;

  constructor(socket: Socket, clock: Clock, transcript: Transcript = noTranscript) {
    this.#clock = clock;
    this.#transcript = transcript;
    this.#socket = socket;
    this.#listen(socket);
  }

  get socket(): Socket {
    return this.#socket;
  }

  /** Why the connection is over; absent while it stands. */
  get lost(): ConnectionLost | undefined {
    return this.#lost;
  }

  /** Runs something once the connection is over. */
  onLost(run: () => void): void {
    if (this.#lost === undefined) this.#onLost.push(run);
    else run();
  }

  /**
   * Sends at the end of this turn, without waiting for anything; text is commands, and stands in the protocol log, bytes are
   * mail data.
   */
  send(bytes: string | Uint8Array): void {
    if (typeof bytes === 'string') this.#noteCommands(bytes);
    this.#write(bytes);
  }

  #noteCommands(text: string): void {
    if (this.#lost !== undefined || this.#transcript === noTranscript) return;
    for (const line of text.trimEnd().split('\r\n')) this.#transcript.note('>', line);
  }

  #write(bytes: string | Uint8Array): void {
    if (this.#lost === undefined && this.#unsent.push(bytes) === 1) atTurnEnd(() => this.#flush());
  }

  #flush(): void {
    if (this.#lost !== undefined || this.#unsent.length === 0) return;
    // Addresses may be UTF-8 (RFC 6531); everything else we say is ASCII.
    const pieces = this.#unsent.map((piece) =>
      typeof piece === 'string' ? Buffer.from(piece, 'utf8') : piece,
    );
    this.#unsent = [];
    // To copy them costs less than to have the system gather them.
    this.#socket.write(pieces.length === 1 ? pieces[0]! : Buffer.concat(pieces));
  }

  /** Sends, and resolves once there is room for more. Fails: rejects with ConnectionLost. */
  async sendAll(bytes: Uint8Array): Promise<void> {
    this.#flush();
    if (this.#lost !== undefined) throw this.#lost;
    if (this.#socket.write(bytes)) return;
    await new Promise<void>((resolve, reject) => {
      const socket = this.#socket;
      const cancel = this.#clock.after(replyTimeout.block, () => this.#end('took no mail data for too long'));
      const done = (): void => {
        cancel();
        socket.off('drain', done);
        socket.off('close', done);
        if (this.#lost === undefined) resolve();
        else reject(this.#lost);
      };
      socket.on('drain', done);
      socket.on('close', done);
    });
  }

  /** Waits for the next reply. Unit: milliseconds. Fails: rejects with ConnectionLost. */
  reply(timeout: number): Promise<Reply> {
    return new Promise((resolve, reject) => this.expect({ timeout, resolve, reject }));
  }

  /** Tells the next reply, or why there is none, to somebody who waits for many. */
  expect(waiting: AwaitedReply): void {
    const early = this.#early.shift();
    if (early !== undefined) waiting.resolve(early);
    else if (this.#lost !== undefined) waiting.reject(this.#lost);
    else if (this.#waiting.push(waiting) === 1) this.#watch(waiting.timeout);
  }

  /** Sends a line and waits for its reply. */
  command(line: string, timeout: number = replyTimeout.command): Promise<Reply> {
    this.send(`${line}\r\n`);
    return this.reply(timeout);
  }

  /** Sends a line that holds a secret, and waits for its reply; the protocol log shows `shown` in its place. */
  secret(line: string, shown: string): Promise<Reply> {
    this.#noteCommands(shown);
    this.#write(`${line}\r\n`);
    return this.reply(replyTimeout.command);
  }

  /**
   * Goes on over another socket, after STARTTLS.
   *
   * Fails: throws ConnectionLost where the server has already said more; that was not said under TLS.
   * Source: RFC 3207 §4.2.
   */
  continueOver(start: (plain: Socket) => Socket): void {
    if (this.#reader.isMidway || this.#early.length > 0) {
      this.#end('said something between its answer to STARTTLS and TLS');
    }
    if (this.#lost !== undefined) throw this.#lost;
    this.#socket.removeAllListeners('data');
    this.#socket = start(this.#socket);
    this.#listen(this.#socket);
  }

  /** Takes leave; the answer changes nothing, so nobody waits for it long. Source: RFC 5321 §4.1.1.10. */
  quit(): void {
    if (this.#lost !== undefined) return;
    this.#hasQuit = true;
    this.#noteCommands('QUIT');
    this.#flush();
    this.#socket.end('QUIT\r\n');
    this.#watch(replyTimeout.quit);
  }

  /** Ends the connection without a word. */
  destroy(): void {
    this.#end('ended by this side');
  }

  #listen(socket: Socket): void {
    socket.on('data', (chunk: Buffer) => this.#take(chunk));
    socket.on('error', (error: NodeJS.ErrnoException) => this.#end(error.code ?? error.message, 'Remote'));
    socket.on('end', () => this.#end('closed the connection', 'Remote'));
    socket.on('close', () => this.#end('closed the connection', 'Remote'));
  }

  #take(chunk: Buffer): void {
    try {
      const replies = this.#reader.read(chunk);
      // A server that sends a byte now and then has not replied, and its time goes on.
      if (replies.length === 0) return;
      for (const reply of replies) {
        this.#noteReply(reply);
        const waiting = this.#waiting.shift();
        if (waiting === undefined) this.#early.push(reply);
        else waiting.resolve(reply);
      }
    } catch (thrown) {
      if (!(thrown instanceof MalformedReply)) throw thrown;
      this.#end(`sent ${thrown.message}`);
      return;
    }
    // Nobody asked for so much; a server that floods is not listened to.
    if (this.#early.length > mostEarly) {
      this.#early.length = 0;
      this.#end('sent replies that nobody asked for');
    }
    this.#cancelTimeout?.();
    this.#cancelTimeout = undefined;
    const [next] = this.#waiting;
    if (next !== undefined) this.#watch(next.timeout);
  }

  #noteReply({ code, lines }: Reply): void {
    if (this.#transcript === noTranscript) return;
    for (const [at, line] of lines.entries())
      this.#transcript.note('<', `${code}${at < lines.length - 1 ? '-' : ' '}${line}`.trimEnd());
  }

  #watch(timeout: number): void {
    this.#cancelTimeout?.();
    this.#cancelTimeout = this.#clock.after(timeout, () => this.#end('gave no reply in time'));
  }

  #end(reason: string, by: 'Local' | 'Remote' = 'Local'): void {
    if (this.#lost !== undefined) return;
    this.#transcript.note('-', '', this.#hasQuit ? 'Local' : by);
    this.#lost = new ConnectionLost(reason);
    this.#cancelTimeout?.();
    this.#socket.destroy();
    for (const waiting of this.#waiting.splice(0)) waiting.reject(this.#lost);
    for (const run of this.#onLost.splice(0)) run();
  }
}
