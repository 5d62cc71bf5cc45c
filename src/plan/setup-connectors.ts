import { parametersFor } from '../exchange/cmdlets.ts';
import { parseIpRange } from '../mail/ip-range.ts';
import { parseTcpBinding } from '../mail/tcp-binding.ts';
import { sameName } from '../mail/connector-name.ts';
import { standingSetupConnectors, type StandingSetupConnector } from '../model/setup-connectors.ts';
import type { Server, Topology } from '../model/topology.ts';
import { addressRangeOf, endpointOf } from './declared.ts';
import { valueOfDefault } from './parameter-value.ts';
import { effectiveParameters, type Settled } from './parameters.ts';
import { organizationPlace, placeOn } from './places.ts';
import type { EnsureReceiveConnector, EnsureSendConnector, ParameterValue } from './step.ts';

/** Settles the Receive connectors that setup made on a server; they are there, and no target changes them. */
export function planSetupReceiveConnectors(
  topology: Topology,
  server: Server,
): readonly EnsureReceiveConnector[] {
  return standingSetupConnectors(topology)
    .filter((standing) => standing.server === server)
    .map(setupReceiveConnector);
}

function setupReceiveConnector({ server, connector }: StandingSetupConnector): EnsureReceiveConnector {
  const { name, bindings, remoteIPRanges, authMechanism, permissionGroups, settings } = connector;
  const origin = server.name.at;
  const settled = new Map<string, Settled>(
    Object.entries({
      ...settings,
      ...(connector.transportRole && { transportRole: connector.transportRole }),
      authMechanism,
      permissionGroups,
      bindings,
      remoteIPRanges,
      fqdn: server.fqdn.value,
    }).flatMap(([key, value]): readonly [string, Settled][] => {
      const setting = parametersFor('receiveConnector').find((one) => one.key === key);
      if (!setting) return [];
      const names = setting.values?.flatMap(({ values }) => values) ?? [];
      const shape = { form: setting.form, list: setting.list, names };
      return [[key, { value: valueOfDefault(value, shape), source: 'default', origin }]];
    }),
  );
  return {
    kind: 'receive-connector',
    place: placeOn(server.name.value),
    made: 'setup',
    name,
    server: server.name.value,
    usage: 'custom',
    enabled: true,
    bindings: bindings.flatMap((text) => parseTcpBinding(text) ?? []).map(endpointOf),
    remoteIPRanges: remoteIPRanges.flatMap((text) => parseIpRange(text) ?? []).map(addressRangeOf),
    fqdn: server.fqdn.value,
    authMechanism,
    permissionGroups,
    requireTLS: false,
    domainSecureEnabled: settings['domainSecureEnabled'] === true,
    extendedRights: [],
    parameters: effectiveParameters({
      object: 'receiveConnector',
      version: server.version.value,
      role: server.role.value,
      usage: 'custom',
      written: [],
      settled,
      apart: [],
      at: origin,
    }),
    origin,
  };
}

/**
 * Settles the two Send connectors that EdgeSync makes for the subscribed Edge servers of a site, where the file does
 * not declare them under their own names.
 *
 * Source: https://learn.microsoft.com/exchange/architecture/edge-transport-servers/edge-subscriptions
 */
export function planEdgeSyncConnectors(topology: Topology): readonly EnsureSendConnector[] {
  return subscribedSites(topology).flatMap(({ site, edges }) => {
    const made = [toInternet(topology, site, edges), inboundTo(topology, site, edges)];
    return made.filter(({ name }) => !topology.sendConnectors.some((one) => sameName(one.name.value, name)));
  });
}

interface SubscribedSite {
  readonly site: string;
  readonly edges: readonly Server[];
}

function subscribedSites({ servers }: Topology): readonly SubscribedSite[] {
  const subscribed = servers.filter((one) => one.subscribedTo && one.setupDefaults === 'present');
  const keys = new Set(subscribed.map(({ subscribedTo }) => subscribedTo?.value.toLowerCase()));
  return [...keys].map((key) => {
    const edges = subscribed.filter(({ subscribedTo }) => subscribedTo?.value.toLowerCase() === key);
    return { site: edges[0]?.subscribedTo?.value ?? '', edges };
  });
}

function toInternet(topology: Topology, site: string, edges: readonly Server[]): EnsureSendConnector {
  return {
    ...edgeSyncConnector(topology, `EdgeSync - ${site} to Internet`, edges, {
      addressSpaces: { kind: 'list', items: ['SMTP:*;100'] },
      domainSecureEnabled: { kind: 'boolean', value: true },
    }),
    addressSpaces: [{ type: 'SMTP', space: '*', cost: 100 }],
    dnsRoutingEnabled: true,
    smartHosts: [],
    smartHostAuthMechanism: 'None',
    domainSecureEnabled: true,
  };
}

/** `--` is every accepted domain and, as a smart host, every server of the site. */
function inboundTo(topology: Topology, site: string, edges: readonly Server[]): EnsureSendConnector {
  return {
    ...edgeSyncConnector(topology, `EdgeSync - Inbound to ${site}`, edges, {
      addressSpaces: { kind: 'list', items: ['SMTP:--;1'] },
      dnsRoutingEnabled: { kind: 'boolean', value: false },
      smartHosts: { kind: 'list', items: ['--'] },
      smartHostAuthMechanism: { kind: 'enum', names: ['ExchangeServer'], multi: false },
    }),
    addressSpaces: [{ type: 'SMTP', space: '--', cost: 1 }],
    dnsRoutingEnabled: false,
    smartHosts: [{ host: '--', kind: 'fqdn' }],
    smartHostAuthMechanism: 'ExchangeServer',
    domainSecureEnabled: false,
  };
}

type Routing =
  'addressSpaces' | 'dnsRoutingEnabled' | 'smartHosts' | 'smartHostAuthMechanism' | 'domainSecureEnabled';

function edgeSyncConnector(
  topology: Topology,
  name: string,
  edges: readonly Server[],
  values: { readonly [key: string]: ParameterValue },
): Omit<EnsureSendConnector, Routing> {
  const origin = edges[0]?.subscribedTo?.at ?? topology.organization.name.at;
  const sources = edges.map((edge) => edge.name.value);
  const all = { ...values, sourceTransportServers: { kind: 'list', items: sources } as const };
  const settled = new Map(
    Object.entries(all).map(([key, value]): [string, Settled] => [key, { value, source: 'default', origin }]),
  );
  return {
    kind: 'send-connector',
    place: organizationPlace,
    made: 'setup',
    name,
    usage: 'custom',
    enabled: true,
    sourceTransportServers: sources,
    ignoreSTARTTLS: false,
    requireTLS: false,
    parameters: effectiveParameters({
      object: 'sendConnector',
      version: topology.organization.exchangeVersion.value,
      role: 'edge',
      usage: 'custom',
      written: [],
      settled,
      apart: ['authenticationCredential'],
      at: origin,
    }),
    origin,
  };
}
