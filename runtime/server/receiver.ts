import type { ReceiveConnector, Server, TransportConfig } from '../config.ts';
import type { PresentedCertificate } from '../decide/client-certificate.ts';
import { acceptedDomainLookup, coveringName } from '../decide/domain-match.ts';
import { domainSecureList } from '../decide/inbound-security.ts';
import { permissionsOf, principalAtConnect } from '../decide/permissions.ts';
import type { Permissions, SessionPrincipal } from '../decide/permissions.ts';
import type { Pressure } from '../message.ts';
import { noUsers } from '../users/logon.ts';
import type { Users } from '../users/logon.ts';
import { ConnectionCount, MessageRate } from './limits.ts';
import { repliesOf } from './reply.ts';
import type { SessionContext } from './session.ts';

/** What the TLS handshake has brought. */
export interface TlsState {
  readonly protocol: string;
  readonly cipher: string;
  readonly presented?: PresentedCertificate;
  /** The server of the topology whose internal certificate the client has proved to hold. */
  readonly internalServer?: string;
  /** The servers on which the topology says that the client's certificate is installed. */
  readonly installedOn?: readonly string[];
}

/** A Receive connector at work: what all its sessions share. */
export interface Receiver {
  readonly connector: ReceiveConnector;
  readonly connections: ConnectionCount;
  /** Makes what surrounds one session, before TLS or after it. */
  contextFor(
    clientAddress: string,
    tls: 'unavailable' | 'available' | TlsState,
    pressure: () => Pressure,
  ): SessionContext;
}

/** What receivers are made with beside the topology. */
export interface ReceiverStock {
  /** Nobody where absent. */
  readonly users?: Users;
  /** The count that goes on for a connector; a new one where absent. */
  readonly connectionsOf?: (connector: ReceiveConnector) => ConnectionCount;
}

/** Prepares all Receive connectors of the servers that run here. */
export function makeReceivers(
  config: TransportConfig,
  serverNames: readonly string[],
  now: () => number,
  { users = noUsers, connectionsOf = () => new ConnectionCount() }: ReceiverStock = {},
): ReadonlyMap<ReceiveConnector, Receiver> {
  const accepted = acceptedDomainLookup(config.acceptedDomains);
  const domainSecure = domainSecureList(config.tlsReceiveDomainSecureList, config.partners);
  const postmasterDomain = config.postmasterAddress.slice(config.postmasterAddress.lastIndexOf('@') + 1);
  const servers = new Map(config.servers.map((server) => [server.name, server]));
  const shared = { accepted, domainSecure, postmasterDomain, now, users, servers: config.servers };
  return new Map(
    config.receiveConnectors.flatMap((connector) => {
      const server = servers.get(connector.server);
      if (server === undefined || !serverNames.includes(server.name)) return [];
      return [[connector, makeReceiver(connector, server, shared, connectionsOf(connector))] as const];
    }),
  );
}

interface Shared extends Pick<SessionContext, 'accepted' | 'domainSecure' | 'postmasterDomain' | 'now'> {
  readonly servers: readonly Server[];
  readonly users: Users;
}

function makeReceiver(
  connector: ReceiveConnector,
  server: Server,
  { servers, users, ...shared }: Shared,
  connections: ConnectionCount,
): Receiver {
  const known = new Map<SessionPrincipal, Permissions>();
  const rate = new MessageRate();
  const fixed = {
    ...shared,
    connector,
    server,
    replies: repliesOf(server),
    permissionsOf(principal: SessionPrincipal): Permissions {
      const permissions = known.get(principal) ?? permissionsOf(connector, principal);
      known.set(principal, permissions);
      return permissions;
    },
  };
  return {
    connector,
    connections,
    contextFor(clientAddress, tls, pressure) {
      const state = typeof tls === 'string' ? undefined : tls;
      const knowsServers = connector.authMechanism.includes('ExchangeServer');
      const isServer = knowsServers && state?.internalServer !== undefined;
      const unproven = knowsServers && !isServer ? unprovenServer(servers, state) : undefined;
      const principal = isServer ? 'Exchange server' : principalAtConnect(connector);
      return {
        ...fixed,
        pressure,
        clientAddress,
        principal,
        ...(principal === 'anonymous' && offersLogon(connector, state, users) && { users }),
        tls: typeof tls === 'string' ? tls : 'active',
        ...(state?.presented && { presented: state.presented }),
        ...(unproven !== undefined && { unprovenServer: unproven }),
        countMessage: (user) => rate.count(connector.limits, { clientAddress, user }, shared.now()),
      };
    },
  };
}

/**
 * Says whether a session may log on: never where nobody could, nor in the clear where the connector forbids it.
 * Source: EXCH New-ReceiveConnector -AuthMechanism.
 */
function offersLogon({ authMechanism }: ReceiveConnector, tls: TlsState | undefined, users: Users): boolean {
  const isSafe = tls !== undefined || !authMechanism.includes('BasicAuthRequireTLS');
  return authMechanism.includes('BasicAuth') && isSafe && !users.isEmpty;
}

/**
 * Finds the server that a certificate names for which nobody vouches, as a server's internal one is.
 *
 * One that the topology says is installed on that server is its own, and no sign that the internal one is missing here.
 */
function unprovenServer(servers: readonly Server[], state: TlsState | undefined): string | undefined {
  const { presented, installedOn = [] } = state ?? {};
  if (presented?.chain.kind !== 'refused') return undefined;
  const named = servers.find(({ fqdn }) => coveringName(presented.names, fqdn) !== undefined)?.name;
  return named !== undefined && installedOn.includes(named) ? undefined : named;
}
