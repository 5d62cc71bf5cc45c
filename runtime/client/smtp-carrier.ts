import type { Endpoint, SendConnector, Server } from '../config.ts';
import { domainSecureList } from '../decide/inbound-security.ts';
import { internalEndpoint, type NextHop } from '../decide/next-hop.ts';
import { tlsDemand, tlsReply } from '../decide/outbound-tls.ts';
import { siteOf } from '../decide/send-connector.ts';
import { passwordOf } from './authenticate.ts';
import type { Carrier, CarrierSession, Opening } from './carrier.ts';
import { deliverAll } from './deliver.ts';
import { openSession, SessionRefused, type Session, type SessionRequest } from './open-session.ts';
import { resolveDomain, resolveSmartHosts, shuffled } from './resolve.ts';
import type { SendingContext } from './sending-context.ts';

/** One address to try, and how. */
interface Attempt {
  readonly endpoint: Endpoint;
  readonly server?: Server;
  readonly request: Omit<SessionRequest, 'endpoint' | 'clock' | 'authorities'>;
}

/** The addresses to try, in order, or why there is none. */
type Attempts =
  { readonly kind: 'attempts'; readonly attempts: readonly Attempt[] } | Exclude<Opening, { kind: 'open' }>;

/** A destination with more addresses than this is not tried to its end. */
const mostAttempts = 10;
/** Between servers of the topology, as Exchange's own connector for that has it. Unit: seconds. */
const keepOpenBetweenServers = 600;
const messagesBetweenServers = 1000;

/** Makes the carrier for mail that leaves through a Send connector. */
export function connectorCarrier(
  context: SendingContext,
  { connector, domain }: Extract<NextHop, { kind: 'connector' }>,
): Carrier {
  const { config, server } = context;
  const list = domainSecureList(config.tlsSendDomainSecureList, config.partners);
  const resolver = { ...context, ownAddresses: server.addresses };
  const find = async (): Promise<Attempts> => {
    if (connector.smartHostAuthMechanism === 'ExchangeServer') return noExchangeServerAuth;
    const resolution = connector.dnsRoutingEnabled
      ? await resolveDomain(domain, resolver)
      : await resolveSmartHosts(connector.smartHosts, resolver);
    if (resolution.kind !== 'hosts') return { ...resolution, from: 'DNS' };
    const secureContext = context.tls.forConnector(connector);
    const attempts = resolution.hosts.flatMap(({ name, addresses, smartHost }) =>
      addresses.map((address): Attempt => ({
        endpoint: { address, port: connector.port },
        request: {
          clientName: connector.fqdn ?? server.fqdn,
          greeting: connector.forceHELO ? 'HELO' : 'EHLO',
          tls: tlsDemand(connector, { domain, ...(smartHost !== undefined && { smartHost }) }, list),
          secureContext: () => {
            if (secureContext === undefined)
              throw new SessionRefused('this side', tlsReply.noClientCertificate);
            return secureContext;
          },
          ...(name !== undefined && { serverName: name }),
          ...credentialOf(context, connector),
          ...(connector.sourceIPAddress !== undefined && { localAddress: connector.sourceIPAddress }),
        },
      })),
    );
    return { kind: 'attempts', attempts };
  };
  return smtpCarrier(context, find, {
    keepOpen: connector.connectionInactivityTimeOut,
    messages: connector.smtpMaxMessagesPerConnection,
  });
}

