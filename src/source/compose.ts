import { Composer, Parser, YAMLParseError, type CST, type Document } from 'yaml';

/** The parser composes by recursion, and an overflow of the stack would end the process; a topology is four levels deep. */
export const deepestNesting = 64;

interface Level {
  readonly token: CST.Token;
  readonly depth: number;
}

function childrenOf(token: CST.Token): readonly CST.Token[] {
  if (token.type === 'document') return token.value ? [token.value] : [];
  if (token.type === 'block-map' || token.type === 'block-seq' || token.type === 'flow-collection') {
    const items: readonly { key?: CST.Token | null | undefined; value?: CST.Token | undefined }[] =
      token.items;
    return items.flatMap(({ key, value }) => [key, value].filter((one) => one != null));
  }
  return [];
}

/** Finds the first token that lies too deep, without recursion of its own. */
function tooDeep(tokens: readonly CST.Token[]): CST.Token | undefined {
  const open: Level[] = tokens.map((token) => ({ token, depth: 0 }));
  for (let level = open.pop(); level !== undefined; level = open.pop()) {
    // A document is no level of its own, and so is the pair around a key and its value.
    if (level.depth > deepestNesting + 1) return level.token;
    const { depth } = level;
    for (const token of childrenOf(level.token)) open.push({ token, depth: depth + 1 });
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

/** Composes the first YAML document of a text; a second one is an error of it, as `parseDocument` has it. */
export function compose(text: string): Composed {
  const tokens = [...new Parser().parse(text)];
  const deep = tooDeep(tokens);
  if (deep) return { kind: 'too-deep', offset: deep.offset };
  const composer = new Composer({ version: '1.2', merge: true });
  const [document, second] = [...composer.compose(tokens, true, text.length)];
  if (document === undefined) throw new Error('mailtopo bug: a forced document was not composed');
  const errors = [...document.errors];
  if (second) {
    const [start] = second.range;
    errors.push(new YAMLParseError([start, start + 3], 'MULTIPLE_DOCS', 'several documents'));
  }
  return { kind: 'document', document: document as Document.Parsed, errors };
}
