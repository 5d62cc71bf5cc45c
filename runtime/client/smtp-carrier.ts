import type { Endpoint, SendConnector, Server } from '../config.ts';
import { endpointText } from '../server/listener.ts';
import { sessionIds } from '../server/session-id.ts';
import type { Carrier, CarrierSession, Opening } from './carrier.ts';
import { deliverAll } from './deliver.ts';
import { LineNotes } from './line-notes.ts';
import { openSession, SessionRefused, type Session, type SessionRequest } from './open-session.ts';
import type { SendingContext } from './sending-context.ts';

/** One address to try, and how. */
export interface Attempt {
  readonly endpoint: Endpoint;
  readonly server?: Server;
  readonly request: Omit<SessionRequest, 'endpoint' | 'clock' | 'authorities' | 'stop'>;
}

/** The addresses to try, in order, or why there is none. */
export type Attempts =
  { readonly kind: 'attempts'; readonly attempts: readonly Attempt[] } | Exclude<Opening, { kind: 'open' }>;

/** A destination with more addresses than this is not tried to its end. */
export const mostAttempts: number = 10;

/** What a queue is told where a stop came before a session did; it is seen in the log alone. */
const stopped: Exclude<Opening, { kind: 'open' }> = {
  kind: 'put off',
  from: 'server',
  reply: '421 4.3.2 Service not available',
};

/** Where sessions of a carrier go, and how long they are used. */
export interface CarrierTerms {
  /** Unit: seconds. */
  readonly keepOpen: number;
  readonly messages: number;
  /** The domain or host that the mail is for, as logs show it. */
  readonly destination: string;
  /** Absent where mail stays inside. */
  readonly connector?: SendConnector;
}

/** Makes a carrier that tries one address after another, and keeps the session that comes about. */
export function smtpCarrier(
  context: SendingContext,
  find: () => Promise<Attempts>,
  terms: CarrierTerms,
): Carrier {
  const nextId = sessionIds(context.clock.now());
  return {
    keepOpen: terms.keepOpen * 1000,
    async open(stop) {
      const found = await unlessStopped(stop, find());
      if (found.kind !== 'attempts') {
        const notes = new LineNotes(context, terms, nextId());
        notes.step('>', found.reply);
        notes.end();
        return found;
      }
      const failures: { readonly refused: SessionRefused; readonly endpoint: Endpoint }[] = [];
      for (const attempt of found.attempts.slice(0, mostAttempts)) {
        const notes = new LineNotes(context, terms, nextId());
        const to = endpointText(attempt.endpoint);
        try {
          const session = await openAttempt(context, attempt, { stop, ...notes.transcript(to) });
          notes.step('>', `Established connection to ${to}`);
          return { kind: 'open', session: smtpSession(session, attempt, notes) };
        } catch (thrown) {
          if (!(thrown instanceof SessionRefused)) throw thrown;
          notes.step('>', `Failed connection to ${to}: ${thrown.reply}`);
          notes.end();
          if (stop.aborted) return stopped;
          failures.push({ refused: thrown, endpoint: attempt.endpoint });
        }
      }
      return { kind: 'put off', from: 'server', reply: queueReply(failures) };
    },
  };
}

/** Name servers cannot be hurried; nobody waits for their answer once all stops. */
function unlessStopped(stop: AbortSignal, answer: Promise<Attempts>): Promise<Attempts> {
  return new Promise((resolve, reject) => {
    const giveUp = (): void => resolve(stopped);
    if (stop.aborted) giveUp();
    stop.addEventListener('abort', giveUp, { once: true });
    answer.then(resolve, reject).finally(() => stop.removeEventListener('abort', giveUp));
  });
}

async function openAttempt(
  context: SendingContext,
  { endpoint, server, request }: Attempt,
  opening: Pick<SessionRequest, 'stop' | 'transcript'>,
): Promise<Session> {
  const { reach, tls, clock, sourceAddress } = context;
  const reached = reach(endpoint, server);
  if (reached.kind === 'closed') throw new SessionRefused('this side', `451 4.4.0 ${reached.reason}`);
  const whole = { ...request, endpoint: reached.endpoint, authorities: tls.authorities, clock, ...opening };
  if (sourceAddress === undefined) return openSession(whole);
  try {
    return await openSession({ ...whole, localAddress: sourceAddress });
  } catch (thrown) {
    if (!(thrown instanceof SessionRefused && thrown.reply.endsWith('EADDRNOTAVAIL'))) throw thrown;
    // Only Linux has all of 127.0.0.0/8; elsewhere a rehearsal does without telling servers apart.
    const { localAddress: _, ...anywhere } = whole;
    return openSession(anywhere);
  }
}

function smtpSession(
  { dialogue, extensions }: Session,
  { server, request, endpoint }: Attempt,
  notes: LineNotes,
): CarrierSession {
  const { connector, messages } = notes.terms;
  let left = messages;
  dialogue.onLost(() => notes.end());
  return {
    line: {
      session: notes.session,
      localAddress: dialogue.socket.localAddress ?? '',
      remoteAddress: dialogue.socket.remoteAddress ?? endpoint.address,
      ...(connector && { connector: connector.name }),
    },
    remoteServer: server?.fqdn ?? request.serverName ?? endpoint.address,
    get isOpen() {
      return dialogue.lost === undefined;
    },
    get left() {
      return left;
    },
    async carry(deliveries) {
      const answered = await deliverAll({ dialogue, extensions }, left, {
        take: () => deliveries.take(),
        settle(parcel, outcome) {
          if (outcome.kind === 'answered') notes.count(parcel.size);
          deliveries.settle(parcel, outcome);
        },
      });
      left -= answered;
      return answered;
    },
    onLost: (run) => dialogue.onLost(run),
    close: () => dialogue.quit(),
    breakOff: () => dialogue.destroy(),
  };
}

/**
 * What the queue shows after no address would do: the words of the first one, in the form that Exchange's queue has.
 *
 * Source: EXCH queue errors, observed.
 */
function queueReply(
  failures: readonly { readonly refused: SessionRefused; readonly endpoint: Endpoint }[],
): string {
  const [first] = failures;
  const last = failures.at(-1);
  if (first === undefined || last === undefined) return '451 4.4.0 DNS query failed: no address';
  const { by, reply } = first.refused;
  if (by === 'this side') return reply;
  const outcome =
    'Attempted failover to alternate host, but that did not succeed. Either there are no alternate hosts, or delivery failed ' +
    `to all alternate hosts. The last endpoint attempted was ${last.endpoint.address}:${last.endpoint.port}`;
  if (by === 'server') return `451 4.4.0 Primary target IP address responded with: "${reply}." ${outcome}`;
  return `441 4.4.1 Error encountered while communicating with primary target IP address: "${reply}." ${outcome}`;
}
