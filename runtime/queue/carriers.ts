import type { Carrier } from '../client/carrier.ts';
import { mailboxCarrier } from '../client/mailbox-carrier.ts';
import { makeOutboundTls } from '../client/make-outbound-tls.ts';
import { noNameServer, withFacts } from '../client/name-facts.ts';
import { systemNameServer } from '../client/name-server.ts';
import { connectorCarrier, serverCarrier, storeCarrier } from '../client/next-hop-carriers.ts';
import type { Reach, SendingContext } from '../client/sending-context.ts';
import type { Endpoint, Server } from '../config.ts';
import { isLoopback } from '../decide/address.ts';
import { reachInRehearsal } from '../rehearsal.ts';
import { rehearsalSourceAddress, type ListeningEndpoint } from '../server/endpoints.ts';
import { nodeDisk } from './disk.ts';
import type { ReachableHop } from './hop-queues.ts';
import type { QueueOptions } from './queue.ts';

/** Makes what brings mail of a server to its next hops; `shared` knows where the servers here listen. */
export function carriersOf(
  options: QueueOptions,
  server: Server,
  shared: { readonly endpoints: readonly ListeningEndpoint[] },
): (hop: ReachableHop) => Carrier {
  const { config, mode, dataFolder, clock, random = Math.random, disk = nodeDisk } = options;
  const beyond = options.nameServer ?? (mode === 'rehearsal' ? noNameServer : systemNameServer());
  const sourceAddress = mode === 'rehearsal' ? rehearsalSourceAddress(config, server.name) : undefined;
  const reach: SendingContext['reach'] = (endpoint, to) =>
    mode === 'rehearsal' ? reachInRehearsal(config, shared.endpoints, endpoint, to) : openly(endpoint);
  // A mail store on this machine is named as such in the topology, so a rehearsal does not leave the machine by it.
  const reachStore: SendingContext['reach'] = (endpoint) =>
    isLoopback(endpoint.address) ? openly(endpoint) : reach(endpoint);
  const context: SendingContext = {
    config,
    server,
    tls: makeOutboundTls({ ...options, server }),
    nameServer: withFacts(config.dns, beyond),
    random,
    clock,
    reach,
    ...(options.witness && { witness: options.witness }),
    ...(sourceAddress !== undefined && { sourceAddress }),
  };
  return (hop) => {
    switch (hop.kind) {
      case 'connector':
        return connectorCarrier(context, hop);
      case 'servers':
        return serverCarrier(context, hop);
      case 'delivery':
        if (hop.delivery?.kind === 'smtp')
          return storeCarrier({ ...context, reach: reachStore }, hop.delivery);
        return mailboxCarrier(disk, dataFolder, hop, server.name);
    }
  };
}

function openly(endpoint: Endpoint): Reach {
  return { kind: 'endpoint', endpoint };
}
