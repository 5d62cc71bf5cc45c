import type { ReceiveConnector, Server } from '../../runtime/config.ts';
import { chooseReceiveConnector, type ReceiveChoice } from '../../runtime/decide/receive-connector.ts';
import type { ReceiveTlsDecision } from '../../runtime/decide/receive-tls.ts';
import type { PresentedCertificate } from '../../runtime/decide/client-certificate.ts';
import { repliesOf } from '../../runtime/server/reply.ts';
import type { Ground, SessionContext, Transaction } from '../../runtime/server/session.ts';
import { endpointText } from './endpoint-text.ts';
import type { ClientSession } from './scenario.ts';
import { refusalOf, Talk, textOf, unheard } from './talk.ts';
import { serverNamed, speakerIn, type World } from './world.ts';

/** One command and what it is told, with the decision behind it where there is one. */
export interface Exchange {
  readonly command: string;
  readonly reply: string;
  readonly code: number;
  readonly because?: Ground;
}

/** Where in a session a reply stands. */
export type Moment = 'connect' | 'EHLO' | 'STARTTLS' | 'AUTH' | 'MAIL' | 'RCPT' | 'message';

/** A reply that ends a message, or one recipient of it. */
export interface Refusal {
  readonly at: Moment;
  readonly reply: string;
  readonly code: number;
}

/** What a recipient was told, and the path under which it is in the queue where it was accepted. */
export interface RecipientAnswer {
  readonly recipient: string;
  readonly forwardPath?: string;
  readonly refusal?: Refusal;
  readonly because?: Ground;
}

/** What a client asks for in a session. */
export interface Request {
  /** Absent where the client goes no further than its greeting. */
  readonly from?: string;
  readonly to: readonly string[];
  /** Unit: bytes. */
  readonly size: number;
}

/** The commands that a client gives once it knows what EHLO offers, or why it gives none. */
export type Envelope =
  | { readonly kind: 'commands'; readonly mail: string; readonly rcpt: readonly string[] }
  | { readonly kind: 'refused'; readonly reply: string };

/** A session as the server would lead it. */
export interface SessionTrace {
  readonly session: ClientSession;
  readonly server: Server;
  readonly choice: ReceiveChoice;
  readonly connector?: ReceiveConnector;
  readonly tls?: ReceiveTlsDecision;
  readonly context?: SessionContext;
  readonly presented?: PresentedCertificate;
  readonly dialogue: readonly Exchange[];
  readonly transaction?: Transaction;
  /** What ends the whole message. */
  readonly refusal?: Refusal;
  readonly recipients: readonly RecipientAnswer[];
}

/** Leads a session as the transport would, up to the end of the message; nothing here decides, the transport's functions do. */
export async function traceSession(
  world: World,
  session: ClientSession,
  request: Request,
  envelope: (extensions: ReadonlyMap<string, string>) => Promise<Envelope>,
): Promise<SessionTrace> {
  const { binding, client } = session;
  const server = serverNamed(world, session.server);
  if (server === undefined) throw new Error(`the topology has no server ${session.server}`);
  const choice = chooseReceiveConnector(world.table, {
    server: server.name,
    localAddress: binding.address,
    localPort: binding.port,
    clientAddress: client,
  });
  const receiver = choice.chosen && world.receivers.get(choice.chosen.connector);
  if (choice.chosen === undefined || receiver === undefined) {
    const refusal = unservedBy(world, server, choice, session);
    return { session, server, choice, dialogue: [], refusal, recipients: unheard(request, refusal) };
  }
  const talk = new Talk(world, session, server, choice.chosen.connector);
  const ended = await talk.lead(request, envelope);
  return { session, server, choice, ...ended };
}

/** A connection that no connector takes: refused by the machine where nobody listens, and otherwise by the transport. */
function unservedBy(
  world: World,
  server: Server,
  { eliminated }: ReceiveChoice,
  { binding }: ClientSession,
): Refusal {
  const isHeard = eliminated.some(({ reason }) => reason === 'client outside ranges');
  if (!isHeard) {
    const reply = `421 4.2.1 Unable to connect: nothing listens at ${endpointText(binding)}`;
    return { at: 'connect', code: 421, reply };
  }
  const { serviceNotAvailable } = repliesOf(speakerIn(world, server));
  return refusalOf('connect', serviceNotAvailable, textOf(serviceNotAvailable, 'shown'));
}
