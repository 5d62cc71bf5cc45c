import { oncePer } from '../base/once-per.ts';
import type { Span } from '../base/span.ts';

/** A scalar of the document; `value` is what YAML 1.2 takes it to be, `text` what stands in the file without quotes. */
export interface LocatedScalar {
  readonly kind: 'scalar';
  readonly value: string | number | boolean | null;
  readonly text: string;
  readonly style: 'plain' | 'quoted' | 'block';
  readonly at: Span;
}

export interface LocatedList {
  readonly kind: 'list';
  readonly items: readonly LocatedNode[];
  /** In brackets, or with a dash before each item. */
  readonly style: 'flow' | 'block';
  readonly at: Span;
}

/** One key with its value; `at` of the key is the key alone. */
export interface LocatedEntry {
  readonly key: LocatedScalar;
  readonly value: LocatedNode;
}

/** A map in the order written; merge keys are already resolved. */
export interface LocatedMap {
  readonly kind: 'map';
  readonly entries: readonly LocatedEntry[];
  readonly at: Span;
}

/** A node of the document with its place; an alias stands for the node of its anchor. */
export type LocatedNode = LocatedScalar | LocatedList | LocatedMap;

/** A comment of the file, for suppressions; `text` is without the `#`. */
export interface LocatedComment {
  readonly text: string;
  readonly at: Span;
  /** Whether only blanks stand before it on its line. */
  readonly ownLine: boolean;
}

/** A parsed YAML file: a tree in which everything knows its place. */
export interface LocatedDocument {
  readonly file: string;
  readonly text: string;
  readonly root: LocatedNode;
  readonly comments: readonly LocatedComment[];
}

/** Finds the value under a key of a map. */
export function entryOf(node: LocatedNode | undefined, key: string): LocatedEntry | undefined {
  if (node?.kind !== 'map') return undefined;
  if (node.entries.length > fewEntries) return indexOf(node).get(key);
  return node.entries.find((entry) => entry.key.text === key);
}

/** Of a map with so few entries all are looked at sooner than an index is made. Our choice. */
const fewEntries = 16;

/** Of entries with one key the first is found. */
const indexOf: (map: LocatedMap) => ReadonlyMap<string, LocatedEntry> = oncePer(
  ({ entries }: LocatedMap) => new Map([...entries].reverse().map((entry) => [entry.key.text, entry])),
);

/** Turns a node into plain JSON values, for the schema. */
export function plainOf(node: LocatedNode): unknown {
  if (node.kind === 'scalar') return node.value;
  if (node.kind === 'list') return node.items.map(plainOf);
  return Object.fromEntries(node.entries.map(({ key, value }) => [key.text, plainOf(value)]));
}

/**
 * Gives the place of a part of a scalar, counted in its text; the whole scalar where escapes or folding hide the part.
 *
 * Unit: `from` and `to` count UTF-16 code units of `text`.
 */
export function partOf(scalar: LocatedScalar, from: number, to: number): Span {
  const { start, end } = scalar.at;
  const quotes = scalar.style === 'quoted' ? 1 : 0;
  if (end - start !== scalar.text.length + 2 * quotes) return scalar.at;
  return { ...scalar.at, start: start + quotes + from, end: start + quotes + to };
}
