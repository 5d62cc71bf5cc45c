import { ConnectionLost, replyTimeout } from './dialogue.ts';
import type { Session } from './open-session.ts';
import { OutgoingData } from './outgoing-data.ts';
import { outcomeOf, replyText, type Reply } from './reply-reader.ts';
import {
  answerOf,
  everyPlace,
  outcomesOf,
  type Answer,
  type RecipientOutcome,
} from './transaction-answer.ts';
import { commandsFor, type Commands, type ContentNeeds, type Outgoing } from './transaction-commands.ts';

/** A message that waits for a session; its bytes can be read more than once. */
export interface Parcel extends Outgoing {
  /** The message's number in its queue. */
  readonly id: number;
  /** The message where it is in memory; otherwise it is read in pieces. */
  readonly whole?: Buffer;
  pieces(): AsyncIterable<Buffer>;
  needs(): Promise<ContentNeeds>;
}

/** What became of a message on a session. */
export type ParcelOutcome =
  | { readonly kind: 'answered'; readonly recipients: readonly RecipientOutcome[] }
  /** The session ended; nothing is known about this message. */
  | { readonly kind: 'interrupted'; readonly reply: string }
  /** Its bytes could not be read. */
  | { readonly kind: 'unreadable'; readonly error: unknown };

/** Where messages come from and where their outcomes go. */
export interface Deliveries<P extends Parcel> {
  /** Gives the next message, or undefined where there is none for now; what is given is settled. */
  take(): P | undefined | Promise<P | undefined>;
  settle(parcel: P, outcome: ParcelOutcome): void;
}

/** A message that the server can be given. */
interface Ready<P> {
  readonly parcel: P;
  readonly commands: Extract<Commands, { kind: 'commands' }>;
  /** The replies to all of the envelope, where it has gone already. */
  replies?: Promise<readonly Reply[]>;
}

/** Thrown inside a transaction where the server says 421. */
class Closing extends Error {}

/** Thrown inside a transaction where the bytes of the message cannot be read. */
class Unreadable extends Error {}

/**
 * Delivers one message after another on a session, as long as there are any and the session may carry more.
 *
 * With PIPELINING an envelope goes in one piece, and the next one together with the mail data before it, so that a message
 * costs one round trip. The answer is how many messages the server answered.
 * Unit: `limit` counts messages. Source: RFC 2920 §3.1.
 * Fails: never; a session that breaks is closed, and what it had is settled as interrupted.
 */
export async function deliverAll<P extends Parcel>(
  session: Session,
  limit: number,
  deliveries: Deliveries<P>,
): Promise<number> {
  const courier = new Courier(session, deliveries);
  let answered = 0;
  let current = await courier.prepare();
  if (current !== undefined) courier.announce(current);
  while (current !== undefined) {
    const { outcome, next } = await courier.carry(
      current,
      answered + 1 < limit ? 'more may follow' : 'last one',
    );
    deliveries.settle(current.parcel, outcome);
    if (outcome.kind !== 'answered') {
      session.dialogue.destroy();
      const reply = outcome.kind === 'interrupted' ? outcome.reply : lostReply('was left by this side');
      if (next !== undefined) deliveries.settle(next.parcel, { kind: 'interrupted', reply });
      return answered;
    }
    answered += 1;
    current = next;
  }
  return answered;
}

class Courier<P extends Parcel> {
  readonly #session: Session;
  readonly #deliveries: Deliveries<P>;
  readonly #isPipelined: boolean;
  /** A transaction was begun and not ended by mail data. */
  #needsReset = false;

  constructor(session: Session, deliveries: Deliveries<P>) {
    this.#session = session;
    this.#deliveries = deliveries;
    this.#isPipelined = session.extensions.has('PIPELINING');
  }

