import { holds, parseIpRange, sizeOfRange, type IpRange } from '../mail/ip-range.ts';
import type { IpFamily } from '../mail/ip-address.ts';
import { RangeIndex } from '../mail/range-index.ts';
import { sameName } from '../mail/connector-name.ts';
import { bindsAllAddresses, parseTcpBinding, relateBindings, type TcpBinding } from '../mail/tcp-binding.ts';
import { receiveConnectorsOn } from '../model/connector-servers.ts';
import { standingSetupConnectorsOn } from '../model/setup-connectors.ts';
import type {
  AuthMechanism,
  PermissionGroup,
  ReceiveConnector,
  Server,
  Topology,
  Written,
} from '../model/topology.ts';
import { authOf, groupsOf } from './receive-setting.ts';

/** A connection from one server of the organization that a connector takes which cannot let it in as such. */
export interface CapturedServer {
  readonly connector: ReceiveConnector;
  readonly range: Written<IpRange>;
  /** The server that connects, and the address that it comes from. */
  readonly peer: Server;
  readonly address: Written<IpRange>;
  /** The connector that is made for it. */
  readonly meant: string;
}

/** What decides about a connection on one server, for declared connectors and those of setup. */
interface Candidate {
  readonly name: string;
  readonly declared?: ReceiveConnector;
  readonly bindings: readonly TcpBinding[];
  readonly ranges: readonly Written<IpRange>[];
  readonly takesServers: boolean;
}

/**
 * Finds the declared connectors that get the connections of another server of ours, because their range is the more
 * specific one, while the connector that authenticates servers stands beside them at the same address and port.
 *
 * Edge servers count with the servers of the site that they are subscribed to; two of them do not talk to each other.
 * Source: https://learn.microsoft.com/exchange/mail-flow/connectors/receive-connectors
 */
export function capturedServers(topology: Topology): readonly CapturedServer[] {
  const addresses = addressesOf(topology);
  return topology.servers.flatMap((server) => {
    const candidates = candidatesOn(topology, server);
    const meant = candidates.filter(({ takesServers }) => takesServers);
    const capturing = candidates.filter(({ takesServers, declared }) => !takesServers && declared);
    if (meant.length === 0 || capturing.length === 0) return [];
    return [...connectionsInto(capturing, meant, addresses)]
      .filter(([{ peer }]) => peer !== server && talk(server, peer))
      .sort(([a], [b]) => a.order - b.order)
      .flatMap(([from, into]) => capturesOf(from, into, meant));
  });
}

/** An address of a server, which may connect to the others from it. */
interface PeerAddress {
  readonly peer: Server;
  readonly address: Written<IpRange>;
  readonly family: IpFamily;
  readonly first: bigint;
  readonly last: bigint;
  /** The place among all addresses of the file. */
  readonly order: number;
}

function addressesOf({ servers }: Topology): RangeIndex<PeerAddress> {
  const addresses = servers.flatMap((peer) => peer.addresses.map((address) => ({ peer, address })));
  return new RangeIndex(
    addresses.flatMap(({ peer, address }, order) => {
      if (!address.parsed) return [];
      const { family, first, last } = address.parsed;
      return [{ peer, address, family, first, last, order }];
    }),
  );
}

/**
 * Finds the addresses that lie in ranges of capturing connectors, with those connectors.
 *
 * Only a narrower range takes anything away, so what is as wide as the widest that is meant for servers is passed over.
 */
function connectionsInto(
  capturing: readonly Candidate[],
  meant: readonly Candidate[],
  addresses: RangeIndex<PeerAddress>,
): ReadonlyMap<PeerAddress, readonly Candidate[]> {
  const widest = meant
    .flatMap(({ ranges }) => ranges)
    .reduce((most, range) => (sizeOf(range) > most ? sizeOf(range) : most), 0n);
  const into = new Map<PeerAddress, Set<Candidate>>();
  for (const one of capturing) {
    for (const { parsed } of one.ranges) {
      if (!parsed || sizeOfRange(parsed) >= widest) continue;
      for (const from of addresses.inside(parsed)) {
        into.set(from, (into.get(from) ?? new Set<Candidate>()).add(one));
      }
    }
  }
  return new Map([...into].map(([from, candidates]) => [from, [...candidates]]));
}

