import type {
  SendConnector as RoutedConnector,
  Server as RoutedServer,
  TransportConfig,
} from '../../runtime/config.ts';
import type { SendConnector, Server, Topology } from '../model/topology.ts';
import { present } from '../base/present.ts';
import { printIpAddress } from '../mail/ip-address.ts';
import { printDomainPattern } from '../mail/smtp-domain.ts';
import { printSmartHost } from '../mail/smart-host.ts';
import { serversOf } from '../model/connector-servers.ts';
import { writtenTrue } from './written-value.ts';

/** What routing looks at of a topology, in the transport's form: no connector of it can be used to send. */
export function routingConfig(topology: Topology): TransportConfig {
  const { organization, servers, delivery } = topology;
  return {
    configVersion: 1,
    organization: organization.name.value,
    acceptedDomains: organization.acceptedDomains.map(({ domain, type }) => ({
      domain: domain.value,
      type: type.value,
    })),
    servers: servers.map(routedServer),
    certificates: [],
    authorities: [],
    partners: [],
    credentials: [],
    receiveConnectors: [],
    sendConnectors: [
      ...topology.sendConnectors.filter(({ enabled }) => enabled.value).map(routedConnector),
      ...edgeSyncConnectors(topology),
    ],
    tlsSendDomainSecureList: [],
    tlsReceiveDomainSecureList: [],
    postmasterAddress: '',
    queues: [],
    dns: [],
    delivery: delivery.map(({ domain }) => ({ domain: domain.value, kind: 'maildir', folder: '' })),
    rehearsal: { listen: [], connect: [], clients: [] },
  };
}

function routedServer(server: Server): RoutedServer {
  const { name, role, fqdn, version, site, subscribedTo } = server;
  return {
    name: name.value,
    role: role.value,
    fqdn: fqdn.value,
    exchangeVersion: version.value,
    addresses: [],
    ...present({ site: site?.value.toLowerCase(), subscribedTo: subscribedTo?.value.toLowerCase() }),
  };
}

function routedConnector(connector: SendConnector): RoutedConnector {
  return {
    ...unsendable,
    name: connector.name.value,
    addressSpaces: connector.addressSpaces.flatMap(({ parsed }) => {
      if (parsed === undefined || parsed.kind === 'other') return [];
      const space = parsed.kind === 'smtp' ? printDomainPattern(parsed.pattern) : '--';
      return [{ space, cost: parsed.cost }];
    }),
    sourceTransportServers: serversOf(connector).map(({ name }) => name.value),
    isScopedConnector: writtenTrue(connector, 'isScopedConnector') !== undefined,
    dnsRoutingEnabled: connector.dnsRoutingEnabled.value,
    smartHosts: connector.smartHosts.flatMap(({ parsed }) =>
      parsed
        ? [
            {
              host: parsed.kind === 'fqdn' ? printSmartHost(parsed) : printIpAddress(parsed.address),
              kind: parsed.kind,
            },
          ]
        : [],
    ),
  };
}

/** Source: https://learn.microsoft.com/exchange/architecture/edge-transport-servers/edge-subscriptions */
function edgeSyncConnectors({ servers, sendConnectors }: Topology): readonly RoutedConnector[] {
  const edges = servers.filter((one) => one.subscribedTo && one.setupDefaults === 'present');
  const sites = new Map(
    edges.map(({ subscribedTo }) => [subscribedTo?.value.toLowerCase(), subscribedTo?.value]),
  );
  const declared = new Set(sendConnectors.map(({ name }) => name.value.toLowerCase()));
  return [...sites].flatMap(([key, site = '']) => {
    const sourceTransportServers = edges
      .filter(({ subscribedTo }) => subscribedTo?.value.toLowerCase() === key)
      .map(({ name }) => name.value);
    const shared = { ...unsendable, source: 'setup' as const, sourceTransportServers };
    const inbound: RoutedConnector = {
      ...shared,
      name: `EdgeSync - Inbound to ${site}`,
      addressSpaces: [{ space: '--', cost: 1 }],
      dnsRoutingEnabled: false,
      smartHosts: [{ host: '--', kind: 'fqdn' }],
    };
    const internet: RoutedConnector = {
      ...shared,
      name: `EdgeSync - ${site} to Internet`,
      addressSpaces: [{ space: '*', cost: 100 }],
    };
    return [inbound, internet].filter(({ name }) => !declared.has(name.toLowerCase()));
  });
}

/** What routing does not look at. */
const unsendable: RoutedConnector = {
  name: '',
  source: 'declared',
  enabled: true,
  addressSpaces: [],
  sourceTransportServers: [],
  isScopedConnector: false,
  dnsRoutingEnabled: true,
  smartHosts: [],
  port: 25,
  smartHostAuthMechanism: 'None',
  forceHELO: false,
  ignoreSTARTTLS: false,
  requireTLS: false,
  domainSecureEnabled: false,
  maxMessageSize: 'unlimited',
  connectionInactivityTimeOut: 0,
  smtpMaxMessagesPerConnection: 0,
  errorPolicies: [],
  protocolLoggingLevel: 'None',
};
