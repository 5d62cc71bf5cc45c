import type { Partner, Reference, Server, Topology } from '../model/topology.ts';
import { effectiveParameters } from './parameters.ts';
import { organizationPlace, placeOn } from './places.ts';
import type { EnsureTransportConfig } from './step.ts';

const lists = ['tlsSendDomainSecureList', 'tlsReceiveDomainSecureList'];

/** Settles the values of the organization; undefined where neither list has an entry and nothing is written. */
export function planTransportConfig(topology: Topology): EnsureTransportConfig | undefined {
  const { transportConfig, organization } = topology;
  const tlsSendDomainSecureList = transportConfig.tlsSendDomainSecureList.value.map(({ value }) => value);
  const tlsReceiveDomainSecureList = transportConfig.tlsReceiveDomainSecureList.value.map(
    ({ value }) => value,
  );
  const parameters = effectiveParameters({
    object: 'transportConfig',
    version: organization.exchangeVersion.value,
    written: transportConfig.written,
    settled: new Map(),
    apart: lists,
    at: transportConfig.at,
  });
  const isSilent =
    tlsSendDomainSecureList.length + tlsReceiveDomainSecureList.length === 0 &&
    parameters.every(({ source }) => source === 'default');
  if (isSilent) return undefined;
  return {
    kind: 'transport-config',
    place: organizationPlace,
    tlsSendDomainSecureList,
    tlsReceiveDomainSecureList,
    parameters,
    origin: transportConfig.at,
  };
}

/**
 * Settles the lists that an Edge server without subscription needs of its own, for none reach it: the entries for the
 * partners of the domain-secure connectors that live on it. Of the organization's other values it has its own.
 *
 * Source: EXCH Set-TransportConfig (run on an Edge server it configures that server alone).
 */
export function planEdgeTransportConfig(topology: Topology, edge: Server): EnsureTransportConfig | undefined {
  const partners = domainSecurePartnersOn(topology, edge);
  if (partners.length === 0) return undefined;
  const domains = partners.flatMap((partner) => partner?.target?.domains ?? []);
  const needed = new Set(domains.map(({ value }) => value.toLowerCase()));
  // A domain-secure connector without a partner serves whatever the lists hold.
  const isNeeded = (domain: string): boolean =>
    partners.includes(undefined) || needed.has(domain.toLowerCase());
  const { tlsSendDomainSecureList, tlsReceiveDomainSecureList, at } = topology.transportConfig;
  const entriesOf = (list: typeof tlsSendDomainSecureList): readonly string[] =>
    list.value.map(({ value }) => value).filter(isNeeded);
  return {
    kind: 'transport-config',
    place: placeOn(edge.name.value),
    tlsSendDomainSecureList: entriesOf(tlsSendDomainSecureList),
    tlsReceiveDomainSecureList: entriesOf(tlsReceiveDomainSecureList),
    parameters: [],
    origin: at,
  };
}

function domainSecurePartnersOn(
  topology: Topology,
  edge: Server,
): readonly (Reference<Partner> | undefined)[] {
  const receiving = topology.receiveConnectors.filter(({ server }) => server.target === edge);
  const sending = topology.sendConnectors.filter(({ server }) => server?.target === edge);
  return [...receiving, ...sending]
    .filter(({ domainSecureEnabled }) => domainSecureEnabled.value)
    .map(({ partner }) => partner);
}
