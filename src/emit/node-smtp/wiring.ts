import { ts } from 'ts-morph';
import type { Span } from '../../base/span.ts';
import type { LineOf, SourceLine } from '../emitter.ts';
import { onOneLine } from '../readable-text.ts';
import type { WiredConfig } from './config.ts';

const runnable: ts.CompilerOptions = {
  module: ts.ModuleKind.ESNext,
  target: ts.ScriptTarget.ES2023,
  newLine: ts.NewLineKind.LineFeed,
};

/** Unit: characters. What fits is printed on one line. */
const width = 96;

/** The wiring of a bundle: the module that people read, and the one that Node runs. */
export interface Wiring {
  readonly typeScript: string;
  readonly javaScript: string;
  /** Where the parts of the topology stand in both. */
  readonly lines: { readonly typeScript: readonly SourceLine[]; readonly javaScript: readonly SourceLine[] };
}

/** A comment that has been put into the tree, in the order in which it is printed. */
interface Citation {
  readonly comment: string;
  readonly origin: Span;
  readonly what: string;
}

/**
 * Builds the module `topology` as a syntax tree, typed against the transport's own `TransportConfig`, and prints it.
 *
 * Equal configurations give equal bytes; lines end in LF.
 */
export function wire({ config, origins }: WiredConfig, file: string, lineOf: LineOf): Wiring {
  const name = onOneLine(file);
  const citations: Citation[] = [];
  const tree = new LiteralBuilder((made, what) => {
    const origin = origins.get(made);
    if (origin === undefined) return undefined;
    const comment = `${name}:${lineOf(origin)}`;
    citations.push({ comment, origin, what });
    return comment;
  });
  const module = [typeImport(), exportedConstant(tree.literalOf(config, ''))];
  const header = `// Made by mailtopo from ${name}. Change that file and compile again.\n`;
  const typeScript = header + print(module);
  const { outputText } = ts.transpileModule(print(module), { compilerOptions: runnable });
  const javaScript = header + outputText;
  return {
    typeScript,
    javaScript,
    lines: {
      typeScript: linesOf(typeScript, citations),
      javaScript: linesOf(javaScript, citations),
    },
  };
}

/** Finds each comment in turn; what it belongs to begins on the next line. */
function linesOf(text: string, citations: readonly Citation[]): readonly SourceLine[] {
  const lines = text.split('\n').map((line) => line.trim());
  let index = 0;
  return citations.map(({ comment, origin, what }) => {
    index = lines.indexOf(`// ${comment}`, index) + 1;
    if (index === 0) throw new Error(`mailtopo bug: the wiring lost its comment ${comment}`);
    return { line: index + 1, origin, what };
  });
}

function typeImport(): ts.Statement {
  const { factory } = ts;
  const name = factory.createImportSpecifier(false, undefined, factory.createIdentifier('TransportConfig'));
  const clause = factory.createImportClause(
    ts.SyntaxKind.TypeKeyword,
    undefined,
    factory.createNamedImports([name]),
  );
  return factory.createImportDeclaration(undefined, clause, textLiteral('./runtime/config.ts'));
}

function exportedConstant(value: ts.Expression): ts.Statement {
  const { factory } = ts;
  const type = factory.createTypeReferenceNode('TransportConfig');
  const declaration = factory.createVariableDeclaration('topology', undefined, type, value);
  return factory.createVariableStatement(
    [factory.createModifier(ts.SyntaxKind.ExportKeyword)],
    factory.createVariableDeclarationList([declaration], ts.NodeFlags.Const),
  );
}

function print(nodes: readonly ts.Node[]): string {
  const printer = ts.createPrinter({ newLine: ts.NewLineKind.LineFeed });
  const empty = ts.createSourceFile('topology.ts', '', ts.ScriptTarget.ES2023);
  return nodes.map((node) => `${printer.printNode(ts.EmitHint.Unspecified, node, empty)}\n`).join('');
}

/** Writes readable characters as they are, and those that cannot be seen or change what is seen as escapes. */
function textLiteral(text: string): ts.StringLiteral {
  const literal = ts.factory.createStringLiteral(text, !text.includes("'"));
  const readable = !/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u.test(text);
  return readable ? ts.setEmitFlags(literal, ts.EmitFlags.NoAsciiEscaping) : literal;
}

/** Turns plain values into literals, with a comment before each object that has an origin. */
class LiteralBuilder {
  readonly #commentOf: (made: object, what: string) => string | undefined;

  constructor(commentOf: (made: object, what: string) => string | undefined) {
    this.#commentOf = commentOf;
  }

  literalOf(value: unknown, key: string): ts.Expression {
    if (typeof value === 'string') return textLiteral(value);
    if (typeof value === 'number') return ts.factory.createNumericLiteral(value);
    if (typeof value === 'boolean') return value ? ts.factory.createTrue() : ts.factory.createFalse();
    if (Array.isArray(value)) return this.#listOf(value, key);
    if (typeof value === 'object' && value !== null) return this.#objectOf(value);
    throw new Error(`mailtopo bug: ${key} of the transport's configuration is ${typeof value}`);
  }

  #listOf(items: readonly unknown[], key: string): ts.Expression {
    const elements = items.map((item) => {
      const comment =
        typeof item === 'object' && item !== null ? this.#commentOf(item, whatOf(item, key)) : undefined;
      const literal = this.literalOf(item, key);
      if (comment === undefined) return literal;
      const kind = ts.SyntaxKind.SingleLineCommentTrivia;
      return ts.addSyntheticLeadingComment(literal, kind, ` ${comment}`, true);
    });
    return ts.factory.createArrayLiteralExpression(elements, !fitsOnLine(items));
  }

  #objectOf(value: object): ts.Expression {
    const properties = Object.entries(value)
      .filter(([, member]) => member !== undefined)
      .map(([key, member]) => ts.factory.createPropertyAssignment(key, this.literalOf(member, key)));
    return ts.factory.createObjectLiteralExpression(properties, !fitsOnLine(value));
  }
}

/** Says whether a value is printed on one line: what has a name stands out, and what is long is broken up. */
function fitsOnLine(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return true;
  if ('name' in value || JSON.stringify(value).length > width) return false;
  const members: readonly unknown[] = Object.values(value);
  if (Array.isArray(value)) return members.every(fitsOnLine);
  return members.every((member) => typeof member !== 'object' || Array.isArray(member));
}

function whatOf(item: object, key: string): string {
  return 'name' in item ? `${key} "${String(item.name)}"` : key;
}