/** Makes the carrier for mail that goes to another server of the topology. */
export function serverCarrier(context: SendingContext, hop: Extract<NextHop, { kind: 'servers' }>): Carrier {
  const { config, server, random, tls } = context;
  const find = (): Promise<Attempts> => {
    const isNear = (one: Server): boolean => siteOf(one) === siteOf(server);
    // Nearest first; servers equally near take turns. Source: EXCH mail routing.
    const order = [
      ...shuffled(hop.servers.filter(isNear), random),
      ...shuffled(
        hop.servers.filter((one) => !isNear(one)),
        random,
      ),
    ];
    const attempts = order.flatMap((to): Attempt[] => {
      const endpoint = internalEndpoint(config, to);
      if (endpoint === undefined) return [];
      return [
        {
          endpoint,
          server: to,
          request: {
            clientName: server.fqdn,
            serverName: to.fqdn,
            greeting: 'EHLO',
            tls: { level: 'encrypted', expectedNames: [], roots: 'authorities' },
            secureContext: tls.forServers,
            isPinned: (fingerprint) => tls.isServer(fingerprint, to.name),
          },
        },
      ];
    });
    return Promise.resolve(attempts.length > 0 ? { kind: 'attempts', attempts } : noExchangeServerAuth);
  };
  return smtpCarrier(context, find, { keepOpen: keepOpenBetweenServers, messages: messagesBetweenServers });
}

/** Makes the carrier for mail that has arrived and goes to a mail store that speaks SMTP. */
export function storeCarrier(
  context: SendingContext,
  { host, port }: { readonly host: string; readonly port: number },
): Carrier {
  const find = async (): Promise<Attempts> => {
    const resolution = await resolveSmartHosts([{ host, kind: 'fqdn' }], {
      ...context,
      ownAddresses: [],
      // The store is a host, not a mail domain, so nobody asks for its MX.
      nameServer: { ...context.nameServer, mx: () => Promise.resolve([]) },
    });
    if (resolution.kind !== 'hosts') return { ...resolution, from: 'DNS' };
    const attempts = resolution.hosts.flatMap(({ addresses }) =>
      addresses.map((address): Attempt => ({
        endpoint: { address, port },
        request: {
          clientName: context.server.fqdn,
          greeting: 'EHLO',
          tls: { level: 'opportunistic', expectedNames: [], roots: 'authorities' },
          secureContext: context.tls.forServers,
        },
      })),
    );
    return { kind: 'attempts', attempts };
  };
  return smtpCarrier(context, find, { keepOpen: keepOpenBetweenServers, messages: messagesBetweenServers });
}

const noExchangeServerAuth: Attempts = {
  kind: 'put off',
  from: 'server',
  reply: '451 5.7.3 Cannot achieve Exchange Server authentication',
};

function credentialOf(
  { config }: SendingContext,
  connector: SendConnector,
): Pick<SessionRequest, 'credential'> {
  const { smartHostAuthMechanism: mechanism } = connector;
  if (mechanism !== 'BasicAuth' && mechanism !== 'BasicAuthRequireTLS') return {};
  const credential = config.credentials.find(({ name }) => name === connector.credential);
  if (credential === undefined) return {};
  return { credential: { username: credential.username, password: passwordOf(credential) } };
}

function smtpCarrier(
  context: SendingContext,
  find: () => Promise<Attempts>,
  limits: { readonly keepOpen: number; readonly messages: number },
): Carrier {
  return {
    keepOpen: limits.keepOpen * 1000,
    async open() {
      const found = await find();
      if (found.kind !== 'attempts') return found;
      const failures: { readonly refused: SessionRefused; readonly endpoint: Endpoint }[] = [];
      for (const attempt of found.attempts.slice(0, mostAttempts)) {
        try {
          const session = await openAttempt(context, attempt);
          return { kind: 'open', session: smtpSession(session, attempt, limits.messages) };
        } catch (thrown) {
          if (!(thrown instanceof SessionRefused)) throw thrown;
          failures.push({ refused: thrown, endpoint: attempt.endpoint });
        }
      }
      return { kind: 'put off', from: 'server', reply: queueReply(failures) };
    },
  };
}

async function openAttempt(
  context: SendingContext,
  { endpoint, server, request }: Attempt,
): Promise<Session> {
  const { reach, tls, clock, sourceAddress } = context;
  const reached = reach(endpoint, server);
  if (reached.kind === 'closed') throw new SessionRefused('this side', `451 4.4.0 ${reached.reason}`);
  const whole = { ...request, endpoint: reached.endpoint, authorities: tls.authorities, clock };
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
