import type { SendConnector, Server } from '../config.ts';
import { domainSecureList } from '../decide/inbound-security.ts';
import type { NextHop } from '../decide/next-hop.ts';
import {
  connectorSession,
  noExchangeServerAuth,
  serverTargets,
  sessionToServer,
  whyUnusable,
} from '../decide/outbound-session.ts';
import { tlsReply } from '../decide/outbound-tls.ts';
import { passwordOf } from './authenticate.ts';
import type { Carrier } from './carrier.ts';
import { SessionRefused, type SessionRequest } from './open-session.ts';
import { resolveDomain, resolveSmartHosts, shuffled } from './resolve.ts';
import type { SendingContext } from './sending-context.ts';
import { smtpCarrier, type Attempt, type Attempts } from './smtp-carrier.ts';

/** Between servers of the topology, as Exchange's own connector for that has it. Unit: seconds. */
const betweenServers = { keepOpen: 600, messages: 1000 } as const;

/** What finding the way through a Send connector needs. */
export type ConnectorContext = Pick<SendingContext, 'config' | 'server' | 'tls' | 'nameServer' | 'random'>;

/** Lists the addresses that mail for a domain is brought to through a Send connector, in order, and how each session opens. */
export async function connectorAttempts(
  context: ConnectorContext,
  connector: SendConnector,
  domain: string,
): Promise<Attempts> {
  const { config, server } = context;
  const list = domainSecureList(config.tlsSendDomainSecureList, config.partners);
  const resolver = { ...context, ownAddresses: server.addresses };
  const unusable = whyUnusable(connector);
  if (unusable !== undefined) return { kind: 'put off', from: 'server', reply: unusable };
  const resolution = connector.dnsRoutingEnabled
    ? await resolveDomain(domain, resolver)
    : await resolveSmartHosts(connector.smartHosts, resolver);
  if (resolution.kind !== 'hosts') return { ...resolution, from: 'DNS' };
  const secureContext = context.tls.forConnector(connector);
  const attempts = resolution.hosts.flatMap(({ name, addresses, smartHost }) =>
    addresses.map((address): Attempt => ({
      endpoint: { address, port: connector.port },
      request: {
        ...connectorSession(
          server,
          connector,
          { domain, ...(smartHost !== undefined && { smartHost }) },
          list,
        ),
        secureContext: () => {
          if (secureContext === undefined)
            throw new SessionRefused('this side', tlsReply.noClientCertificate);
          return secureContext;
        },
        ...(name !== undefined && { serverName: name }),
        ...credentialOf(context, connector),
      },
    })),
  );
  return { kind: 'attempts', attempts };
}

/** Makes the carrier for mail that leaves through a Send connector. */
export function connectorCarrier(
  context: SendingContext,
  { connector, domain }: Extract<NextHop, { kind: 'connector' }>,
): Carrier {
  return smtpCarrier(context, () => connectorAttempts(context, connector, domain), {
    keepOpen: connector.connectionInactivityTimeOut,
    messages: connector.smtpMaxMessagesPerConnection,
    destination: domain,
    connector,
  });
}

/** Makes the carrier for mail that goes to another server of the topology. */
export function serverCarrier(context: SendingContext, hop: Extract<NextHop, { kind: 'servers' }>): Carrier {
  const { config, server, random, tls } = context;
  const find = (): Promise<Attempts> => {
    const equals = (servers: readonly Server[]): readonly Server[] => shuffled(servers, random);
    const attempts = serverTargets(config, server, hop.servers, equals).map(
      ({ server: to, endpoint }): Attempt => ({
        endpoint,
        server: to,
        request: {
          ...sessionToServer(server),
          serverName: to.fqdn,
          secureContext: tls.forServers,
          isPinned: (fingerprint) => tls.isServer(fingerprint, to.name),
        },
      }),
    );
    return Promise.resolve(
      attempts.length > 0
        ? { kind: 'attempts', attempts }
        : { kind: 'put off', from: 'server', reply: noExchangeServerAuth },
    );
  };
  return smtpCarrier(context, find, {
    ...betweenServers,
    destination: hop.servers.map(({ fqdn }) => fqdn).join(';'),
  });
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
  return smtpCarrier(context, find, { ...betweenServers, destination: host });
}

function credentialOf(
  { config }: ConnectorContext,
  connector: SendConnector,
): Pick<SessionRequest, 'credential'> {
  const { smartHostAuthMechanism: mechanism } = connector;
  if (mechanism !== 'BasicAuth' && mechanism !== 'BasicAuthRequireTLS') return {};
  const credential = config.credentials.find(({ name }) => name === connector.credential);
  if (credential === undefined) return {};
  return { credential: { username: credential.username, password: passwordOf(credential) } };
}
