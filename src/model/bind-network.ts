import { parseIpRange } from '../mail/ip-range.ts';
import type { LocatedEntry } from '../source/located.ts';
import { networkKinds } from './enumerations.ts';
import { mapOf, nameOf, placeOf, textsAt, wordAt, written } from './read-node.ts';
import type { Network } from './topology.ts';

/** Reads a device that hides the addresses of clients; a kind that is none is reported by src/schema. */
export function bindNetwork(entry: LocatedEntry): Network {
  const map = mapOf(entry.value);
  const name = nameOf(entry.key);
  return {
    name,
    kind: wordAt(map, 'kind', networkKinds) ?? { value: 'nat', at: name.at },
    addresses: textsAt(map, 'addresses').map((text) => written(text, parseIpRange)),
    at: placeOf(entry),
  };
}
