import { element, xmlText } from '../report/xml.ts';
import type { Anchor } from './layout.ts';
import { sizes } from './measure.ts';
import type { Line } from './picture.ts';

/** Unit: pixels; room for the head of an arrow. */
const headLength = 10;

interface PlacedLine {
  readonly line: Line;
  readonly from: Anchor;
  readonly to: Anchor;
}

/** Draws the lines between boxes; where several meet a box they are spread over its side, so that none lies on another. */
export function drawLines(lines: readonly Line[], anchors: readonly Anchor[]): readonly string[] {
  const byId = new Map(anchors.map((anchor) => [anchor.id, anchor]));
  const placed = lines.flatMap((line): readonly PlacedLine[] => {
    const from = byId.get(line.from);
    const to = byId.get(line.to);
    return from && to ? [{ line, from, to }] : [];
  });
  const starts = spread(placed, 'from', 'to');
  const ends = spread(placed, 'to', 'from');
  return placed.map(({ line, from, to }, index) => {
    const [x1, x2] = [from.x + from.width, to.x - headLength];
    const y1 = starts[index] ?? from.y;
    const end = ends[index] ?? to.y;
    // A line that is all but straight looks like a mistake.
    const y2 = Math.abs(end - y1) <= 2 ? y1 : end;
    const bend = Math.round(Math.max(sizes.betweenColumns / 2, (x2 - x1) / 2));
    return draw(line, `M${x1} ${y1}C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}`);
  });
}

function draw({ tls, state }: Line, d: string): string {
  return element(
    'g',
    state === 'disabled' ? { class: 'disabled' } : {},
    '\n',
    element('title', {}, xmlText(`TLS: ${tls}`)),
    element('path', { class: `line ${tls}`, d, 'marker-end': `url(#head-${tls})` }),
    ...(tls === 'mutual' ? [element('path', { class: 'gap', d })] : []),
  );
}

/** Tells for each line where it meets the box at one of its ends: from top to bottom as the boxes at its other end stand. */
function spread(lines: readonly PlacedLine[], near: 'from' | 'to', far: 'from' | 'to'): readonly number[] {
  const atBox = new Map<Anchor, number[]>();
  for (const [index, line] of lines.entries()) {
    const known = atBox.get(line[near]);
    if (known) known.push(index);
    else atBox.set(line[near], [index]);
  }
  const ys: number[] = [];
  for (const [{ y, height }, indices] of atBox) {
    const middle = (index: number): number =>
      (lines[index]?.[far].y ?? 0) + (lines[index]?.[far].height ?? 0) / 2;
    indices.sort((a, b) => middle(a) - middle(b));
    for (const [place, index] of indices.entries()) {
      ys[index] = Math.round((y + (height * (place + 1)) / (indices.length + 1)) * 10) / 10;
    }
  }
  return ys;
}
