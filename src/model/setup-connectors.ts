import { oncePer } from '../base/once-per.ts';
import { setupReceiveConnectors, type SetupReceiveConnector } from '../exchange/setup-connectors.ts';
import { sameName } from '../mail/connector-name.ts';
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

function findStanding({ servers, receiveConnectors }: Topology): readonly StandingSetupConnector[] {
  const declared = new Map<Server, string[]>();
  for (const { server, name } of receiveConnectors) {
    if (!server.target) continue;
    const names = declared.get(server.target) ?? [];
    names.push(name.value);
    declared.set(server.target, names);
  }
  return servers
    .filter(({ setupDefaults }) => setupDefaults === 'present')
    .flatMap((server) =>
      setupReceiveConnectors(server.name.value, server.role.value, server.version.value, server.frontEnd)
        .filter(({ name }) => !declared.get(server)?.some((one) => sameName(one, name)))
        .map((connector) => ({ server, connector })),
    );
}
