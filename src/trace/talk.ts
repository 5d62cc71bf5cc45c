import { extensionsIn } from '../../runtime/client/extensions.ts';
import type { ReceiveConnector, Server } from '../../runtime/config.ts';
import { largestMessage } from '../../runtime/decide/permissions.ts';
import { decideReceiveTls, type ReceiveTlsDecision } from '../../runtime/decide/receive-tls.ts';
import type { PresentedCertificate } from '../../runtime/decide/client-certificate.ts';
import type { TlsState } from '../../runtime/server/receiver.ts';
import { wireText, type Reply } from '../../runtime/server/reply.ts';
import { newSession, type Session, type SessionContext, type Turn } from '../../runtime/server/session.ts';
import { takeCommand } from '../../runtime/server/take-command.ts';
import { afterLogon, contextAfterLogon } from '../../runtime/server/verb-auth.ts';
import { mailboxKey } from '../../runtime/users/mailbox-key.ts';
import { presentedAs } from './presented.ts';
import type { ClientSession } from './scenario.ts';
import type { World } from './world.ts';
import type {
  Envelope,
  Exchange,
  Moment,
  RecipientAnswer,
  Refusal,
  Request,
  SessionTrace,
} from './session.ts';

export function unheard({ to }: Request, refusal: Refusal): readonly RecipientAnswer[] {
  return to.map((recipient) => ({ recipient, refusal }));
}

export function refusalOf(at: Moment, { code }: Reply, reply: string): Refusal {
  return { at, code, reply };
}

export function textOf(reply: Reply, enhancedCodes: 'shown' | 'hidden'): string {
  return wireText(reply, enhancedCodes).trimEnd();
}

/** A dialogue under way; it lives for one session. */
export class Talk {
  readonly #world: World;
  readonly #client: ClientSession;
  readonly #connector: ReceiveConnector;
  readonly #tls: ReceiveTlsDecision;
  readonly #dialogue: Exchange[] = [];
  #context: SessionContext;
  #session: Session = newSession;
  #presented: PresentedCertificate | undefined;
  #extensions: ReadonlyMap<string, string> = new Map();

  constructor(world: World, client: ClientSession, server: Server, connector: ReceiveConnector) {
    this.#world = world;
    this.#client = client;
    this.#connector = connector;
    this.#tls = decideReceiveTls(world.config, connector, world.certificatesFor(server), world.now);
    this.#context = this.#contextFor(this.#tls.kind === 'offered' ? 'available' : 'unavailable');
  }

