import { parseIpRange } from '../mail/ip-range.ts';
import type { LocatedEntry } from '../source/located.ts';
import { findEntry, mapOf, nameOf, placeOf, textsAt, wordAt, written } from './read-node.ts';
import type { Policy, PolicyTls } from './topology.ts';

const levels: readonly PolicyTls[] = ['encrypted', 'validated', 'mutual'];

/** Reads a property that verify is to prove. */
export function bindPolicy(entry: LocatedEntry): Policy {
  const map = mapOf(entry.value);
  const isAboutRelay = findEntry(map, 'relayOnlyFrom') !== undefined;
  const relayers = textsAt(map, 'relayOnlyFrom').map((text) => written(text, parseIpRange));
  return {
    name: nameOf(entry.key),
    ...(isAboutRelay && { relayOnlyFrom: relayers }),
    from: textsAt(map, 'from'),
    to: textsAt(map, 'to'),
    tls: wordAt(map, 'tls', levels)?.value ?? 'encrypted',
    reaches: textsAt(map, 'reaches'),
    at: placeOf(entry),
  };
}
