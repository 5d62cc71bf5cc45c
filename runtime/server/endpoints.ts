import type { Endpoint, TransportConfig } from '../config.ts';
import { addressTowards, isWildcard, parseAddress, sameAddress } from '../decide/address.ts';

/** An address and port of a server as the topology knows it. */
export interface ServedEndpoint extends Endpoint {
  readonly server: string;
}

/** One socket to open, and what it stands for. */
export interface PlannedSocket {
  readonly local: Endpoint;
  /** In a rehearsal the first one is what a connection counts as; otherwise a server with all addresses that are its own. */
  readonly serves: readonly ServedEndpoint[];
}

/** How sockets relate to the topology. */
export type ListenMode = 'real' | 'rehearsal';

/** Where an endpoint of the topology is really listened on. */
export interface ListeningEndpoint extends ServedEndpoint {
  readonly local: Endpoint;
}

/** Plans one socket per distinct local endpoint of the servers' enabled Receive connectors. */
export function planSockets(
  config: TransportConfig,
  serverNames: readonly string[],
  mode: ListenMode,
): readonly PlannedSocket[] {
  const bindings = config.receiveConnectors
    .filter(({ enabled, server }) => enabled && serverNames.includes(server))
    .flatMap(({ server, bindings }) => bindings.map((binding) => ({ ...binding, server })));
  return mode === 'real' ? planReal(bindings) : planRehearsal(config, bindings);
}

/** A wildcard takes all connections of its port, so beside it no other address of its family is bound. */
function planReal(bindings: readonly ServedEndpoint[]): readonly PlannedSocket[] {
  const sockets = new Map<string, { local: Endpoint; serves: ServedEndpoint[] }>();
  for (const binding of bindings) {
    const wildcard = bindings.find((one) => isWildcard(one.address) && coversAll(one, binding));
    const { address, port } = wildcard ?? binding;
    const key = endpointKey({ address, port });
    const socket = sockets.get(key) ?? { local: { address, port }, serves: [] };
    if (
      !socket.serves.some((one) => one.server === binding.server && endpointKey(one) === endpointKey(binding))
    ) {
      socket.serves.push(binding);
    }
    sockets.set(key, socket);
  }
  return [...sockets.values()];
}

function coversAll(wildcard: Endpoint, binding: Endpoint): boolean {
  return wildcard.port === binding.port && familyOf(wildcard.address) === familyOf(binding.address);
}

function familyOf(address: string): 4 | 6 | undefined {
  return parseAddress(address)?.family;
}

function endpointKey({ address, port }: Endpoint): string {
  const parsed = parseAddress(address);
  return parsed === undefined ? `${address} ${port}` : `${parsed.family} ${parsed.value} ${port}`;
}

/** A free port on the loopback interface. */
const anyLoopback: Endpoint = { address: '127.0.0.1', port: 0 };

function planRehearsal(
  config: TransportConfig,
  bindings: readonly ServedEndpoint[],
): readonly PlannedSocket[] {
  const sockets: { local: Endpoint; serves: ServedEndpoint[] }[] = [];
  const seen = new Set<string>();
  for (const binding of bindings) {
    for (const concrete of concreteEndpoints(config, binding)) {
      const key = `${concrete.server} ${endpointKey(concrete)}`;
      if (seen.has(key)) continue;
      seen.add(key);
      const mapped = rehearsed(config, concrete) ?? rehearsed(config, binding) ?? anyLoopback;
      const taken =
        mapped.port === 0
          ? undefined
          : sockets.find(({ local }) => endpointKey(local) === endpointKey(mapped));
      // Addresses of one server may share a socket; two servers cannot, for nobody could tell them apart.
      if (taken?.serves.some(({ server }) => server === concrete.server)) taken.serves.push(concrete);
      else sockets.push({ local: taken === undefined ? mapped : anyLoopback, serves: [concrete] });
    }
  }
  return sockets;
}

function concreteEndpoints(config: TransportConfig, binding: ServedEndpoint): readonly ServedEndpoint[] {
  if (!isWildcard(binding.address)) return [binding];
  const addresses = config.servers.find(({ name }) => name === binding.server)?.addresses ?? [];
  return addresses
    .filter((address) => familyOf(address) === familyOf(binding.address))
    .map((address) => ({ server: binding.server, address, port: binding.port }));
}

function rehearsed({ rehearsal }: TransportConfig, endpoint: Endpoint): Endpoint | undefined {
  return rehearsal.listen.find(({ binding }) => endpointKey(binding) === endpointKey(endpoint))?.local;
}

/** Tells where an endpoint of a server is really listened on; undefined where nobody in this process does. */
export function whereListens(
  endpoints: readonly ListeningEndpoint[],
  server: string,
  { address, port }: Endpoint,
): Endpoint | undefined {
  const ofServer = endpoints.filter((one) => one.server === server && one.port === port);
  const own = ofServer.find((one) => sameAddress(one.address, address));
  return (own ?? ofServer.find((one) => isWildcard(one.address) && coversAll(one, { address, port })))?.local;
}

/**
 * Gives the loopback address from which a server of the topology connects in a rehearsal, so that the listener can tell
 * servers from each other and from everyone else; where the machine has no such address, any other one does, and the
 * server then counts as what `rehearsal.clients` says.
 */
export function rehearsalSourceAddress(config: TransportConfig, server: string): string | undefined {
  const at = config.servers.findIndex(({ name }) => name === server);
  return at === -1 ? undefined : `${serverPrefix}${(at + 1) >> 8}.${(at + 1) & 255}`;
}

const serverPrefix = '127.25.';

/** Tells as which address a client counts on a socket. */
export function clientAddressOn(
  config: TransportConfig,
  served: ServedEndpoint,
  remoteAddress: string,
  mode: ListenMode,
): string {
  if (mode === 'real') return remoteAddress;
  const mapped = config.rehearsal.clients.find(({ local }) => sameAddress(local, remoteAddress));
  if (mapped !== undefined) return mapped.address;
  const server = config.servers.find(({ name }) => rehearsalSourceAddress(config, name) === remoteAddress);
  return (server && addressTowards(server.addresses, served.address)) ?? remoteAddress;
}

/** Tells which endpoint of which server a connection has reached. */
export function servedBy(
  config: TransportConfig,
  socket: PlannedSocket,
  localAddress: string,
  mode: ListenMode,
): ServedEndpoint | undefined {
  const [first] = socket.serves;
  if (first === undefined || mode === 'rehearsal') return first;
  const names = socket.serves.map(({ server }) => server);
  const owner = config.servers.find(
    ({ name, addresses }) =>
      names.includes(name) && addresses.some((address) => sameAddress(address, localAddress)),
  );
  return { server: owner?.name ?? first.server, address: localAddress, port: first.port };
}
