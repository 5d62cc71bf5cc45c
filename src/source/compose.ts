import { Composer, Lexer, Parser, YAMLParseError, type CST, type Document } from 'yaml';
import { bounds } from '../base/bounds.ts';
import { duplicateKeys } from './duplicate-keys.ts';

/** A composed document with its errors, or the place from which on the text is more than a topology may be. */
export type Composed =
  | {
      readonly kind: 'document';
      readonly document: Document.Parsed;
      readonly errors: readonly YAMLParseError[];
    }
  | { readonly kind: 'too-deep' | 'too-many-lexemes'; readonly offset: number };

/**
 * Composes the first YAML document of a text; a second one is an error of it, as `parseDocument` has it.
 *
 * The parser keeps what it reads and composes by recursion, so that it is stopped before memory or stack give out. Keys that
 * stand twice are left to `duplicateKeys`: the composer compares each key of a map with each.
 */
export function compose(text: string): Composed {
  const tokens = parse(text);
  if ('kind' in tokens) return tokens;
  return withoutStacks(() => {
    const documents = new Composer({ version: '1.2', merge: true, uniqueKeys: false }).compose(
      tokens,
      true,
      text.length,
    );
    const [document, second] = [documents.next().value, documents.next().value];
    if (!document) throw new Error('mailtopo bug: a forced document was not composed');
    const errors = [...document.errors, ...duplicateKeys(document.contents)];
    if (second) {
      const [start] = second.range;
      errors.push(new YAMLParseError([start, start + 3], 'MULTIPLE_DOCS', 'several documents'));
    }
    return { kind: 'document', document: document as Document.Parsed, errors };
  });
}

/** Parses a text lexeme by lexeme, as long as it is within bounds. */
function parse(text: string): readonly CST.Token[] | Exclude<Composed, { kind: 'document' }> {
  const tokens: CST.Token[] = [];
  const parser = new Parser();
  let lexemes = 0;
  let offset = 0;
  for (const lexeme of new Lexer().lex(text)) {
    lexemes += 1;
    if (lexemes > bounds.lexemes.most) return { kind: 'too-many-lexemes', offset };
    for (const token of parser.next(lexeme)) tokens.push(token);
    if (depthOf(parser.stack) > bounds.nesting.most) return { kind: 'too-deep', offset };
    offset = parser.offset;
  }
  for (const token of parser.end()) tokens.push(token);
  return tokens;
}

/** The lists and maps that are open: all but the document around them, and the scalar that is being read. */
function depthOf(stack: readonly CST.Token[]): number {
  const type = stack.at(-1)?.type;
  const isInCollection = type === 'block-map' || type === 'block-seq' || type === 'flow-collection';
  return stack.length - (isInCollection ? 1 : 2);
}

/** Of a fault of the text nobody reads the stack, and a million of them would take more memory than the text does. */
function withoutStacks<T>(work: () => T): T {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  try {
    return work();
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}
