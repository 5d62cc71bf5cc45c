import { oncePer } from '../base/once-per.ts';
import { setupReceiveConnectors, type SetupReceiveConnector } from '../exchange/setup-connectors.ts';
import { receiveConnectorsOn } from './connector-servers.ts';
import type { Server, Topology } from './topology.ts';

/** A connector of setup with the server that it is on. */
export interface StandingSetupConnector {
  readonly server: Server;
  readonly connector: SetupReceiveConnector;
}

/**
 * Lists the connectors of setup that stand beside the declared ones: not where a server says that they are removed, nor
 * those that the file declares under their own name. Many rules ask, so the answer is kept with the topology.
 */
export const standingSetupConnectors: (topology: Topology) => readonly StandingSetupConnector[] =
  oncePer(findStanding);

const grouped = new WeakMap<Topology, ReadonlyMap<Server, readonly StandingSetupConnector[]>>();

/** Lists those of them that stand on one server. */
export function standingSetupConnectorsOn(
  topology: Topology,
  server: Server,
): readonly StandingSetupConnector[] {
  const known = grouped.get(topology) ?? groupByServer(standingSetupConnectors(topology));
  grouped.set(topology, known);
  return known.get(server) ?? [];
}

const made = new WeakMap<Server, readonly SetupReceiveConnector[]>();

/** Lists the Receive connectors that setup makes on a declared server, whether or not they still stand. */
export function setupConnectorsOf(server: Server): readonly SetupReceiveConnector[] {
  const known =
    made.get(server) ??
    setupReceiveConnectors(server.name.value, server.role.value, server.version.value, server.frontEnd);
  made.set(server, known);
  return known;
}

function findStanding(topology: Topology): readonly StandingSetupConnector[] {
  return topology.servers
    .filter(({ setupDefaults }) => setupDefaults === 'present')
    .flatMap((server) => {
      const declared = new Set(
        receiveConnectorsOn(topology, server).map(({ name }) => name.value.toLowerCase()),
      );
      return setupConnectorsOf(server)
        .filter(({ name }) => !declared.has(name.toLowerCase()))
        .map((connector) => ({ server, connector }));
    });
}

function groupByServer(
  standing: readonly StandingSetupConnector[],
): ReadonlyMap<Server, readonly StandingSetupConnector[]> {
  const groups = new Map<Server, StandingSetupConnector[]>();
  for (const one of standing) {
    const group = groups.get(one.server);
    if (group) group.push(one);
    else groups.set(one.server, [one]);
  }
  return groups;
}
