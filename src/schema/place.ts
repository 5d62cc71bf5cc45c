import { present } from '../base/present.ts';
import type { Span } from '../base/span.ts';
import { entryOf, type LocatedEntry, type LocatedNode, type LocatedScalar } from '../source/located.ts';

/** A node of the document with the way that leads to it. */
export interface Place {
  readonly node: LocatedNode;
  /** Keys and indexes from the root. */
  readonly way: readonly string[];
  /** The key that it stands under; absent for the root and the items of a list. */
  readonly key?: LocatedScalar;
  /** The last key on the way, which names the list that an item is in. */
  readonly label: string;
}

/** Finds the node that a JSON Pointer names. Source: RFC 6901. */
export function placeAt(root: LocatedNode, pointer: string): Place {
  const way = pointer
    .split('/')
    .slice(1)
    .map((segment) => segment.replaceAll('~1', '/').replaceAll('~0', '~'));
  let node = root;
  let entry: LocatedEntry | undefined;
  let label = '';
  for (const step of way) {
    entry = entryOf(node, step);
    const next = node.kind === 'list' ? node.items[Number(step)] : entry?.value;
    if (!next) throw new Error(`mailtopo bug: nothing at ${pointer}`);
    label = entry?.key.text ?? label;
    node = next;
  }
  return { node, way, label, ...present({ key: entry?.key }) };
}

/** Finds the key of a map. */
export function keyOf(node: LocatedNode, text: string): LocatedScalar | undefined {
  return entryOf(node, text)?.key;
}

/** Gives the place that stands for a whole node: its key, or its first key where it has none. */
export function nameOf({ node, key }: Place): Span {
  const [first] = node.kind === 'map' ? node.entries : [];
  return key?.at ?? first?.key.at ?? node.at;
}
