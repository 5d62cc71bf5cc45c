import { readPieces, type Level, type Piece } from '../source/pieces.ts';
import { indentBlock } from './indent-block.ts';

/** A piece, with those beside it that are neither comments nor line ends. */
interface Neighbours {
  readonly before: Piece | undefined;
  readonly after: Piece | undefined;
}

/**
 * Writes a YAML text with the blanks that belong there: two for each level, one after colon, comma and dash and before
 * a comment, one empty line at most, one line end last. What is on a line stays on it.
 *
 * A text with keys written out behind `?` is left as it is. Lines end in `\n`, and the text has no fault of syntax.
 */
export function layOut(text: string): string {
  const pieces = withoutLastCommas(readPieces(text));
  if (pieces.some(({ kind }) => kind === 'other')) return text;
  const neighbours = neighboursOf(pieces);
  const parts: string[] = [];
  let breaks = 0;
  // Below a block scalar that keeps its last line ends, or lacks one, their number is part of the value.
  let counts = false;
  let last: Piece | undefined;
  for (const [index, piece] of pieces.entries()) {
    if (piece.kind === 'newline') {
      breaks += 1;
      continue;
    }
    if (piece.kind === 'block') {
      const block = indentBlock(piece, last?.source ?? '');
      if (block.text === '') breaks += block.breaks;
      else {
        parts.push('\n', block.text);
        breaks = block.breaks;
      }
      counts = block.counts;
      continue;
    }
    if (last !== undefined)
      parts.push(leadOf(piece, last, counts ? breaks : Math.min(breaks, 2), neighbours[index]));
    parts.push(textOf(piece));
    // The header of a block scalar may have a comment behind it, and is what its content is read by.
    if (!(last?.kind === 'header' && piece.kind === 'comment')) last = piece;
    breaks = 0;
    counts = false;
  }
  return parts.join('') + '\n'.repeat(counts ? breaks : last === undefined ? 0 : 1);
}

/** A comma before a bracket that closes on the same line says nothing. */
function withoutLastCommas(pieces: readonly Piece[]): readonly Piece[] {
  return pieces.filter(({ kind }, index) => kind !== 'comma' || pieces[index + 1]?.kind !== 'close');
}

function isContent({ kind }: Piece): boolean {
  return kind !== 'newline' && kind !== 'comment';
}

function neighboursOf(pieces: readonly Piece[]): readonly Neighbours[] {
  const afters: (Piece | undefined)[] = [];
  let after: Piece | undefined;
  for (const piece of [...pieces].reverse()) {
    afters.push(after);
    if (isContent(piece)) after = piece;
  }
  afters.reverse();
  let before: Piece | undefined;
  return pieces.map((piece, index) => {
    const found = { before, after: afters[index] };
    if (isContent(piece)) before = piece;
    return found;
  });
}

function leadOf(piece: Piece, last: Piece, breaks: number, beside: Neighbours | undefined): string {
  if (breaks === 0) return gap(last, piece);
  const indent = piece.kind === 'comment' && beside ? commentIndent(piece, beside) : piece.indent;
  return '\n'.repeat(breaks) + ' '.repeat(indent);
}

/** Gives the blanks between two pieces of one line. */
function gap(before: Piece, after: Piece): '' | ' ' {
  if (after.kind === 'comment') return ' ';
  if (after.kind === 'comma') return '';
  if (before.kind === 'open' && after.kind === 'close') return '';
  if (before.kind === 'open') return before.source === '{' ? ' ' : '';
  if (after.kind === 'close') return after.source === '}' ? ' ' : '';
  if (after.kind === 'colon') {
    // The colon would become part of an alias, an anchor or a tag.
    return before.kind === 'scalar' || before.kind === 'close' ? '' : ' ';
  }
  return ' ';
}

/** Folding takes blanks at the beginning of a line away, whatever their number. Source: YAML 1.2.2 §6.5. */
function textOf({ kind, source, indent }: Piece): string {
  if (kind === 'comment') return source.trimEnd();
  if (kind === 'mark') return source.trimEnd();
  if (kind !== 'scalar') return source;
  // In double quotes a blank before the end of a line may be an escaped one.
  const lineEnd = source.startsWith('"') ? /\n[ \t]*/g : /[ \t]*\n[ \t]*/g;
  return source.replaceAll(lineEnd, `\n${' '.repeat(indent)}`);
}

/**
 * A comment on a line of its own goes with what follows it, or with the block before it where it stands as deep as that.
 */
function commentIndent(comment: Piece, { before, after }: Neighbours): number {
  if (comment.style === 'flow') return comment.indent;
  const base = after?.indent ?? 0;
  for (let level = levelBefore(before, after); level !== undefined; level = level.parent) {
    if (level.indent <= base) break;
    if (level.column <= comment.column) return level.indent;
  }
  return base;
}

/** Behind a key or dash without a value, what is set in deeper stands for the value. */
function levelBefore(before: Piece | undefined, after: Piece | undefined): Level | undefined {
  const level = before?.level;
  if (level === undefined || (before?.kind !== 'colon' && before?.kind !== 'dash')) return level;
  const inside = { parent: level, column: level.column + 1, indent: level.indent + 2 };
  return after !== undefined && after.indent >= inside.indent ? level : inside;
}
