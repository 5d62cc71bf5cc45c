import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type Alias,
  type Document,
  type Node,
  type Pair,
  type Scalar,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml';
import type { Diagnostic } from '../base/diagnostic.ts';
import type { Span } from '../base/span.ts';
import type { LocatedEntry, LocatedMap, LocatedNode, LocatedScalar } from './located.ts';

/** Nodes that aliases may stand for in all, so that a few lines cannot grow without bound. Our choice. */
const mostAliasedNodes = 100_000;

/** C0 and C1 controls and lone surrogates: no name, address or script literal may carry them. */
const forbidden =
  /[\u0000-\u001f\u007f-\u009f]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;

/** JSON Pointer escaping. Source: RFC 6901 §3. */
function pointer(path: string, key: string | number): string {
  return `${path}/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`;
}

function codePoint(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}

function styleOf(node: Scalar): LocatedScalar['style'] {
  if (node.type === 'QUOTE_DOUBLE' || node.type === 'QUOTE_SINGLE') return 'quoted';
  return node.type === 'BLOCK_FOLDED' || node.type === 'BLOCK_LITERAL' ? 'block' : 'plain';
}

/** Turns the parser's document into our tree; one instance per document, for anchors are remembered. */
class Locator {
  readonly diagnostics: Diagnostic[] = [];
  readonly #file: string;
  readonly #anchors = new Map<string, { readonly node: LocatedNode; readonly weight: number } | 'open'>();
  readonly #weights = new Map<LocatedNode, number>();
  #aliased = 0;

  constructor(file: string) {
    this.#file = file;
  }

  node(node: Node | null | undefined, path: string, empty: Span): LocatedNode {
    if (isAlias(node)) return this.#alias(node, path, empty);
    if (!node) return this.#null(empty);
    const at = this.#spanOf(node, path, empty);
    const anchor = isScalar(node) || isMap(node) || isSeq(node) ? node.anchor : undefined;
    if (anchor !== undefined) this.#anchors.set(anchor, 'open');
    const located = this.#content(node, at, path);
    if (anchor !== undefined) this.#anchors.set(anchor, { node: located, weight: this.#weigh(located) });
    return located;
  }

