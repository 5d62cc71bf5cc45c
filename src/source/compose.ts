import { duplicateKeys } from './duplicate-keys.ts';
import { Composer, Parser, YAMLParseError, type CST, type Document } from 'yaml';

/** The parser composes by recursion, and an overflow of the stack would end the process; a topology is four levels deep. */
export const deepestNesting = 64;

interface Level {
  readonly token: CST.Token;
  readonly depth: number;
}

/** Gives the pairs of a collection, of a list with values alone; a document is a list of one. */
function pairsOf(token: CST.Token): readonly CST.CollectionItem[] {
  if (token.type === 'document') return token.value ? [{ start: [], value: token.value }] : [];
  return isCollection(token) ? token.items : [];
}

function isCollection(token: CST.Token): token is CST.BlockMap | CST.BlockSequence | CST.FlowCollection {
  return token.type === 'block-map' || token.type === 'block-seq' || token.type === 'flow-collection';
}

/** Finds the first token that lies too deep, without recursion of its own. */
function tooDeep(tokens: readonly CST.Token[]): CST.Token | undefined {
  const open: Level[] = tokens.map((token) => ({ token, depth: 0 }));
  for (let level = open.pop(); level !== undefined; level = open.pop()) {
    // A document is no level of its own, and so is the pair around a key and its value.
    if (level.depth > deepestNesting + 1) return level.token;
    const depth = level.depth + 1;
    for (const { key, value } of pairsOf(level.token)) {
      // Most tokens are scalars, below which nothing lies: they wait only where they are too deep themselves.
      if (key && (isCollection(key) || depth > deepestNesting + 1)) open.push({ token: key, depth });
      if (value && (isCollection(value) || depth > deepestNesting + 1)) open.push({ token: value, depth });
    }
  }
  return undefined;
}

/** A composed document with its errors, or where the text is nested too deeply to be composed. */
export type Composed =
  | {
      readonly kind: 'document';
      readonly document: Document.Parsed;
      readonly errors: readonly YAMLParseError[];
    }
  | { readonly kind: 'too-deep'; readonly offset: number };

/**
 * Composes the first YAML document of a text; a second one is an error of it, as `parseDocument` has it.
 *
 * Keys that stand twice are left to `duplicateKeys`: the composer compares each key of a map with each.
 */
export function compose(text: string): Composed {
  const tokens = [...new Parser().parse(text)];
  const deep = tooDeep(tokens);
  if (deep) return { kind: 'too-deep', offset: deep.offset };
  const composer = new Composer({ version: '1.2', merge: true, uniqueKeys: false });
  const [document, second] = [...composer.compose(tokens, true, text.length)];
  if (document === undefined) throw new Error('mailtopo bug: a forced document was not composed');
  const errors = [...document.errors, ...duplicateKeys(document.contents)];
  if (second) {
    const [start] = second.range;
    errors.push(new YAMLParseError([start, start + 3], 'MULTIPLE_DOCS', 'several documents'));
  }
  return { kind: 'document', document: document as Document.Parsed, errors };
}
