import type { Span } from '../base/span.ts';
import { BindingIndex } from '../mail/binding-index.ts';
import type { IpFamily } from '../mail/ip-address.ts';
import { parseIpRange, type IpRange } from '../mail/ip-range.ts';
import { joinRanges, sameAddresses } from '../mail/ip-ranges.ts';
import { parseTcpBinding, relateBindings, type TcpBinding } from '../mail/tcp-binding.ts';
import { receiveConnectorsOn } from './connector-servers.ts';
import { standingSetupConnectorsOn, type StandingSetupConnector } from './setup-connectors.ts';
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
 * Only ranges of the binding's family count, for no other client comes in there. A generator: who has seen enough can stop.
 * Source: EXCH New-ReceiveConnector -Bindings, EXCH New-ReceiveConnector -RemoteIPRanges.
 */
export function* receiveConflicts(topology: Topology): Generator<ReceiveConflict> {
  for (const server of topology.servers) {
    const setup = standingSetupConnectorsOn(topology, server).map(setupListener);
    const declared = receiveConnectorsOn(topology, server).map(declaredListener);
    yield* conflictsAmong([...setup, ...declared]);
  }
}

/** Looks back from each declared connector to those before it with which it has a binding and addresses in common. */
function* conflictsAmong(listeners: readonly Listener[]): Generator<ReceiveConflict> {
  const known = new BindingIndex<Map<string, Listener[]>>(() => new Map());
  for (const later of listeners) {
    const doors = later.bindings.flatMap(({ parsed }) =>
      parsed ? [{ binding: parsed, keys: keysOf(later, parsed.address.family) }] : [],
    );
    const rivals = new Set(
      doors.flatMap(({ binding, keys }) =>
        known.meeting(binding).flatMap((byKey) => keys.flatMap((key) => byKey.get(key) ?? [])),
      ),
    );
    if (later.made === 'declared') for (const earlier of rivals) yield* conflictsOf(earlier, later);
    for (const { binding, keys } of doors) {
      for (const byKey of known.of(binding)) {
        for (const key of keys) {
          const sharing = byKey.get(key);
          if (sharing) sharing.push(later);
          else byKey.set(key, [later]);
        }
      }
    }
  }
}

/** What two listeners must have one of in common to conflict: all their addresses together, or one range. */
function keysOf({ ranges }: Listener, family: IpFamily): readonly string[] {
  const parsed = ofFamily(ranges, family).map(parsedOf);
  if (parsed.length === 0) return [];
  const all = joinRanges(parsed).map(({ first, last }) => `${first}-${last}`);
  return [...new Set([all.join(), ...parsed.map(({ first, last }) => `${first}-${last}`)])];
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
  // Of several that are equal the first one is named.
  const equals = new Map([...otherRanges].reverse().map((other) => [endsOf(other), other]));
  return ranges.flatMap((range) => {
    const equal = equals.get(endsOf(range));
    if (!equal) return [];
    return [{ ...met, share: 'one-range', at: range.at, text: range.value, other: equal.at } as const];
  });
}

type Readable = Written<IpRange> & { readonly parsed: IpRange };

function ofFamily(ranges: readonly Written<IpRange>[], family: IpRange['family']): readonly Readable[] {
  return ranges.flatMap((range) => (range.parsed?.family === family ? [range as Readable] : []));
}

/** Ranges of one family are equal where their ends are. */
function endsOf({ parsed: { first, last } }: Readable): string {
  return `${first}-${last}`;
}

function parsedOf({ parsed }: Readable): IpRange {
  return parsed;
}
