import { BindingIndex } from '../mail/binding-index.ts';
import { OpenRanges } from '../mail/crossing-ranges.ts';
import type { IpFamily } from '../mail/ip-address.ts';
import type { IpRange } from '../mail/ip-range.ts';
import type { TcpBinding } from '../mail/tcp-binding.ts';
import { receiveConnectorsOn } from './connector-servers.ts';
import type { ReceiveConnector, Topology, Written } from './topology.ts';

/**
 * Ranges of one connector may cross and are no fault; a file in which so many do is stopped at rather than gone through.
 * Our choice: a connector of 1,400 ranges that all cross stays below it, and Exchange's limit is about 1,200.
 */
const mostOwnCrossings = 1_000_000;

/** A range of a connector, and the connector. */
export interface RangeOf {
  readonly connector: ReceiveConnector;
  readonly range: Written<IpRange>;
}

/** A range of a connector at one of its bindings, as the sweep over addresses needs it. */
interface Sweeping extends RangeOf {
  readonly binding: TcpBinding;
  /** The place of the connector in the file. */
  readonly order: number;
  readonly first: bigint;
  readonly last: bigint;
}

/**
 * Finds the pairs of remote ranges of two connectors of a server that share a binding and cross: neither apart, nor one
 * inside the other. The one whose connector stands first in the file comes first.
 *
 * Takes n log n steps and one for each pair, so it is a generator: who has seen enough can stop.
 */
export function* crossingRanges(topology: Topology): Generator<readonly [RangeOf, RangeOf]> {
  for (const server of topology.servers) {
    const connectors = receiveConnectorsOn(topology, server);
    for (const family of ['ipv4', 'ipv6'] as const)
      yield* crossingIn(touching(sweepingOf(connectors, family)));
  }
}

function sweepingOf(connectors: readonly ReceiveConnector[], family: IpFamily): readonly Sweeping[] {
  return connectors.flatMap((connector, order) => {
    const bindings = connector.bindings.flatMap(({ parsed }) =>
      parsed?.address.family === family ? [parsed] : [],
    );
    if (bindings.length === 0) return [];
    return connector.remoteIPRanges.flatMap((range) => {
      if (range.parsed?.family !== family) return [];
      const { first, last } = range.parsed;
      return bindings.map((binding) => ({ connector, range, binding, order, first, last }));
    });
  });
}

/** Leaves out the ranges that lie apart from all others, which most do, in order of their first address. */
function touching(ranges: readonly Sweeping[]): readonly Sweeping[] {
  const sorted = [...ranges].sort((a, b) => (a.first < b.first ? -1 : a.first > b.first ? 1 : 0));
  const kept: Sweeping[] = [];
  let last = -1n;
  for (const [index, one] of sorted.entries()) {
    const next = sorted[index + 1];
    if (one.first <= last || (next !== undefined && next.first <= one.last)) kept.push(one);
    if (one.last > last) last = one.last;
  }
  return kept;
}

/** Goes through ranges in order. Those that begin at one address are inside each other, so each of them looks back before any of them opens. */
function* crossingIn(ranges: readonly Sweeping[]): Generator<readonly [RangeOf, RangeOf]> {
  const members = new BindingIndex<Sweeping[]>(() => []);
  for (const one of ranges) for (const group of members.of(one.binding)) group.push(one);
  const opened = new Map<Sweeping[], OpenRanges<Sweeping>>();
  const openOf = (group: Sweeping[]): OpenRanges<Sweeping> => {
    const known = opened.get(group) ?? new OpenRanges(group);
    opened.set(group, known);
    return known;
  };
  let waiting: Sweeping[] = [];
  let own = 0;
  for (const later of ranges) {
    if (waiting[0] !== undefined && waiting[0].first < later.first) {
      for (const one of waiting) for (const group of members.of(one.binding)) openOf(group).open(one);
      waiting = [];
    }
    for (const group of members.meeting(later.binding)) {
      for (const other of openOf(group).endingInside(later)) {
        if (other.connector === later.connector) {
          if ((own += 1) > mostOwnCrossings) return;
          continue;
        }
        yield other.order < later.order ? [other, later] : [later, other];
      }
    }
    waiting.push(later);
  }
}
