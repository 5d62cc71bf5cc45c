import { printAddressSpace, printSpace, type AddressSpace } from '../mail/address-space.ts';
import { printSmartHost } from '../mail/smart-host.ts';
import type { SendConnector, Topology } from '../model/topology.ts';
import { nameOf, parsedOf } from './declared.ts';
import { effectiveParameters, type Settled, type Subject } from './parameters.ts';
import { organizationPlace, placeOn } from './places.ts';
import { booleanOf, settle } from './receive-connectors.ts';
import type { EnsureSendConnector, PlannedAddressSpace } from './step.ts';

/**
 * Settles one Send connector.
 *
 * It is made once for the organization, whichever servers send through it, EdgeSync carrying it to subscribed Edge
 * servers; only a connector that lives on an Edge server without subscription is made there.
 * Source: EXCH New-SendConnector -SourceTransportServers, DOC S1, S10.
 */
export function planSendConnector(connector: SendConnector, topology: Topology): EnsureSendConnector {
  const { partner, server, authenticationCredential, fqdn, tlsAuthLevel, tlsDomain } = connector;
  const home = server && nameOf(server);
  return {
    kind: 'send-connector',
    place: home === undefined ? organizationPlace : placeOn(home),
    made: 'declared',
    name: connector.name.value,
    usage: connector.usage.value,
    ...(partner && { partner: nameOf(partner) }),
    enabled: connector.enabled.value,
    addressSpaces: parsedOf(connector.addressSpaces).map(plannedSpace),
    sourceTransportServers: home === undefined ? connector.sourceTransportServers.map(nameOf) : [home],
    dnsRoutingEnabled: connector.dnsRoutingEnabled.value,
    smartHosts: parsedOf(connector.smartHosts).map((host) => ({
      host: printSmartHost(host),
      kind: host.kind,
    })),
    smartHostAuthMechanism: connector.smartHostAuthMechanism.value,
    ...(authenticationCredential && { credential: nameOf(authenticationCredential) }),
    ...(fqdn && { fqdn: fqdn.value }),
    ignoreSTARTTLS: connector.ignoreSTARTTLS.value,
    requireTLS: connector.requireTLS.value,
    ...(tlsAuthLevel && { tlsAuthLevel: tlsAuthLevel.value }),
    ...(tlsDomain && { tlsDomain: tlsDomain.value }),
    domainSecureEnabled: connector.domainSecureEnabled.value,
    parameters: effectiveParameters({
      object: 'sendConnector',
      ...circumstancesOf(connector, topology),
      written: connector.written,
      settled: settledOn(connector),
      // A credential is no text that a plan could hold; a local connector has no source servers to name.
      // A linked connector takes no address spaces: EXCH New-SendConnector -LinkedReceiveConnector.
      apart: [
        'authenticationCredential',
        ...(home === undefined ? [] : ['sourceTransportServers']),
        ...(connector.addressSpacesSource === 'default' ? ['addressSpaces'] : []),
      ],
      at: connector.name.at,
    }),
    origin: connector.name.at,
  };
}

function circumstancesOf(
  connector: SendConnector,
  topology: Topology,
): Pick<Subject, 'version' | 'role' | 'usage'> {
  const usage = connector.usage.value;
  const server = connector.server?.target;
  if (server) return { version: server.version.value, role: server.role.value, usage };
  const role = connector.sourceTransportServers[0]?.target?.role.value ?? 'hub';
  return { version: topology.organization.exchangeVersion.value, role, usage };
}

function plannedSpace(space: AddressSpace): PlannedAddressSpace {
  return { type: space.kind === 'other' ? space.type : 'SMTP', space: printSpace(space), cost: space.cost };
}

function settledOn(connector: SendConnector): ReadonlyMap<string, Settled> {
  const { addressSpaces, sourceTransportServers, smartHosts, name } = connector;
  const spaces = parsedOf(addressSpaces).map(printAddressSpace);
  const hosts = parsedOf(smartHosts).map(printSmartHost);
  const settled = new Map<string, Settled>([
    [
      'addressSpaces',
      {
        value: { kind: 'list', items: spaces },
        source: connector.addressSpacesSource,
        origin: addressSpaces[0]?.at ?? name.at,
      },
    ],
    [
      'sourceTransportServers',
      {
        value: { kind: 'list', items: sourceTransportServers.map(nameOf) },
        source: connector.sourceTransportServersSource,
        origin: sourceTransportServers[0]?.at ?? name.at,
      },
    ],
    ['dnsRoutingEnabled', settle(connector.dnsRoutingEnabled, booleanOf)],
    ['domainSecureEnabled', settle(connector.domainSecureEnabled, booleanOf)],
    ['enabled', settle(connector.enabled, booleanOf)],
    ['ignoreSTARTTLS', settle(connector.ignoreSTARTTLS, booleanOf)],
    ['requireTLS', settle(connector.requireTLS, booleanOf)],
    [
      'smartHostAuthMechanism',
      settle(connector.smartHostAuthMechanism, (one) => ({ kind: 'enum', names: [one], multi: false })),
    ],
  ]);
  const [firstHost] = smartHosts;
  if (firstHost) {
    settled.set('smartHosts', {
      value: { kind: 'list', items: hosts },
      source: 'written',
      origin: firstHost.at,
    });
  }
  return settled;
}
