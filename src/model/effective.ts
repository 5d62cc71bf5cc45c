import type { Located, Span } from '../base/span.ts';
import type { DefaultValue } from '../exchange/cmdlet.ts';
import { defaultOf, type DefaultQuestion } from '../exchange/cmdlets.ts';
import type { LocatedMap, LocatedNode } from '../source/located.ts';
import { booleanOf, findValue, textOf, textsOf, wordOf } from './read-node.ts';
import type { Setting } from './topology.ts';

/** The defaults of one object. */
export interface Defaults {
  /** The place of a default: the name of the object that has it. */
  readonly at: Span;
  /** Asks the catalogue; undefined where it knows no default. */
  valueOf(key: string): DefaultValue | undefined;
}

/** Gives the defaults of an object of some version, role and usage. */
export function defaultsOf(question: Omit<DefaultQuestion, 'key'>, at: Span): Defaults {
  return { at, valueOf: (key) => defaultOf({ ...question, key }) };
}

/** Settles a text of which the default follows from something else. */
export function settleText(
  map: LocatedMap | undefined,
  key: string,
  byDefault: Located<string>,
): Setting<string> {
  return settle(map, key, textOf, byDefault);
}

/** Settles a boolean parameter. */
export function settleBoolean(
  map: LocatedMap | undefined,
  key: string,
  defaults: Defaults,
): Setting<boolean> {
  return settle(map, key, booleanOf, { value: defaults.valueOf(key) === true, at: defaults.at });
}

/** Settles a list of words; what is no word of the enumeration is left out. */
export function settleWords<T extends string>(
  map: LocatedMap | undefined,
  key: string,
  words: readonly T[],
  defaults: Defaults,
): Setting<readonly T[]> {
  const among = (texts: readonly string[]): readonly T[] =>
    texts.flatMap((text) => wordOf(words, text) ?? []);
  const read = (node: LocatedNode): Located<readonly T[]> => ({
    value: among(textsOf(node).map(({ value }) => value)),
    at: node.at,
  });
  return settle(map, key, read, { value: among(defaultTexts(defaults, key)), at: defaults.at });
}

/** Settles one word of an enumeration; `usual` stands where the catalogue knows no default. */
export function settleWord<T extends string>(
  map: LocatedMap | undefined,
  key: string,
  words: readonly T[],
  usual: T,
  defaults: Defaults,
): Setting<T> {
  const read = (node: LocatedNode): Located<T> | undefined => {
    const word = textsOf(node).flatMap(({ value }) => wordOf(words, value) ?? [])[0];
    return word === undefined ? undefined : { value: word, at: node.at };
  };
  const [known] = defaultTexts(defaults, key);
  const value = (known === undefined ? undefined : wordOf(words, known)) ?? usual;
  return settle(map, key, read, { value, at: defaults.at });
}

/** Reads a default that is text or a list of texts. */
export function defaultTexts(defaults: Defaults, key: string): readonly string[] {
  const value = defaults.valueOf(key);
  if (typeof value === 'string') return [value];
  return Array.isArray(value) ? value : [];
}

function settle<T>(
  map: LocatedMap | undefined,
  key: string,
  read: (node: LocatedNode) => Located<T> | undefined,
  byDefault: Located<T>,
): Setting<T> {
  const node = findValue(map, key);
  const value = node && read(node);
  return value ? { ...value, source: 'written' } : { ...byDefault, source: 'default' };
}
