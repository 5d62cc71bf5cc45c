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
import { bounds } from '../base/bounds.ts';
import type { Diagnostic } from '../base/diagnostic.ts';
import { quoted } from '../base/quoted.ts';
import type { Span } from '../base/span.ts';
import type { LocatedEntry, LocatedMap, LocatedNode, LocatedScalar } from './located.ts';

/** C0 and C1 controls and lone surrogates: no name, address or script literal may carry them. */
const forbidden =
  /[\u0000-\u001f\u007f-\u009f]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;

/** JSON Pointer escaping. Source: RFC 6901 §3. */
function pointer(path: string, key: string | number): string {
  const isPlain = typeof key === 'number' || !/[~/]/.test(key);
  return `${path}/${isPlain ? key : key.replaceAll('~', '~0').replaceAll('/', '~1')}`;
}

function codePoint(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}

function styleOf(node: Scalar): LocatedScalar['style'] {
  if (node.type === 'QUOTE_DOUBLE' || node.type === 'QUOTE_SINGLE') return 'quoted';
  return node.type === 'BLOCK_FOLDED' || node.type === 'BLOCK_LITERAL' ? 'block' : 'plain';
}

/** How much a node is, with all aliases below it written out. */
interface Extent {
  /** The nodes below it and itself. */
  readonly weight: number;
  /** The lists and maps in each other, itself among them. */
  readonly height: number;
}

/** Turns the parser's document into our tree; one instance per document, for anchors are remembered. */
class Locator {
  readonly diagnostics: Diagnostic[] = [];
  readonly #file: string;
  readonly #anchors = new Map<string, { readonly node: LocatedNode; readonly extent: Extent } | 'open'>();
  readonly #extents = new Map<LocatedNode, Extent>();
  #aliased = 0;
  #depth = 0;

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
    if (anchor !== undefined) this.#anchors.set(anchor, { node: located, extent: this.#extentOf(located) });
    return located;
  }

  #content(node: Node, at: Span, path: string): LocatedNode {
    if (node.tag !== undefined && !node.tag.startsWith('tag:yaml.org,2002:')) {
      this.#fault(at, `The tag ${quoted(node.tag)} means nothing in a topology.`, 'Remove the tag.');
    }
    if (isScalar(node)) return this.#scalar(node, at);
    this.#depth += 1;
    const located = isMap(node) ? this.#map(node, at, path) : this.#list(node as YAMLSeq, at, path);
    this.#depth -= 1;
    return located;
  }

  #scalar(node: Scalar, at: Span): LocatedScalar {
    const style = styleOf(node);
    // The parser gives the key of a merge as a symbol.
    const value: unknown = typeof node.value === 'symbol' ? node.source : node.value;
    const isText = typeof value === 'string';
    const text = isText ? value : (node.source ?? String(value));
    const plain = isText || typeof value === 'number' || typeof value === 'boolean' || value === null;
    if (!plain) this.#fault(at, 'The tag of this value means nothing in a topology.', 'Remove the tag.');
    if (text.length > bounds.value.most) {
      this.#fault(at, `A value is longer than ${bounds.value.most} characters.`, 'Shorten it.');
    }
    const found = forbidden.exec(style === 'block' ? text.replace(/\n$/, '') : text);
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
    const items = node.items.map((item, index) => {
      const child = pointer(path, index);
      return this.node(item as Node | null, child, { ...at, path: child });
    });
    return { kind: 'list', items, style: node.flow === true ? 'flow' : 'block', at };
  }

  #map(node: YAMLMap, at: Span, path: string): LocatedMap {
    const own: LocatedEntry[] = [];
    const merged: LocatedEntry[] = [];
    for (const pair of node.items as Pair<Node | null, Node | null>[]) {
      const key = this.#key(pair.key, path, at);
      const child = pointer(path, key.text.slice(0, bounds.key.most));
      const value = this.node(pair.value, child, { ...key.at, path: child });
      if (key.text === '<<' && key.style === 'plain') this.#merge(value, merged);
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

  #merge(value: LocatedNode, into: LocatedEntry[]): void {
    if (value.kind === 'map') for (const entry of value.entries) into.push(entry);
    else if (value.kind === 'list') for (const item of value.items) this.#merge(item, into);
    else this.#fault(value.at, 'A merge key "<<" has no map to merge.', 'Give it an alias of a map.');
  }

  #key(key: Node | null, path: string, map: Span): LocatedScalar {
    const located = this.node(key, path, { ...map, end: map.start });
    if (located.kind === 'scalar') {
      if (located.text.length > bounds.key.most) {
        this.#fault(located.at, `A key is longer than ${bounds.key.most} characters.`, 'Shorten it.');
      }
      return located;
    }
    this.#fault(located.at, 'A key is a list or a map.', 'Write the key as text.');
    return { kind: 'scalar', value: '', text: '', style: 'plain', at: located.at };
  }

  #alias(alias: Alias, path: string, empty: Span): LocatedNode {
    const at = this.#spanOf(alias, path, empty);
    const known = this.#anchors.get(alias.source);
    if (known === undefined) {
      const text = quoted(`*${alias.source}`);
      const help = `If ${text} is meant as text, put it in quotes.`;
      const anchor = quoted(`&${alias.source}`);
      this.#fault(at, `${text} is a YAML alias, and nothing before it is anchored as ${anchor}.`, help);
      return this.#null(at);
    }
    if (known === 'open') {
      this.#fault(
        at,
        `The alias ${quoted(`*${alias.source}`)} stands inside what it stands for.`,
        'Write the value out.',
      );
      return this.#null(at);
    }
    const { weight, height } = known.extent;
    if (this.#depth + height > bounds.nesting.most) {
      const message = `Written out, this alias is nested more than ${bounds.nesting.most} levels deep.`;
      this.#fault(at, message, 'Nest less.');
      return this.#null(at);
    }
    this.#aliased += weight;
    if (this.#aliased > bounds.aliased.most) {
      // Every further alias is beyond the bound as well, and is one fault with the first.
      if (this.#aliased - weight <= bounds.aliased.most)
        this.#fault(at, `Aliases stand for more than ${bounds.aliased.most} values.`, 'Use fewer aliases.');
      return this.#null(at);
    }
    return known.node;
  }

  #extentOf(node: LocatedNode): Extent {
    const known = this.#extents.get(node);
    if (known !== undefined) return known;
    const children =
      node.kind === 'scalar'
        ? []
        : node.kind === 'list'
          ? node.items
          : node.entries.map(({ value }) => value);
    let weight = 1;
    let height = 0;
    for (const child of children) {
      const extent = this.#extentOf(child);
      weight += extent.weight;
      height = Math.max(height, extent.height);
    }
    const extent = { weight, height: node.kind === 'scalar' ? 0 : height + 1 };
    this.#extents.set(node, extent);
    return extent;
  }

  #null(at: Span): LocatedScalar {
    return { kind: 'scalar', value: null, text: '', style: 'plain', at };
  }

  #spanOf(node: Node, path: string, empty: Span): Span {
    const [start, end] = node.range ?? [empty.start, empty.end];
    return end > start ? { file: this.#file, start, end, path } : { ...empty, path };
  }

  #fault(at: Span, message: string, help?: string): void {
    if (this.diagnostics.length > bounds.syntaxFaults.most) return;
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
