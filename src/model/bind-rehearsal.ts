import { parseIpRange } from '../mail/ip-range.ts';
import { parseTcpBinding } from '../mail/tcp-binding.ts';
import type { LocatedMap, LocatedNode } from '../source/located.ts';
import { entriesOf, findValue, mapOf, nameOf, textOf, written } from './read-node.ts';
import type { Rehearsal, Written } from './topology.ts';

/** Reads how a dry run on one machine stands for the real network. */
export function bindRehearsal(node: LocatedNode | undefined): Rehearsal {
  const map = mapOf(node);
  return {
    listen: bindPairs(map, 'listen', parseTcpBinding).map(([binding, local]) => ({ binding, local })),
    connect: bindPairs(map, 'connect', parseTcpBinding).map(([remote, local]) => ({ remote, local })),
    clients: bindPairs(map, 'clients', parseIpRange).map(([local, address]) => ({ local, address })),
  };
}

function bindPairs<T>(
  map: LocatedMap | undefined,
  key: string,
  parse: (text: string) => T | undefined,
): readonly (readonly [Written<T>, Written<T>])[] {
  return entriesOf(findValue(map, key)).flatMap((entry) => {
    const value = textOf(entry.value);
    return value ? [[written(nameOf(entry.key), parse), written(value, parse)] as const] : [];
  });
}
