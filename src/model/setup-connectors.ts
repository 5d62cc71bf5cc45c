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
