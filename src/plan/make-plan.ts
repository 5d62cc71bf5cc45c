/**
 * The plan is what the topology asks for, with every value settled and in the order in which it is brought about:
 * what receives is ready before what sends.
 */
import type { Server, Topology } from '../model/topology.ts';
import { planCertificatesOn } from './certificates.ts';
import { declaredIn } from './declared.ts';
import {
  hasOrganization,
  isUnsubscribedEdge,
  organizationPlace,
  placeOn,
  samePlace,
  unsubscribedEdges,
} from './places.ts';
import { planReceiveConnector } from './receive-connectors.ts';
import { planRestarts } from './restarts.ts';
import { planSendConnector } from './send-connectors.ts';
import { planEdgeSyncConnectors, planSetupReceiveConnectors } from './setup-connectors.ts';
import type {
  EnsureAcceptedDomain,
  EnsureSendConnector,
  Place,
  Plan,
  Step,
  SynchronizeEdge,
} from './step.ts';
import { planEdgeTransportConfig, planTransportConfig } from './transport-config.ts';

/** Makes the plan of a topology in which lint found no error; what a warning leaves open is left out, not guessed. */
export function makePlan(topology: Topology): Plan {
  const declared = declaredIn(topology);
  const sending = topology.sendConnectors.map((one) => planSendConnector(one, topology));
  const steps = [
    ...topology.servers.flatMap((server) => receivingStepsOn(server, topology)),
    ...organizationSteps(topology, sending),
    ...unsubscribedEdges(topology).flatMap((edge) => edgeSteps(edge, topology, sending)),
  ];
  return { ...declared, steps: [...steps, ...planRestarts(steps, declared.servers)] };
}

function receivingStepsOn(server: Server, topology: Topology): readonly Step[] {
  return [
    ...planCertificatesOn(topology, server),
    // A Receive connector may name an accepted domain. Source: EXCH New-ReceiveConnector -DefaultDomain.
    ...(isUnsubscribedEdge(server) ? acceptedDomainsIn(topology, placeOn(server.name.value)) : []),
    ...planSetupReceiveConnectors(topology, server),
    ...topology.receiveConnectors
      .filter((connector) => connector.server.target === server)
      .map((connector) => planReceiveConnector(connector, server)),
  ];
}

/** Source: EXCH Set-TransportConfig, New-AcceptedDomain, New-SendConnector, Start-EdgeSynchronization. */
function organizationSteps(topology: Topology, sending: readonly EnsureSendConnector[]): readonly Step[] {
  if (!hasOrganization(topology)) return [];
  const config = planTransportConfig(topology);
  const changes: readonly Step[] = [
    ...(config ? [config] : []),
    ...acceptedDomainsIn(topology, organizationPlace),
    ...sending.filter(({ place }) => place.kind === 'organization'),
  ];
  return [
    ...changes,
    ...planEdgeSyncConnectors(topology),
    // What is changed inside reaches a subscribed Edge server with the next synchronization, or with this one.
    ...(changes.length > 0 ? synchronizations(topology) : []),
  ];
}

/** An Edge server without subscription has lists and Send connectors of its own, beside accepted domains. */
function edgeSteps(
  edge: Server,
  topology: Topology,
  sending: readonly EnsureSendConnector[],
): readonly Step[] {
  const place = placeOn(edge.name.value);
  const config = planEdgeTransportConfig(topology, edge);
  return [...(config ? [config] : []), ...sending.filter((connector) => samePlace(connector.place, place))];
}

function acceptedDomainsIn(topology: Topology, place: Place): readonly EnsureAcceptedDomain[] {
  return topology.organization.acceptedDomains.map(({ domain, type }) => ({
    kind: 'accepted-domain',
    place,
    domain: domain.value,
    type: type.value,
    origin: domain.at,
  }));
}

function synchronizations(topology: Topology): readonly SynchronizeEdge[] {
  const bySite = new Map<string, SynchronizeEdge>();
  for (const { name, subscribedTo } of topology.servers) {
    if (!subscribedTo) continue;
    const key = subscribedTo.value.toLowerCase();
    const known = bySite.get(key);
    bySite.set(key, {
      kind: 'edge-synchronization',
      place: organizationPlace,
      site: known?.site ?? subscribedTo.value,
      edgeServers: [...(known?.edgeServers ?? []), name.value],
      origin: known?.origin ?? subscribedTo.at,
    });
  }
  return [...bySite.values()];
}