function candidatesOn(topology: Topology, server: Server): readonly Candidate[] {
  const declared = receiveConnectorsOn(topology, server)
    .filter(({ enabled }) => enabled.value)
    .map((one) => ({
      name: one.name.value,
      declared: one,
      bindings: one.bindings.flatMap(({ parsed }) => parsed ?? []),
      ranges: one.remoteIPRanges,
      takesServers: takesServers(authOf(one), groupsOf(one)),
    }));
  const setup = standingSetupConnectorsOn(topology, server).map(
    ({ connector: { name, bindings, remoteIPRanges, authMechanism, permissionGroups } }) => ({
      name,
      bindings: bindings.flatMap((text) => parseTcpBinding(text) ?? []),
      ranges: remoteIPRanges.flatMap((value) => {
        const parsed = parseIpRange(value);
        return parsed ? [{ value, at: server.name.at, parsed }] : [];
      }),
      takesServers: takesServers(authMechanism, permissionGroups),
    }),
  );
  return [...declared, ...setup];
}

function takesServers(auth: readonly AuthMechanism[], groups: readonly PermissionGroup[]): boolean {
  return auth.includes('ExchangeServer') && groups.includes('ExchangeServers');
}

function talk(a: Server, b: Server): boolean {
  const [edge, inside] = a.role.value === 'edge' ? [a, b] : [b, a];
  if (edge.role.value !== 'edge') return true;
  if (inside.role.value === 'edge' || !edge.subscribedTo) return false;
  return !inside.site || sameName(inside.site.value, edge.subscribedTo.value);
}

/** A connector that is open to an address, and its narrowest range around it. */
interface Door {
  readonly candidate: Candidate;
  readonly range: Written<IpRange>;
  readonly size: bigint;
}

function doorsFor(candidates: readonly Candidate[], address: Written<IpRange>): readonly Door[] {
  return candidates.flatMap((candidate) => {
    const range = mostSpecific(candidate, address);
    return range ? [{ candidate, range, size: sizeOf(range) }] : [];
  });
}

function capturesOf(
  { peer, address }: PeerAddress,
  into: readonly Candidate[],
  meant: readonly Candidate[],
): readonly CapturedServer[] {
  const doors = doorsFor(into, address);
  const rivals = doorsFor(meant, address);
  const narrowestFirst = [...doors].sort((a, b) => (a.size < b.size ? -1 : a.size > b.size ? 1 : 0));
  return doors.flatMap(({ candidate: one, range, size }) => {
    const rival = rivals.find(({ candidate }) => shareSocket(one, candidate, range.parsed));
    if (!one.declared || !rival || rival.size <= size) return [];
    // Of several that are in the way, the most specific one gets the connection.
    for (const other of narrowestFirst) {
      if (other.size >= size) break;
      if (shareSocket(one, other.candidate, range.parsed)) return [];
    }
    return [{ connector: one.declared, range, peer, address, meant: rival.candidate.name }];
  });
}

function mostSpecific({ ranges }: Candidate, address: Written<IpRange>): Written<IpRange> | undefined {
  const { parsed } = address;
  if (!parsed) return undefined;
  return ranges
    .filter((range) => range.parsed && holds(range.parsed, parsed))
    .reduce<Written<IpRange> | undefined>(
      (best, range) => (!best || sizeOf(range) < sizeOf(best) ? range : best),
      undefined,
    );
}

function sizeOf({ parsed }: Written<IpRange>): bigint {
  return parsed ? sizeOfRange(parsed) : 0n;
}

/**
 * Says whether the first of two gets clients of the second by a narrower range: also where its binding is the narrower one,
 * for either way it wins; not where its binding is the wider one, for which of the two then serves is not established.
 */
function shareSocket(a: Candidate, b: Candidate, range: IpRange | undefined): boolean {
  return a.bindings.some((ours) =>
    b.bindings.some(
      (theirs) =>
        ours.address.family === range?.family &&
        (relateBindings(ours, theirs) === 'equal' ||
          (relateBindings(ours, theirs) === 'one-binds-all' && bindsAllAddresses(theirs))),
    ),
  );
}
