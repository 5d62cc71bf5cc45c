/**
 * How binders read a node: as leniently as sense allows, for what has the wrong shape is reported by src/schema,
 * and one fault shall not make the rules report a second one.
 */
import type { Located, Span } from '../base/span.ts';
import {
  entryOf,
  type LocatedEntry,
  type LocatedMap,
  type LocatedNode,
  type LocatedScalar,
} from '../source/located.ts';
import type { Written } from './topology.ts';

/** Finds an entry by its key; one that differs in case alone is taken where no other is there. */
export function findEntry(map: LocatedMap | undefined, key: string): LocatedEntry | undefined {
  const inAnyCase = key.toLowerCase();
  return entryOf(map, key) ?? map?.entries.find((entry) => entry.key.text.toLowerCase() === inAnyCase);
}

/** Finds what stands under a key. */
export function findValue(map: LocatedMap | undefined, key: string): LocatedNode | undefined {
  return findEntry(map, key)?.value;
}

/** Takes a node for a map; a node of another kind is none. */
export function mapOf(node: LocatedNode | undefined): LocatedMap | undefined {
  return node?.kind === 'map' ? node : undefined;
}

/** Gives the entries of a map; a node of another kind has none. */
export function entriesOf(node: LocatedNode | undefined): readonly LocatedEntry[] {
  return mapOf(node)?.entries ?? [];
}

/** Gives the items of a list; a single scalar counts as a list of one. */
export function itemsOf(node: LocatedNode | undefined): readonly LocatedNode[] {
  if (node?.kind === 'list') return node.items;
  return node?.kind === 'scalar' ? [node] : [];
}

/** Reads any scalar that is not empty as text, a number as it was written. */
export function textOf(node: LocatedNode | undefined): Located<string> | undefined {
  if (node?.kind !== 'scalar' || node.value === null) return undefined;
  return { value: node.text, at: node.at };
}

/** Reads the text under a key. */
export function textAt(map: LocatedMap | undefined, key: string): Located<string> | undefined {
  return textOf(findValue(map, key));
}

/** Reads the texts of a list, leaving out what is none. */
export function textsOf(node: LocatedNode | undefined): readonly Located<string>[] {
  return itemsOf(node).flatMap((item) => textOf(item) ?? []);
}

/** Reads the texts of the list under a key. */
export function textsAt(map: LocatedMap | undefined, key: string): readonly Located<string>[] {
  return textsOf(findValue(map, key));
}

const words: ReadonlyMap<string, boolean> = new Map([
  ['true', true],
  ['yes', true],
  ['on', true],
  ['false', false],
  ['no', false],
  ['off', false],
]);

/** Reads a boolean; `yes` and its like mean what their author meant, though YAML 1.2 takes them for text. */
export function booleanOf(node: LocatedNode | undefined): Located<boolean> | undefined {
  const text = textOf(node);
  const value = text && words.get(text.value.toLowerCase());
  return text && value !== undefined ? { value, at: text.at } : undefined;
}

/** Finds the word of an enumeration that a text is, whatever its case. */
export function wordOf<T extends string>(words: readonly T[], text: string): T | undefined {
  return words.find((word) => word.toLowerCase() === text.toLowerCase());
}

/** Reads a word of an enumeration under a key. */
export function wordAt<T extends string>(
  map: LocatedMap | undefined,
  key: string,
  words: readonly T[],
): Located<T> | undefined {
  const text = textAt(map, key);
  const word = text && wordOf(words, text.value);
  return text && word !== undefined ? { value: word, at: text.at } : undefined;
}

/** Keeps a text beside what it means. */
export function written<T>(text: Located<string>, parse: (text: string) => T | undefined): Written<T> {
  const parsed = parse(text.value);
  return parsed === undefined ? text : { ...text, parsed };
}

/** Reads a key as the name of what it declares. */
export function nameOf(key: LocatedScalar): Located<string> {
  return { value: key.text, at: key.at };
}

/** Gives the place of a whole entry; an alias has its value elsewhere, so there it is the key alone. */
export function placeOf({ key, value }: LocatedEntry): Span {
  const isBehind = value.at.start >= key.at.end;
  return isBehind ? { ...key.at, end: value.at.end } : key.at;
}
