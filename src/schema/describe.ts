import { quoted } from '../base/quoted.ts';
import type { LocatedNode } from '../source/located.ts';
import type { JsonSchema } from './json-schema.ts';

/** Says what stands in the file, as the beginning of a sentence. */
export function foundIn(node: LocatedNode): string {
  if (node.kind !== 'scalar') return node.kind === 'map' ? 'A map' : 'A list';
  if (node.value === null) return 'Nothing';
  if (typeof node.value === 'string') return `The text ${quoted(node.text)}`;
  return typeof node.value === 'number' ? `The number ${node.text}` : `The value ${node.text}`;
}

const typeWords: ReadonlyMap<string, string> = new Map([
  ['string', 'text'],
  ['boolean', 'true or false'],
  ['integer', 'a whole number'],
  ['array', 'a list'],
  ['object', 'a map'],
]);

/** Lists the JSON types that a schema takes. */
export function typesOf({ type = [] }: JsonSchema): readonly string[] {
  return [type].flat();
}

/** Says what a schema wants, as the end of a sentence. */
export function expectedBy(schema: JsonSchema): string {
  return inWords(
    typesOf(schema).map((type) => typeWords.get(type) ?? type),
    'or',
  );
}

/** Writes a list in words: `a, b or c`. */
export function inWords(words: readonly string[], conjunction: 'and' | 'or'): string {
  const last = words.at(-1) ?? '';
  return words.length < 2 ? last : `${words.slice(0, -1).join(', ')} ${conjunction} ${last}`;
}
