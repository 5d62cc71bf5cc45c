import type { Reach } from './client/sending-context.ts';
import type { Endpoint, Rehearsal, Server, TransportConfig } from './config.ts';
import { isLoopback, isWildcard, sameAddress } from './decide/address.ts';
import { whereListens, type ListeningEndpoint } from './server/endpoints.ts';
import { endpointText } from './server/listener.ts';
import { StartFailure } from './start-failure.ts';

/**
 * Makes sure that a rehearsal cannot leave the machine, whatever the topology says.
 *
 * Fails: throws StartFailure for an endpoint that is not a loopback one.
 */
export function requireLoopback({ listen, connect }: Rehearsal): void {
  for (const { local } of [...listen, ...connect]) {
    if (isLoopback(local.address)) continue;
    throw new StartFailure(
      `a rehearsal stays on this machine, and ${endpointText(local)} is not a loopback endpoint`,
    );
  }
}

/**
 * Finds what is connected to instead of a remote endpoint: what `rehearsal.connect` names, or where a server of the
 * topology listens, be it in this process or, by `rehearsal.listen`, in another one.
 */
export function reachInRehearsal(
  config: TransportConfig,
  here: readonly ListeningEndpoint[],
  endpoint: Endpoint,
  to: Server | undefined,
): Reach {
  const { connect, listen } = config.rehearsal;
  const mapped = connect.find(({ remote }) => sameEndpoint(remote, endpoint));
  if (mapped !== undefined) return { kind: 'endpoint', endpoint: mapped.local };
  const owner =
    to ?? config.servers.find(({ addresses }) => addresses.some((own) => sameAddress(own, endpoint.address)));
  const local = owner && (whereListens(here, owner.name, endpoint) ?? elsewhere(listen, endpoint));
  if (local !== undefined) return { kind: 'endpoint', endpoint: local };
  const entry = owner === undefined ? 'rehearsal.connect has' : 'rehearsal.listen and rehearsal.connect have';
  return { kind: 'closed', reason: `${entry} no entry for ${endpointText(endpoint)}` };
}

function elsewhere(listen: Rehearsal['listen'], endpoint: Endpoint): Endpoint | undefined {
  const own = listen.find(({ binding }) => sameEndpoint(binding, endpoint));
  const all = listen.find(({ binding }) => isWildcard(binding.address) && binding.port === endpoint.port);
  return (own ?? all)?.local;
}

function sameEndpoint(one: Endpoint, other: Endpoint): boolean {
  return one.port === other.port && sameAddress(one.address, other.address);
}
