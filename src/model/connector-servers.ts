import type { ReceiveConnector, SendConnector, Server } from './topology.ts';

/** Gives the declared servers that speak for a connector: that of a Receive connector, the sources of a Send connector. */
export function serversOf(connector: ReceiveConnector | SendConnector): readonly Server[] {
  const sources = 'sourceTransportServers' in connector ? connector.sourceTransportServers : [];
  return [...sources, ...(connector.server ? [connector.server] : [])].flatMap(({ target }) => target ?? []);
}
