import type { Span } from '../../base/span.ts';
import type { SourceLine } from '../emitter.ts';

/** A line of a script that came from a place of the topology file. */
export interface MarkedLine {
  readonly text: string;
  readonly origin: Span;
  /** What stands there, such as `New-SendConnector`. */
  readonly what: string;
}

/** A piece of a script; the text of one line may go over several. */
export type Block = readonly (string | MarkedLine)[];

/** Marks a line with the place that it came from. */
export function mark(text: string, origin: Span, what: string): MarkedLine {
  return { text, origin, what };
}

/** Moves a block to the right, but not its empty lines. */
export function indent(block: Block): Block {
  const moved = (text: string): string => text.replaceAll(/^(?=.)/gm, '    ');
  return block.map((line) => (typeof line === 'string' ? moved(line) : { ...line, text: moved(line.text) }));
}

/** Puts blocks together, with an empty line between them, and tells which lines came from where. */
export function textOf(blocks: readonly Block[]): {
  readonly text: string;
  readonly lines: readonly SourceLine[];
} {
  const texts: string[] = [];
  const lines: SourceLine[] = [];
  for (const block of blocks.filter(({ length }) => length > 0)) {
    if (texts.length > 0) texts.push('');
    for (const line of block) {
      if (typeof line !== 'string') {
        lines.push({ line: texts.length + 1, origin: line.origin, what: line.what });
      }
      texts.push(...(typeof line === 'string' ? line : line.text).split('\n'));
    }
  }
  return { text: `${texts.join('\n')}\n`, lines };
}
