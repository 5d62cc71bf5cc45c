import { Parser, type CST } from 'yaml';

/**
 * What a piece of a YAML text is; `block` is the content below the `header` of a block scalar, `mark` a directive or the
 * mark of a document, and `other` what is too rare to be told apart, such as the `?` of a written-out key.
 */
export type PieceKind =
  | 'newline'
  | 'comment'
  | 'property'
  | 'alias'
  | 'scalar'
  | 'colon'
  | 'dash'
  | 'comma'
  | 'open'
  | 'close'
  | 'header'
  | 'block'
  | 'mark'
  | 'other';

/** A map or list in block style, and the way to it from the root. */
export interface Level {
  readonly parent: Level | undefined;
  /** Unit: blanks before its entries, as they are written. */
  readonly column: number;
  /** Unit: blanks before its entries when each level takes two. */
  readonly indent: number;
}

/** A piece of a YAML text that is no blank, in the order of the text. */
export interface Piece {
  readonly kind: PieceKind;
  readonly source: string;
  /** The innermost block collection that it belongs to; absent above all of them. */
  readonly level: Level | undefined;
  /** Unit: blanks before it where it begins a line and each level takes two. */
  readonly indent: number;
  readonly style: 'block' | 'flow';
  /** Unit: characters before it on its line. */
  readonly column: number;
  /** Of a block scalar: the blanks before its parent as they are written. */
  readonly parentColumn?: number;
}

/** Where in the collections the next pieces are. */
interface Place {
  readonly level: Level | undefined;
  readonly indent: number;
  readonly style: 'block' | 'flow';
}

const kinds: ReadonlyMap<string, PieceKind> = new Map([
  ['newline', 'newline'],
  ['comment', 'comment'],
  ['anchor', 'property'],
  ['tag', 'property'],
  ['map-value-ind', 'colon'],
  ['seq-item-ind', 'dash'],
  ['comma', 'comma'],
  ['flow-map-start', 'open'],
  ['flow-seq-start', 'open'],
  ['flow-map-end', 'close'],
  ['flow-seq-end', 'close'],
  ['block-scalar-header', 'header'],
  ['doc-start', 'mark'],
  ['doc-end', 'mark'],
]);

const blank: ReadonlySet<string> = new Set(['space', 'newline', 'comment']);

type Item = CST.BlockMap['items'][number] | CST.BlockSequence['items'][number];

/** Takes a text apart; one instance per text. */
class Reader {
  readonly #text: string;
  /** Where lines start; a text may be one line, and each of its pieces asks for its column. */
  readonly #starts: number[] = [0];
  readonly #pieces: Piece[] = [];

  constructor(text: string) {
    this.#text = text;
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', end + 1))
      this.#starts.push(end + 1);
  }

  read(): readonly Piece[] {
    const top: Place = { level: undefined, indent: 0, style: 'block' };
    for (const token of new Parser().parse(this.#text)) this.#token(token, top);
    return this.#pieces;
  }

  #token(token: CST.Token, place: Place): void {
    switch (token.type) {
      case 'document':
        this.#sources(token.start, place);
        if (token.value) this.#token(token.value, place);
        return this.#sources(token.end, place);
      case 'block-map':
      case 'block-seq':
        return this.#block(token, place);
      case 'flow-collection':
        return this.#flow(token, place);
      case 'block-scalar':
        return this.#blockScalar(token, place);
      case 'alias':
      case 'scalar':
      case 'single-quoted-scalar':
      case 'double-quoted-scalar':
        this.#add(token.type === 'alias' ? 'alias' : 'scalar', token, place);
        return this.#sources(token.end, place);
      case 'directive':
        return this.#add('mark', token, place);
      case 'doc-end':
        this.#add('mark', token, place);
        return this.#sources(token.end, place);
      case 'error':
        return this.#add('other', token, place);
      default:
        return this.#sources([token], place);
    }
  }

  #block(token: CST.BlockMap | CST.BlockSequence, place: Place): void {
    const { level: parent } = place;
    const column = this.#columnOf(firstOffset(token.items[0]) ?? token.offset);
    const level: Level = { parent, column, indent: parent === undefined ? 0 : parent.indent + 2 };
    // No block collection can stand inside a flow one, unless the text has a fault.
    const style = place.style;
    const entry: Place = { level, indent: level.indent, style };
    const inside: Place = { level, indent: level.indent + 2, style };
    if (style === 'flow') this.#add('other', { source: '', offset: token.offset }, place);
    for (const item of token.items) {
      const dash = item.start.findIndex(({ type }) => type === 'seq-item-ind');
      const cut = dash < 0 ? item.start.length : dash + 1;
      this.#sources(item.start.slice(0, cut), entry);
      this.#sources(item.start.slice(cut), inside);
      if (item.key) this.#token(item.key, entry);
      // The colon of an entry without a key is the first of its line.
      const first = item.key ? -1 : (item.sep ?? []).findIndex(({ type }) => type === 'map-value-ind');
      this.#sources(item.sep?.slice(0, first + 1), entry);
      this.#sources(item.sep?.slice(first + 1), inside);
      if (item.value) this.#token(item.value, inside);
    }
  }

  /** YAML wants the lines of a flow collection, its last bracket too, deeper than the block that it stands in. */
  #flow(token: CST.FlowCollection, place: Place): void {
    const { level } = place;
    const closing = place.style === 'flow' ? place.indent : (level?.indent ?? -2) + 2;
    const inside: Place = { level, indent: closing + 2, style: 'flow' };
    this.#sources([token.start], place);
    for (const { start, key, sep, value } of token.items) {
      this.#sources(start, inside);
      if (key) this.#token(key, inside);
      this.#sources(sep, inside);
      if (value) this.#token(value, inside);
    }
    const [close, ...after] = token.end;
    if (close) this.#sources([close], { ...inside, indent: closing });
    this.#sources(after, place);
  }

  #blockScalar(token: CST.BlockScalar, place: Place): void {
    for (const prop of token.props) this.#token(prop, place);
    const offset = 'offset' in token ? token.offset : 0;
    this.#add('block', { source: token.source, offset }, place, token.indent);
  }

  #sources(tokens: readonly CST.SourceToken[] = [], place: Place): void {
    for (const token of tokens) {
      if (token.type !== 'space') this.#add(kinds.get(token.type) ?? 'other', token, place);
    }
  }

  #add(
    kind: PieceKind,
    { source, offset }: { readonly source: string; readonly offset: number },
    { level, indent, style }: Place,
    parentColumn?: number,
  ): void {
    const column = this.#columnOf(offset);
    const piece: Piece = { kind, source, level, indent, style, column };
    this.#pieces.push(parentColumn === undefined ? piece : { ...piece, parentColumn });
  }

  #columnOf(offset: number): number {
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((this.#starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return offset - (this.#starts[low] ?? 0);
  }
}

function firstOffset(item: Item | undefined): number | undefined {
  const first = item?.start.find(({ type }) => !blank.has(type));
  return first?.offset ?? item?.key?.offset ?? item?.sep?.[0]?.offset;
}

/** Takes a YAML text apart into all that is no blank; the text has `\n` between its lines and no fault of syntax. */
export function readPieces(text: string): readonly Piece[] {
  return new Reader(text).read();
}