  #content(node: Node, at: Span, path: string): LocatedNode {
    if (node.tag !== undefined && !node.tag.startsWith('tag:yaml.org,2002:')) {
      this.#fault(at, `The tag "${node.tag}" means nothing in a topology.`, 'Remove the tag.');
    }
    if (isMap(node)) return this.#map(node, at, path);
    if (isSeq(node)) return this.#list(node, at, path);
    return this.#scalar(node as Scalar, at);
  }

  #scalar(node: Scalar, at: Span): LocatedScalar {
    const style = styleOf(node);
    // The parser gives the key of a merge as a symbol.
    const value: unknown = typeof node.value === 'symbol' ? node.source : node.value;
    const isText = typeof value === 'string';
    const text = isText ? value : (node.source ?? String(value));
    const plain = isText || typeof value === 'number' || typeof value === 'boolean' || value === null;
    if (!plain) this.#fault(at, 'The tag of this value means nothing in a topology.', 'Remove the tag.');
    const found = forbidden.exec(text.replace(/\n$/, style === 'block' ? '' : '\n'));
    if (found) {
      const what = /[\ud800-\udfff]/.test(found[0]) ? 'half a character' : 'the control character';
      this.#fault(
        at,
        `The value holds ${what} ${codePoint(found[0])}.`,
        'Write it without that character, on one line.',
      );
    }
    return {
      kind: 'scalar',
      value: plain ? value : text,
      text: style === 'block' ? text.trimEnd() : text,
      style,
      at,
    };
  }

  #list(node: YAMLSeq, at: Span, path: string): LocatedNode {
    const items = node.items.map((item, index) =>
      this.node(item as Node | null, pointer(path, index), { ...at, path: pointer(path, index) }),
    );
    return { kind: 'list', items, style: node.flow === true ? 'flow' : 'block', at };
  }

  #map(node: YAMLMap, at: Span, path: string): LocatedMap {
    const own: LocatedEntry[] = [];
    const merged: LocatedEntry[] = [];
    for (const pair of node.items as Pair<Node | null, Node | null>[]) {
      const key = this.#key(pair.key, path, at);
      const child = pointer(path, key.text);
      const value = this.node(pair.value, child, { ...key.at, path: child });
      if (key.text === '<<' && key.style === 'plain') merged.push(...this.#merge(value));
      else own.push({ key: { ...key, at: { ...key.at, path: child } }, value });
    }
    const names = new Set(own.map(({ key }) => key.text));
    for (const entry of merged) {
      if (names.has(entry.key.text)) continue;
      names.add(entry.key.text);
      own.push(entry);
    }
    return { kind: 'map', entries: own, at };
  }

  #merge(value: LocatedNode): readonly LocatedEntry[] {
    if (value.kind === 'map') return value.entries;
    if (value.kind === 'list') return value.items.flatMap((item) => this.#merge(item));
    this.#fault(value.at, 'A merge key "<<" has no map to merge.', 'Give it an alias of a map.');
    return [];
  }

  #key(key: Node | null, path: string, map: Span): LocatedScalar {
    const located = this.node(key, path, { ...map, end: map.start });
    if (located.kind === 'scalar') return located;
    this.#fault(located.at, 'A key is a list or a map.', 'Write the key as text.');
    return { kind: 'scalar', value: '', text: '', style: 'plain', at: located.at };
  }

  #alias(alias: Alias, path: string, empty: Span): LocatedNode {
    const at = this.#spanOf(alias, path, empty);
    const known = this.#anchors.get(alias.source);
    if (known === undefined) {
      const text = `*${alias.source}`;
      const help = `If "${text}" is meant as text, put it in quotes.`;
      this.#fault(
        at,
        `"${text}" is a YAML alias, and nothing before it is anchored as "&${alias.source}".`,
        help,
      );
      return this.#null(at);
    }
    if (known === 'open') {
      this.#fault(
        at,
        `The alias "*${alias.source}" stands inside what it stands for.`,
        'Write the value out.',
      );
      return this.#null(at);
    }
    this.#aliased += known.weight;
    if (this.#aliased > mostAliasedNodes) {
      // Every further alias is beyond the bound as well, and is one fault with the first.
      if (this.#aliased - known.weight <= mostAliasedNodes)
        this.#fault(at, `Aliases stand for more than ${mostAliasedNodes} values.`, 'Use fewer aliases.');
      return this.#null(at);
    }
    return known.node;
  }

  /** Counts the nodes below and with this one as if all aliases were written out. */
  #weigh(node: LocatedNode): number {
    const known = this.#weights.get(node);
    if (known !== undefined) return known;
    const children =
      node.kind === 'scalar'
        ? []
        : node.kind === 'list'
          ? node.items
          : node.entries.map(({ value }) => value);
    const weight = children.reduce((sum, child) => sum + this.#weigh(child), 1);
    this.#weights.set(node, weight);
    return weight;
  }

  #null(at: Span): LocatedScalar {
    return { kind: 'scalar', value: null, text: '', style: 'plain', at };
  }

  #spanOf(node: Node, path: string, empty: Span): Span {
    const [start, end] = node.range ?? [empty.start, empty.end];
    return end > start ? { file: this.#file, start, end, path } : { ...empty, path };
  }

  #fault(at: Span, message: string, help?: string): void {
    this.diagnostics.push({
      rule: 'yaml-syntax',
      severity: 'error',
      message,
      at,
      related: [],
      ...(help ? { help } : {}),
    });
  }
}

/** Gives every node of a parsed document its place, resolves aliases and merge keys, and keeps both in bounds. */
export function locate(
  file: string,
  document: Document.Parsed,
): { readonly root: LocatedNode | undefined; readonly diagnostics: readonly Diagnostic[] } {
  const locator = new Locator(file);
  const whole = { file, start: 0, end: 0, path: '' };
  const root = locator.node(document.contents as Node | null, '', whole);
  return { root, diagnostics: locator.diagnostics };
}