  async lead(
    request: Request,
    envelope: (extensions: ReadonlyMap<string, string>) => Promise<Envelope>,
  ): Promise<Omit<SessionTrace, 'session' | 'server' | 'choice'>> {
    const refusal = this.#greet() ?? this.#secure() ?? this.#logOn();
    const isOver = refusal !== undefined || request.from === undefined;
    const answers = isOver ? undefined : await this.#transact(request, await envelope(this.#extensions));
    return {
      connector: this.#connector,
      tls: this.#tls,
      context: this.#context,
      ...(this.#presented && { presented: this.#presented }),
      dialogue: this.#dialogue,
      ...(refusal && { refusal, recipients: unheard(request, refusal) }),
      ...(answers ?? { recipients: refusal ? unheard(request, refusal) : [] }),
    };
  }

  #contextFor(tls: 'unavailable' | 'available' | TlsState): SessionContext {
    const { receivers, receiversWithUsers } = this.#world;
    const receiver = (this.#client.auth === undefined ? receivers : receiversWithUsers).get(this.#connector);
    if (receiver === undefined) throw new Error(`no receiver for ${this.#connector.name}`);
    // Limits of rate are about many messages and back pressure about the machine; a trace is about one message.
    return {
      ...receiver.contextFor(this.#client.client, tls, () => 'normal'),
      countMessage: () => 'within the rate',
    };
  }

  #say(command: string): Reply {
    const turn = takeCommand(this.#session, command, this.#context);
    this.#session = turn.session;
    if (turn.reply === undefined) throw new Error(`no reply to ${command}`);
    this.#record(command, turn, turn.reply);
    return turn.reply;
  }

  #record(command: string, { because }: Turn, reply: Reply): void {
    const { extensions } = this.#connector;
    const text = textOf(reply, extensions.enhancedStatusCodesEnabled ? 'shown' : 'hidden');
    this.#dialogue.push({ command, reply: text, code: reply.code, ...(because && { because }) });
  }

  /** Says something that must be accepted for the session to go on. */
  #need(at: Moment, command: string, ...wanted: readonly number[]): Refusal | undefined {
    const reply = this.#say(command);
    if (wanted.includes(reply.code)) return undefined;
    return refusalOf(at, reply, this.#dialogue.at(-1)?.reply ?? '');
  }

  #greet(): Refusal | undefined {
    const { greeting, helo } = this.#client;
    const reply = this.#say(`${greeting} ${helo}`.trimEnd());
    this.#extensions = greeting === 'EHLO' && reply.code === 250 ? extensionsIn(reply) : new Map();
    return reply.code === 250 ? undefined : refusalOf('EHLO', reply, this.#dialogue.at(-1)?.reply ?? '');
  }

  #secure(): Refusal | undefined {
    if (this.#client.tls === 'none') return undefined;
    const refusal = this.#need('STARTTLS', 'STARTTLS', 220);
    if (refusal !== undefined) return refusal;
    const shown = this.#shown();
    this.#presented = shown.presented;
    this.#context = this.#contextFor({ protocol: 'TLSv1.3', cipher: 'TLS_AES_256_GCM_SHA384', ...shown });
    this.#session = newSession;
    return this.#greet();
  }

  /** What the handshake brings of the client: nothing where it is not asked, or has nothing. */
  #shown(): Pick<TlsState, 'presented' | 'internalServer' | 'installedOn'> {
    const { certificate, tls } = this.#client;
    if (certificate === undefined || tls !== 'mutual' || this.#tls.kind !== 'offered') return {};
    const { clients } = this.#tls;
    if (clients.asked === 'for nothing') return {};
    const presented = presentedAs(certificate, clients, 'client', this.#world.now);
    if (certificate.kind === 'server') return { presented, internalServer: certificate.name };
    const { installedOn } = certificate;
    return { presented, ...(installedOn && { installedOn }) };
  }

  /** Logs on with a password that is right; what the password itself is stays out of it. */
  #logOn(): Refusal | undefined {
    const { auth } = this.#client;
    if (auth === undefined) return undefined;
    const refusal = this.#need('AUTH', 'AUTH LOGIN', 334);
    if (refusal !== undefined) return refusal;
    const user = { name: auth, addresses: new Set([mailboxKey(auth) ?? '']) };
    const turn = afterLogon(this.#session, { kind: 'logged on', user }, this.#context);
    const { reply = this.#context.replies.authenticationFailed } = turn;
    this.#session = turn.session;
    this.#record(`(name and password of ${auth})`, turn, reply);
    if (reply !== this.#context.replies.authenticated)
      return refusalOf('AUTH', reply, this.#dialogue.at(-1)?.reply ?? '');
    this.#context = contextAfterLogon(this.#context, user);
    return undefined;
  }

  async #transact(
    request: Request,
    envelope: Envelope,
  ): Promise<Pick<SessionTrace, 'transaction' | 'refusal' | 'recipients'>> {
    if (envelope.kind === 'refused') {
      const refusal: Refusal = {
        at: 'MAIL',
        reply: envelope.reply,
        code: Number(envelope.reply.slice(0, 3)),
      };
      return { refusal, recipients: unheard(request, refusal) };
    }
    const refused = this.#need('MAIL', envelope.mail, 250);
    if (refused !== undefined) return { refusal: refused, recipients: unheard(request, refused) };
    const recipients = envelope.rcpt.map((command, place) =>
      this.#recipient(request.to[place] ?? '', command),
    );
    const { transaction } = this.#session;
    if (transaction === undefined) throw new Error('a transaction without MAIL');
    const first = recipients.find(({ refusal }) => refusal !== undefined)?.refusal;
    if (recipients.every(({ refusal }) => refusal !== undefined))
      return { transaction, recipients, ...(first && { refusal: first }) };
    this.#say('DATA');
    const tooLarge = request.size > largestMessage(this.#connector, transaction.permissions);
    if (!tooLarge) return { transaction, recipients };
    const { messageTooLarge } = this.#context.replies;
    const shown = this.#connector.extensions.enhancedStatusCodesEnabled ? 'shown' : 'hidden';
    const refusal = refusalOf('message', messageTooLarge, textOf(messageTooLarge, shown));
    return { transaction, refusal, recipients: unheard(request, refusal) };
  }

  #recipient(recipient: string, command: string): RecipientAnswer {
    const refusal = this.#need('RCPT', command, 250);
    const because = this.#dialogue.at(-1)?.because;
    const forwardPath = this.#session.transaction?.recipients.at(-1)?.forwardPath;
    return {
      recipient,
      ...(because && { because }),
      ...(refusal ? { refusal } : forwardPath !== undefined && { forwardPath }),
    };
  }
}
