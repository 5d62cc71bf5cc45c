import type { Endpoint, Server } from '../config.ts';
import type { Carrier, CarrierSession, Opening } from './carrier.ts';
import { deliverAll } from './deliver.ts';
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
const mostAttempts = 10;

/** What a queue is told where a stop came before a session did; it is seen in the log alone. */
const stopped: Exclude<Opening, { kind: 'open' }> = {
  kind: 'put off',
  from: 'server',
  reply: '421 4.3.2 Service not available',
};

/** Makes a carrier that tries one address after another, and keeps the session that comes about. */
export function smtpCarrier(
  context: SendingContext,
  find: () => Promise<Attempts>,
  limits: { readonly keepOpen: number; readonly messages: number },
): Carrier {
  return {
    keepOpen: limits.keepOpen * 1000,
    async open(stop) {
      const found = await unlessStopped(stop, find());
      if (found.kind !== 'attempts') return found;
      const failures: { readonly refused: SessionRefused; readonly endpoint: Endpoint }[] = [];
      for (const attempt of found.attempts.slice(0, mostAttempts)) {
        try {
          const session = await openAttempt(context, attempt, stop);
          return { kind: 'open', session: smtpSession(session, attempt, limits.messages) };
        } catch (thrown) {
          if (!(thrown instanceof SessionRefused)) throw thrown;
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
  stop: AbortSignal,
): Promise<Session> {
  const { reach, tls, clock, sourceAddress } = context;
  const reached = reach(endpoint, server);
  if (reached.kind === 'closed') throw new SessionRefused('this side', `451 4.4.0 ${reached.reason}`);
  const whole = { ...request, endpoint: reached.endpoint, authorities: tls.authorities, clock, stop };
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
  messages: number,
): CarrierSession {
  let left = messages;
  return {
    remoteServer: server?.fqdn ?? request.serverName ?? endpoint.address,
    get isOpen() {
      return dialogue.lost === undefined;
    },
    get left() {
      return left;
    },
    async carry(deliveries) {
      const answered = await deliverAll({ dialogue, extensions }, left, deliveries);
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
