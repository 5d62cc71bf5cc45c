import { present } from '../base/present.ts';
import type { LocatedEntry } from '../source/located.ts';
import { mapOf, nameOf, placeOf, textAt, textsAt } from './read-node.ts';
import type { Resolve } from './references.ts';
import type { Authority, Server } from './topology.ts';

/** Reads a root that is not a public one. */
export function bindAuthority(entry: LocatedEntry, resolveServer: Resolve<Server>): Authority {
  const map = mapOf(entry.value);
  return {
    name: nameOf(entry.key),
    ...present({ file: textAt(map, 'file') }),
    trustedOn: textsAt(map, 'trustedOn').map(resolveServer),
    at: placeOf(entry),
  };
}
