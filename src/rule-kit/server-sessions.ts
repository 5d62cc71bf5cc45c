import { holds, parseIpRange, sizeOfRange, type IpRange } from '../mail/ip-range.ts';
import { sameName } from '../mail/connector-name.ts';
import { bindsAllAddresses, parseTcpBinding, relateBindings, type TcpBinding } from '../mail/tcp-binding.ts';
import { standingSetupConnectors } from '../model/setup-connectors.ts';
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
  return topology.servers.flatMap((server) => {
    const candidates = candidatesOn(topology, server);
    const meant = candidates.filter(({ takesServers }) => takesServers);
    const capturing = candidates.filter(({ takesServers }) => !takesServers);
    if (meant.length === 0 || capturing.length === 0) return [];
    const peers = topology.servers.filter((peer) => peer !== server && talk(server, peer));
    return peers.flatMap((peer) =>
      peer.addresses.flatMap((address) =>
        capturing.flatMap((one) => captureOf(one, meant, capturing, peer, address)),
      ),
    );
  });
}

function candidatesOn(topology: Topology, server: Server): readonly Candidate[] {
  const declared = topology.receiveConnectors
    .filter((one) => one.server.target === server && one.enabled.value)
    .map((one) => ({
      name: one.name.value,
      declared: one,
      bindings: one.bindings.flatMap(({ parsed }) => parsed ?? []),
      ranges: one.remoteIPRanges,
      takesServers: takesServers(authOf(one), groupsOf(one)),
    }));
  const setup = standingSetupConnectors(topology)
    .filter((one) => one.server === server)
    .map(({ connector: { name, bindings, remoteIPRanges, authMechanism, permissionGroups } }) => ({
      name,
      bindings: bindings.flatMap((text) => parseTcpBinding(text) ?? []),
      ranges: remoteIPRanges.flatMap((value) => {
        const parsed = parseIpRange(value);
        return parsed ? [{ value, at: server.name.at, parsed }] : [];
      }),
      takesServers: takesServers(authMechanism, permissionGroups),
    }));
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

function captureOf(
  one: Candidate,
  meant: readonly Candidate[],
  capturing: readonly Candidate[],
  peer: Server,
  address: Written<IpRange>,
): readonly CapturedServer[] {
  const range = mostSpecific(one, address);
  if (!one.declared || !range) return [];
  const rival = meant.find((other) => shareSocket(one, other, range.parsed) && mostSpecific(other, address));
  const rivalRange = rival && mostSpecific(rival, address);
  if (!rival || !rivalRange || sizeOf(rivalRange) <= sizeOf(range)) return [];
  // Of several that are in the way, the most specific one gets the connection.
  const winner = capturing.find((other) => {
    const theirs = other === one ? undefined : mostSpecific(other, address);
    return theirs && shareSocket(one, other, range.parsed) && sizeOf(theirs) < sizeOf(range);
  });
  return winner ? [] : [{ connector: one.declared, range, peer, address, meant: rival.name }];
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
