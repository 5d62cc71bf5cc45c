import type { ReceiveConnector, SendConnector, Server, Topology } from './topology.ts';

/** Gives the declared servers that speak for a connector: that of a Receive connector, the sources of a Send connector. */
export function serversOf(connector: ReceiveConnector | SendConnector): readonly Server[] {
  const sources = 'sourceTransportServers' in connector ? connector.sourceTransportServers : [];
  return [...sources, ...(connector.server ? [connector.server] : [])].flatMap(({ target }) => target ?? []);
}

const byServer = new WeakMap<Topology, ReadonlyMap<Server, readonly ReceiveConnector[]>>();

/** Lists the Receive connectors of a declared server. Many rules ask for each server, so the answer is kept with the topology. */
export function receiveConnectorsOn(topology: Topology, server: Server): readonly ReceiveConnector[] {
  const known = byServer.get(topology) ?? groupByServer(topology.receiveConnectors);
  byServer.set(topology, known);
  return known.get(server) ?? [];
}

function groupByServer(
  connectors: readonly ReceiveConnector[],
): ReadonlyMap<Server, readonly ReceiveConnector[]> {
  const groups = new Map<Server, ReceiveConnector[]>();
  for (const connector of connectors) {
    const { target } = connector.server;
    if (target === undefined) continue;
    const group = groups.get(target);
    if (group) group.push(connector);
    else groups.set(target, [connector]);
  }
  return groups;
}
