import type { DefaultValue } from '../exchange/cmdlet.ts';
import type { ServerRole } from '../exchange/server-role.ts';
import { holdsIn, type ExchangeVersion, type VersionFact } from '../exchange/version.ts';
import { sameName } from '../mail/connector-name.ts';
import type { AuthMechanism, PermissionGroup, Server, Topology } from './topology.ts';

/** A Receive connector that Exchange's setup makes; what is not stated has the default of its parameter. */
export interface SetupReceiveConnector {
  readonly name: string;
  /** The transport service that listens, from 2013 on. */
  readonly transportRole?: 'FrontendTransport' | 'HubTransport';
  readonly bindings: readonly string[];
  readonly remoteIPRanges: readonly string[];
  readonly authMechanism: readonly AuthMechanism[];
  readonly permissionGroups: readonly PermissionGroup[];
  /** Other parameters that differ from their default, by the key that a topology writes. */
  readonly settings: { readonly [key: string]: DefaultValue };
}

/** A connector of setup with the server that it is on. */
export interface StandingSetupConnector {
  readonly server: Server;
  readonly connector: SetupReceiveConnector;
}

/** A row of the table below: `prefix` comes before the server's name. */
interface Row extends VersionFact {
  readonly role: ServerRole;
  readonly prefix: string;
  readonly port: number;
  readonly transportRole?: 'FrontendTransport' | 'HubTransport';
  readonly authMechanism: readonly AuthMechanism[];
  readonly permissionGroups: readonly PermissionGroup[];
  readonly settings?: { readonly [key: string]: DefaultValue };
}

const forClients: readonly AuthMechanism[] = ['Tls', 'Integrated', 'BasicAuth', 'BasicAuthRequireTLS'];
const forAll: readonly AuthMechanism[] = [...forClients, 'ExchangeServer'];
const forServers: readonly PermissionGroup[] = ['ExchangeUsers', 'ExchangeServers', 'ExchangeLegacyServers'];
const rateOfUsers = { enableAuthGSSAPI: true, messageRateLimit: 5, messageRateSource: ['User'] } as const;
const betweenServers = {
  maxInboundConnectionPerSource: 'unlimited',
  maxInboundConnectionPercentagePerSource: 100,
  maxRecipientsPerMessage: 5000,
  sizeEnabled: 'EnabledWithoutValue',
} as const;
const frontend = { transportRole: 'FrontendTransport' } as const;
const behind = { transportRole: 'HubTransport' } as const;

const clientFrontend = {
  ...frontend,
  prefix: 'Client Frontend',
  port: 587,
  authMechanism: forClients,
  permissionGroups: ['ExchangeUsers'],
  settings: rateOfUsers,
} as const;
const defaultFrontend = {
  ...frontend,
  prefix: 'Default Frontend',
  port: 25,
  authMechanism: forAll,
  permissionGroups: ['AnonymousUsers', 'ExchangeServers', 'ExchangeLegacyServers'],
  settings: { domainSecureEnabled: true, protocolLoggingLevel: 'Verbose' },
} as const;
const outboundProxy = {
  ...frontend,
  prefix: 'Outbound Proxy Frontend',
  port: 717,
  authMechanism: forAll,
  permissionGroups: ['ExchangeServers'],
  settings: { domainSecureEnabled: true, tarpitInterval: '00:00:00' },
} as const;
const clientProxy = {
  ...behind,
  prefix: 'Client Proxy',
  port: 465,
  authMechanism: forAll,
  permissionGroups: ['ExchangeServers', 'ExchangeUsers'],
} as const;
const behindFrontend = {
  ...behind,
  prefix: 'Default',
  authMechanism: ['Tls', 'Integrated', 'BasicAuth', 'ExchangeServer'],
  permissionGroups: forServers,
  settings: betweenServers,
} as const;

/**
 * A mailbox server of 2013 is one that clientAccess servers stand before, so its transport service has port 25; where
 * both roles share a machine, and in all later versions, the frontend has that port and the service behind it 2525.
 *
 * Source: https://learn.microsoft.com/exchange/mail-flow/connectors/receive-connectors; objects of 2019 for the settings.
 */
const table: readonly Row[] = [
  {
    role: 'hub',
    prefix: 'Default',
    port: 25,
    authMechanism: forAll,
    permissionGroups: forServers,
    settings: { maxRecipientsPerMessage: 5000 },
  },
  {
    role: 'hub',
    prefix: 'Client',
    port: 587,
    authMechanism: forClients,
    permissionGroups: ['ExchangeUsers'],
    settings: { enableAuthGSSAPI: true, messageRateLimit: 5 },
  },
  { role: 'clientAccess', ...defaultFrontend },
  { role: 'clientAccess', ...clientFrontend },
  { role: 'clientAccess', ...outboundProxy },
  { role: 'mailbox', since: '2016', ...defaultFrontend },
  { role: 'mailbox', since: '2016', ...clientFrontend },
  { role: 'mailbox', since: '2016', ...outboundProxy },
  { role: 'mailbox', until: '2013', ...behindFrontend, port: 25 },
  { role: 'mailbox', since: '2016', ...behindFrontend, port: 2525 },
  { role: 'mailbox', ...clientProxy },
  {
    role: 'edge',
    prefix: 'Default internal receive connector',
    port: 25,
    authMechanism: ['Tls', 'ExchangeServer'],
    permissionGroups: ['AnonymousUsers', 'ExchangeServers', 'Partners'],
    settings: { domainSecureEnabled: true },
  },
];

const allIPv4 = '0.0.0.0-255.255.255.255';
const allIPv6 = '::-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff';

/**
 * Lists the Receive connectors that setup makes on a server of a role.
 *
 * Both families are served, but on Edge servers and in 2007 IPv4 alone.
 * Source: https://learn.microsoft.com/exchange/mail-flow/connectors/receive-connectors
 */
export function setupReceiveConnectors(
  serverName: string,
  role: ServerRole,
  version: ExchangeVersion,
): readonly SetupReceiveConnector[] {
  const servesIPv6 = role !== 'edge' && version !== '2007';
  return table
    .filter((row) => row.role === role && holdsIn(version, row))
    .map(({ prefix, port, transportRole, authMechanism, permissionGroups, settings = {} }) => ({
      name: `${prefix} ${serverName}`,
      ...(transportRole === undefined ? {} : { transportRole }),
      bindings: [`0.0.0.0:${port}`, ...(servesIPv6 ? [`[::]:${port}`] : [])],
      remoteIPRanges: [allIPv4, ...(servesIPv6 ? [allIPv6] : [])],
      authMechanism,
      permissionGroups,
      settings,
    }));
}

/**
 * Lists the connectors of setup that stand beside the declared ones: not where a server says that they are removed, nor
 * those that the file declares under their own name.
 */
export function standingSetupConnectors(topology: Topology): readonly StandingSetupConnector[] {
  return topology.servers
    .filter(({ setupDefaults }) => setupDefaults === 'present')
    .flatMap((server) => {
      const declared = topology.receiveConnectors.filter((one) => one.server.target === server);
      return setupReceiveConnectors(server.name.value, server.role.value, server.version.value)
        .filter(({ name }) => !declared.some((one) => sameName(one.name.value, name)))
        .map((connector) => ({ server, connector }));
    });
}