  /** Takes the next message that the server can be given; what it cannot be given is settled at once. */
  async prepare(): Promise<Ready<P> | undefined> {
    for (;;) {
      const parcel = await this.#deliveries.take();
      if (parcel === undefined) return undefined;
      try {
        const commands = await commandsFor(parcel, this.#session.extensions, () => parcel.needs());
        if (commands.kind === 'commands') return { parcel, commands };
        const recipients = everyPlace(parcel.places, 'refused', commands.reply);
        this.#deliveries.settle(parcel, { kind: 'answered', recipients });
      } catch (error) {
        // Only reading the message can fail here.
        this.#deliveries.settle(parcel, { kind: 'unreadable', error });
      }
    }
  }

  /** Sends the envelope in one piece, where the server takes it so. */
  announce(ready: Ready<P>): void {
    if (!this.#isPipelined) return;
    const { mail, rcpt, body } = ready.commands;
    const lines = [
      ...(this.#needsReset ? ['RSET'] : []),
      mail,
      ...rcpt,
      ...(body === 'DATA' ? ['DATA'] : []),
    ];
    this.#session.dialogue.send(`${lines.join('\r\n')}\r\n`);
    ready.replies = this.#replies(lines, this.#needsReset ? 1 : 0);
    // Whoever carries the message awaits it; until then a loss must not count as unhandled.
    ready.replies.catch(() => undefined);
    this.#needsReset = false;
  }

  /** Carries one message to its end, and brings the next one on its way. */
  async carry(
    current: Ready<P>,
    follow: 'more may follow' | 'last one',
  ): Promise<{ readonly outcome: ParcelOutcome; readonly next?: Ready<P> }> {
    let next: Ready<P> | undefined;
    try {
      const { accepted, settled, data } = await this.#answerTo(current);
      const { parcel, commands } = current;
      let final: Promise<Reply> | undefined;
      if (data === 'go' && commands.body === 'DATA' && parcel.whole !== undefined) {
        if (follow === 'more may follow') next = await this.prepare();
        final = this.#sendWhole(parcel.whole, next);
      } else {
        if (data === 'go') final = this.#sendPieces(current);
        else if (data === 'empty') final = this.#sendEnd('.\r\n');
        else this.#needsReset = true;
      }
      const reply = final && (await final);
      const ended = reply && data === 'go' ? outcomesOf(accepted, commands.relayed, reply) : [];
      if (next === undefined && follow === 'more may follow') {
        next = await this.prepare();
        if (next !== undefined) this.announce(next);
      }
      return { outcome: { kind: 'answered', recipients: [...settled, ...ended] }, ...(next && { next }) };
    } catch (thrown) {
      return { outcome: outcomeOfThrown(thrown), ...(next && { next }) };
    }
  }

  /** The server's answer to the envelope, sent now where it could not go in one piece. */
  async #answerTo({ parcel, commands, replies }: Ready<P>): Promise<Answer> {
    if (replies !== undefined) return answerOf(parcel.places, await replies, commands.body);
    if (this.#needsReset) await this.#command('RSET');
    this.#needsReset = false;
    const said = [await this.#command(commands.mail)];
    const isRefused = (reply: Reply | undefined): boolean =>
      reply !== undefined && outcomeOf(reply) !== 'accepted';
    if (!isRefused(said[0])) {
      for (const line of commands.rcpt) said.push(await this.#command(line));
      const someoneAccepted = said.slice(1).some((reply) => !isRefused(reply));
      if (someoneAccepted && commands.body === 'DATA') said.push(await this.#command('DATA'));
    }
    return answerOf(parcel.places, said, commands.body);
  }

  #sendWhole(whole: Buffer, next: Ready<P> | undefined): Promise<Reply> {
    const data = new OutgoingData();
    this.#session.dialogue.send(data.encode(whole));
    const final = this.#sendEnd(data.end());
    if (next !== undefined) this.announce(next);
    return final;
  }

  #sendEnd(end: string): Promise<Reply> {
    this.#session.dialogue.send(Buffer.from(end, 'latin1'));
    const final = this.#reply(replyTimeout.endOfData);
    final.catch(() => undefined);
    return final;
  }

  async #sendPieces({ parcel, commands }: Ready<P>): Promise<Reply> {
    const { dialogue } = this.#session;
    const data = commands.body === 'DATA' ? new OutgoingData() : undefined;
    if (data === undefined) dialogue.send(`BDAT ${parcel.size} LAST\r\n`);
    for await (const piece of readable(parcel)) await dialogue.sendAll(data?.encode(piece) ?? piece);
    return this.#sendEnd(data?.end() ?? '');
  }

  #reply(timeout: number): Promise<Reply> {
    return new Promise((resolve, reject) => this.#expect(timeout, resolve, reject));
  }

  /** The replies to lines that went together but for the first ones; one promise for all, for messages are many. */
  #replies(lines: readonly string[], skipped: number): Promise<readonly Reply[]> {
    const all: Reply[] = [];
    return new Promise((resolve, reject) => {
      const take = (reply: Reply): void => {
        if (all.push(reply) === lines.length) resolve(all.slice(skipped));
      };
      for (const line of lines) this.#expect(timeoutOf(line), take, reject);
    });
  }

  #expect(timeout: number, take: (reply: Reply) => void, reject: (thrown: Error) => void): void {
    const resolve = (reply: Reply): void => {
      if (reply.code === 421) reject(new Closing(replyText(reply)));
      else take(reply);
    };
    this.#session.dialogue.expect({ timeout, resolve, reject });
  }

  #command(line: string): Promise<Reply> {
    this.#session.dialogue.send(`${line}\r\n`);
    return this.#reply(timeoutOf(line));
  }
}

/** Reads a message and tells its own failures from those of the connection. */
async function* readable(parcel: Parcel): AsyncGenerator<Buffer> {
  const pieces = parcel.pieces()[Symbol.asyncIterator]();
  for (;;) {
    const step = await pieces.next().catch((cause: unknown) => {
      throw new Unreadable('the message cannot be read', { cause });
    });
    if (step.done === true) return;
    yield step.value;
  }
}

/** Whatever else is thrown is a fault of ours that this message brings out; it counts against the message. */
function outcomeOfThrown(thrown: unknown): ParcelOutcome {
  if (thrown instanceof Closing) return { kind: 'interrupted', reply: thrown.message };
  if (thrown instanceof ConnectionLost) return { kind: 'interrupted', reply: lostReply(thrown.message) };
  return { kind: 'unreadable', error: thrown instanceof Unreadable ? thrown.cause : thrown };
}

function timeoutOf(line: string): number {
  return line === 'DATA' ? replyTimeout.data : replyTimeout.command;
}

function lostReply(reason: string): string {
  return `421 4.4.2 Connection dropped: the server ${reason}`;
}
