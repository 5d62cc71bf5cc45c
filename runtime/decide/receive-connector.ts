import type { AddressRange, Endpoint, ReceiveConnector } from '../config.ts';
import { isWildcard, parseAddress, parseRange, rangeHolds, rangeSize, sameAddress } from './address.ts';
import type { Address, Range } from './address.ts';

/** A connection that a Receive connector is wanted for. */
export interface ReceiveQuestion {
  readonly server: string;
  readonly localAddress: string;
  readonly localPort: number;
  readonly clientAddress: string;
}

/** Why a Receive connector does not take the connection; the last three lost to the chosen one only. */
export type ReceiveElimination =
  | 'other server'
  | 'disabled'
  | 'other port'
  | 'other local address'
  | 'client outside ranges'
  | 'wider range'
  | 'wildcard binding'
  | 'listed later';

/** The connector with the binding and the range that matched. */
export interface ReceiveMatch {
  readonly connector: ReceiveConnector;
  readonly binding: Endpoint;
  readonly range: AddressRange;
}

/** Who takes the connection, and why all others do not. */
export interface ReceiveChoice {
  /** Absent where no connector takes the client: it is told 421 4.3.2 and the connection is closed, our choice. */
  readonly chosen?: ReceiveMatch;
  readonly eliminated: readonly {
    readonly connector: ReceiveConnector;
    readonly reason: ReceiveElimination;
  }[];
}

interface PreparedConnector {
  readonly connector: ReceiveConnector;
  readonly ranges: readonly {
    readonly written: AddressRange;
    readonly range: Range;
    readonly size: bigint;
  }[];
}

/** The Receive connectors with their ranges read, smallest first. */
export type ReceiveConnectorTable = readonly PreparedConnector[];

/** Reads the ranges of all connectors once, so that a connection costs comparisons only. */
export function receiveConnectorTable(connectors: readonly ReceiveConnector[]): ReceiveConnectorTable {
  return connectors.map((connector) => ({
    connector,
    ranges: connector.remoteIPRanges
      .flatMap((written) => {
        const range = parseRange(written);
        return range === undefined ? [] : [{ written, range, size: rangeSize(range) }];
      })
      .sort((a, b) => (a.size < b.size ? -1 : a.size > b.size ? 1 : 0)),
  }));
}

interface Candidate extends ReceiveMatch {
  readonly size: bigint;
  readonly bindsOne: boolean;
}

/**
 * Chooses the Receive connector of a connection; what it decides is final, whatever the session says later.
 *
 * The binding must match, then the smallest remote range that holds the client wins. Between equal ranges a binding of
 * one address goes before one of all addresses, then the order of the topology decides; both are our choice, for which
 * of them Exchange takes is not established.
 * Source: EXCH New-ReceiveConnector -RemoteIPRanges.
 */
export function chooseReceiveConnector(
  table: ReceiveConnectorTable,
  question: ReceiveQuestion,
): ReceiveChoice {
  const client = parseAddress(question.clientAddress);
  const candidates: Candidate[] = [];
  const eliminated: { connector: ReceiveConnector; reason: ReceiveElimination }[] = [];
  for (const prepared of table) {
    const match = matchConnector(prepared, question, client);
    if (typeof match === 'string') eliminated.push({ connector: prepared.connector, reason: match });
    else candidates.push(match);
  }
  const [first, ...others] = candidates;
  if (first === undefined) return { eliminated };
  const chosen = others.reduce((best, one) => (whyBehind(one, best) === undefined ? one : best), first);
  for (const one of candidates) {
    if (one === chosen) continue;
    eliminated.push({ connector: one.connector, reason: whyBehind(one, chosen) ?? 'listed later' });
  }
  const { connector, binding, range } = chosen;
  return { chosen: { connector, binding, range }, eliminated };
}

function matchConnector(
  { connector, ranges }: PreparedConnector,
  question: ReceiveQuestion,
  client: Address | undefined,
): Candidate | ReceiveElimination {
  if (connector.server !== question.server) return 'other server';
  if (!connector.enabled) return 'disabled';
  const onPort = connector.bindings.filter(({ port }) => port === question.localPort);
  if (onPort.length === 0) return 'other port';
  const own = onPort.find(({ address }) => sameAddress(address, question.localAddress));
  const binding = own ?? onPort.find((one) => bindsAllOf(one.address, question.localAddress));
  if (binding === undefined) return 'other local address';
  const held = client === undefined ? undefined : ranges.find(({ range }) => rangeHolds(range, client));
  if (held === undefined) return 'client outside ranges';
  return { connector, binding, range: held.written, size: held.size, bindsOne: own !== undefined };
}

function bindsAllOf(bound: string, local: string): boolean {
  return isWildcard(bound) && parseAddress(bound)?.family === parseAddress(local)?.family;
}

/** Tells why `one` comes after `other`; undefined where it comes first. */
function whyBehind(one: Candidate, other: Candidate): ReceiveElimination | undefined {
  if (one.size !== other.size) return one.size > other.size ? 'wider range' : undefined;
  if (one.bindsOne !== other.bindsOne) return one.bindsOne ? undefined : 'wildcard binding';
  return 'listed later';
}
