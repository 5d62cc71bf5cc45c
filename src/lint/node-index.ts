import type { Span } from '../base/span.ts';
import type { LocatedNode } from '../source/located.ts';

/** A part of the text. Unit: UTF-16 code units from 0, half-open. */
type Range = readonly [start: number, end: number];

/** The nodes of a document by their places: an entry with its key, an item of a list. */
export class NodeIndex {
  /** By start, the wider first. */
  readonly #spans: readonly Span[];
  /** For each span the index of the narrowest one around it, by which none between them has to be looked at. */
  readonly #around: readonly (number | undefined)[];
  /** Values and keys that hold a line end, in which a line is no place for a comment. */
  readonly #scalars: readonly Span[];

  constructor(root: LocatedNode, text: string) {
    const spans: Span[] = [];
    const scalars: Span[] = [];
    walk(root, (node, span) => {
      if (node.kind === 'scalar' && text.slice(node.at.start, node.at.end).includes('\n'))
        scalars.push(node.at);
      if (span) spans.push(span);
    });
    this.#spans = spans.sort((a, b) => a.start - b.start || b.end - a.end);
    this.#around = aroundEach(this.#spans);
    this.#scalars = scalars;
  }

  /** Finds the widest node that begins on a line; where none begins, the narrowest that holds it. */
  nodeOn([start, end]: Range): Span | undefined {
    const first = this.#spans[this.#indexAt(start)];
    return first && first.start < end ? first : this.#before(start, start);
  }

  /** Finds the narrowest node that begins before a line and goes on to an offset. */
  nodeAround(lineStart: number, offset: number): Span | undefined {
    return this.#before(lineStart, offset);
  }

  /** Says whether a line begins inside a value. */
  isInsideValue(lineStart: number): boolean {
    return this.#scalars.some(({ start, end }) => start < lineStart && lineStart < end);
  }

  #before(offset: number, end: number): Span | undefined {
    let index: number | undefined = this.#indexAt(offset) - 1;
    for (let span = this.#spans[index]; span && index !== undefined;) {
      if (span.end >= end) return span;
      index = this.#around[index];
      span = index === undefined ? undefined : this.#spans[index];
    }
    return undefined;
  }

  #indexAt(offset: number): number {
    let low = 0;
    let high = this.#spans.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#spans[middle]?.start ?? 0) < offset) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** Spans lie apart or in each other, for so do nodes; they are in order, the wider first. */
function aroundEach(spans: readonly Span[]): readonly (number | undefined)[] {
  const open: number[] = [];
  return spans.map(({ end }, index) => {
    while (open.length > 0 && (spans[open.at(-1) ?? 0]?.end ?? 0) < end) open.pop();
    const around = open.at(-1);
    open.push(index);
    return around;
  });
}

function walk(node: LocatedNode, visit: (node: LocatedNode, span?: Span) => void): void {
  if (node.kind === 'map') {
    for (const { key, value } of node.entries) {
      // An aliased or merged value stands elsewhere: then the key alone is here.
      const end = value.at.start >= key.at.start ? Math.max(key.at.end, value.at.end) : key.at.end;
      visit(key, { ...key.at, end });
      visit(value);
      walk(value, visit);
    }
  }
  if (node.kind === 'list') {
    for (const item of node.items) {
      visit(item, item.at);
      walk(item, visit);
    }
  }
}

/** Finds the line that an offset is in, without its line end. */
export function lineAt(text: string, offset: number): Range {
  const start = offset === 0 ? 0 : text.lastIndexOf('\n', offset - 1) + 1;
  const end = text.indexOf('\n', offset);
  return [start, end < 0 ? text.length : end];
}
