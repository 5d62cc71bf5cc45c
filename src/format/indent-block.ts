import type { Piece } from '../source/pieces.ts';

/** The content of a block scalar without its last line ends. */
export interface IndentedBlock {
  readonly text: string;
  /** Unit: line ends behind the text. */
  readonly breaks: number;
  /** Whether the number of line ends behind the text is part of the value. */
  readonly counts: boolean;
}

/**
 * Moves the content of a block scalar to the indentation of its place; its lines keep what they have beyond that.
 *
 * Source: YAML 1.2.2 §8.1.1.
 */
export function indentBlock({ source, indent, parentColumn = 0 }: Piece, header: string): IndentedBlock {
  const stated = Number(/[1-9]/.exec(header)?.[0] ?? 0);
  // Where all lines are empty, none of their blanks is content.
  const detected = /^(?: *\n)*( *)[^ \n]/.exec(source)?.[1]?.length ?? source.length;
  const from = stated > 0 && /[^ \n]/.test(source) ? parentColumn + stated : detected;
  const to = ' '.repeat(stated > 0 ? indent - 2 + stated : indent);
  const lines = source
    .split('\n')
    .map((line) => (/^ *$/.test(line) && line.length <= from ? '' : to + line.slice(from)));
  const moved = lines.join('\n');
  const keeps = header.includes('+');
  const text = moved.replace(keeps ? /\n+$/ : /(?:\n *)+$/, '');
  const breaks = moved.slice(text.length).split('\n').length - 1;
  return { text, breaks, counts: keeps || (breaks === 0 && !header.includes('-')) };
}
