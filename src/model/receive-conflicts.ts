import { pairs } from '../base/pairs.ts';
import type { Span } from '../base/span.ts';
import { parseIpRange, relate, type IpRange } from '../mail/ip-range.ts';
import { sameAddresses } from '../mail/ip-ranges.ts';
import { parseTcpBinding, relateBindings, type TcpBinding } from '../mail/tcp-binding.ts';
import { standingSetupConnectors, type StandingSetupConnector } from './setup-connectors.ts';
import type { ReceiveConnector, Topology, Written } from './topology.ts';

/** What decides which clients a Receive connector gets. */
export interface Listener {
  readonly name: string;
  readonly made: 'declared' | 'setup';
  readonly bindings: readonly Written<TcpBinding>[];
  readonly ranges: readonly Written<IpRange>[];
}

/** Two connectors of a server that Exchange cannot tell apart for some clients. */
export interface ReceiveConflict {
  readonly earlier: Listener;
  readonly later: Listener;
  /** Whether all their clients are the same, or those of one range each. */
  readonly share: 'all-clients' | 'one-range';
  /** Whether they meet on one binding, or one of them binds all addresses. */
  readonly bindings: 'equal' | 'one-binds-all';
  readonly earlierBinding: TcpBinding;
  readonly laterBinding: TcpBinding;
  /** The binding or the range of the later one, and what it is equal to. */
  readonly at: Span;
  readonly text: string;
  readonly other: Span;
}

/**
 * Finds the pairs of Receive connectors of a server that have a binding and remote addresses in common, those that setup
 * makes among them.
 *
 * Only ranges of the binding's family count, for no other client comes in there.
 * Source: EXCH New-ReceiveConnector -Bindings, EXCH New-ReceiveConnector -RemoteIPRanges.
 */
export function receiveConflicts(topology: Topology): readonly ReceiveConflict[] {
  const standing = standingSetupConnectors(topology);
  return topology.servers.flatMap((server) => {
    const declared = topology.receiveConnectors
      .filter((one) => one.server.target === server)
      .map(declaredListener);
    const setup = standing.filter((one) => one.server === server).map(setupListener);
    const besides = setup.flatMap((earlier) => declared.map((later) => [earlier, later] as const));
    return [...pairs(declared), ...besides].flatMap(([earlier, later]) => conflictsOf(earlier, later));
  });
}

function declaredListener({ name, bindings, remoteIPRanges }: ReceiveConnector): Listener {
  return { name: name.value, made: 'declared', bindings, ranges: remoteIPRanges };
}

/** A connector of setup stands in the file where its server does. */
function setupListener({ server, connector }: StandingSetupConnector): Listener {
  const { at } = server.name;
  return {
    name: connector.name,
    made: 'setup',
    bindings: connector.bindings.map((text) => written(text, at, parseTcpBinding)),
    ranges: connector.remoteIPRanges.map((text) => written(text, at, parseIpRange)),
  };
}

function written<T>(value: string, at: Span, parse: (text: string) => T | undefined): Written<T> {
  const parsed = parse(value);
  return parsed === undefined ? { value, at } : { value, at, parsed };
}

function conflictsOf(earlier: Listener, later: Listener): readonly ReceiveConflict[] {
  return earlier.bindings.flatMap((theirs) =>
    later.bindings.flatMap((ours) => conflictsAt(earlier, later, theirs, ours)),
  );
}

function conflictsAt(
  earlier: Listener,
  later: Listener,
  theirs: Written<TcpBinding>,
  ours: Written<TcpBinding>,
): readonly ReceiveConflict[] {
  if (!theirs.parsed || !ours.parsed) return [];
  const bindings = relateBindings(theirs.parsed, ours.parsed);
  if (bindings === 'apart') return [];
  const met = { earlier, later, bindings, earlierBinding: theirs.parsed, laterBinding: ours.parsed } as const;
  const { family } = ours.parsed.address;
  const ranges = ofFamily(later.ranges, family);
  const otherRanges = ofFamily(earlier.ranges, family);
  if (ranges.length > 0 && sameAddresses(ranges.map(parsedOf), otherRanges.map(parsedOf))) {
    return [{ ...met, share: 'all-clients', at: ours.at, text: ours.value, other: theirs.at }];
  }
  return ranges.flatMap((range) => {
    const equal = otherRanges.find((other) => relate(other.parsed, range.parsed) === 'equal');
    if (!equal) return [];
    return [{ ...met, share: 'one-range', at: range.at, text: range.value, other: equal.at } as const];
  });
}

type Readable = Written<IpRange> & { readonly parsed: IpRange };

function ofFamily(ranges: readonly Written<IpRange>[], family: IpRange['family']): readonly Readable[] {
  return ranges.flatMap((range) => (range.parsed?.family === family ? [range as Readable] : []));
}

function parsedOf({ parsed }: Readable): IpRange {
  return parsed;
}
