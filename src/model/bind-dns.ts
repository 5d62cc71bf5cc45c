import type { LocatedEntry, LocatedNode } from '../source/located.ts';
import { findValue, itemsOf, mapOf, nameOf, textOf, textsAt } from './read-node.ts';
import type { DnsFact } from './topology.ts';

/** Reads a fact that stands for DNS. */
export function bindDnsFact(entry: LocatedEntry): DnsFact {
  const map = mapOf(entry.value);
  return {
    name: nameOf(entry.key),
    mx: itemsOf(findValue(map, 'mx')).flatMap((item) => bindExchanger(item) ?? []),
    a: textsAt(map, 'a'),
    aaaa: textsAt(map, 'aaaa'),
  };
}

/** Reads `[10, mail.fabrikam.com]`. */
function bindExchanger(node: LocatedNode): DnsFact['mx'][number] | undefined {
  if (node.kind !== 'list') return undefined;
  const preference = Number(textOf(node.items[0])?.value);
  const host = textOf(node.items[1]);
  if (!host || !Number.isInteger(preference)) return undefined;
  return { preference, host: host.value, at: node.at };
}
