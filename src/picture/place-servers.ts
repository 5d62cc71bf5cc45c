import type { Anchor, PlacedBox } from './layout.ts';
import { bold, columnWidth, measure, sizes, stackHeight, type MeasuredBox } from './measure.ts';
import type { Picture } from './picture.ts';
import { wrapped } from './text-lines.ts';

/** A frame around servers, with its heading. Unit: pixels. */
export interface Frame extends Anchor {
  readonly kind: 'organization' | 'group';
  readonly name: readonly string[];
  readonly lines: readonly string[];
}

/** Where the column stands, and how much height it shares out. Unit: pixels. */
interface Room {
  readonly x: number;
  readonly top: number;
  readonly height: number;
}

interface MeasuredGroup {
  readonly id: string;
  readonly name: readonly string[];
  readonly servers: readonly MeasuredBox[];
}

interface Heads {
  readonly boxWidth: number;
  readonly name: readonly string[];
  readonly lines: readonly string[];
  readonly groups: readonly MeasuredGroup[];
}

const { framePadding: pad, lineHeight, gap } = sizes;

function headsOf({ organization, groups }: Picture): Heads {
  const measured = groups.map(({ id, name, servers }) => ({ id, name, servers: servers.map(measure) }));
  const boxWidth = Math.max(190, columnWidth(measured.flatMap(({ servers }) => servers)));
  const wide = boxWidth + 2 * pad;
  return {
    boxWidth,
    name: wrapped(organization.name, wide / sizes.name / bold),
    lines: organization.lines.flatMap((line) => wrapped(line, wide / sizes.line)),
    groups: measured.map((one) => ({ ...one, name: wrapped(one.name, boxWidth / sizes.line) })),
  };
}

/** Unit: pixels. */
function headHeight(rows: number): number {
  return rows * lineHeight + pad + 4;
}

function heightOf({ name, lines, groups }: Heads): number {
  const within = groups.map((group) => headHeight(group.name.length) + stackHeight(group.servers) + pad);
  return headHeight(name.length + lines.length) + within.reduce((sum, one) => sum + one + pad, 0);
}

/** How high the servers with their frames are at least. Unit: pixels. */
export function serverColumnHeight(picture: Picture): number {
  return heightOf(headsOf(picture));
}

/** How wide they are. Unit: pixels. */
export function serverColumnWidth(picture: Picture): number {
  return headsOf(picture).boxWidth + 4 * pad;
}

/** Places the servers in their groups and the groups in the organization; height that is left over is shared out among them. */
export function placeServers(
  picture: Picture,
  { x, top, height }: Room,
): { readonly boxes: readonly PlacedBox[]; readonly frames: readonly Frame[]; readonly bottom: number } {
  const heads = headsOf(picture);
  const count = heads.groups.reduce((sum, { servers }) => sum + servers.length, 0);
  const slack = Math.floor(Math.max(0, height - heightOf(heads)) / Math.max(1, count));
  const boxes: PlacedBox[] = [];
  const frames: Frame[] = [];
  let y = top + headHeight(heads.name.length + heads.lines.length);
  for (const { id, name, servers } of heads.groups) {
    const begin = y;
    y += headHeight(name.length);
    for (const server of servers) {
      boxes.push({ ...server, x: x + 2 * pad, y: y + Math.floor((slack + gap) / 2), width: heads.boxWidth });
      y += slack + gap + server.height;
    }
    y += pad;
    frames.push({
      kind: 'group',
      id,
      name,
      lines: [],
      x: x + pad,
      y: begin,
      width: heads.boxWidth + 2 * pad,
      height: y - begin,
    });
    y += pad;
  }
  const whole = { x, y: top, width: heads.boxWidth + 4 * pad, height: y - top };
  return {
    boxes,
    frames: [
      { kind: 'organization', id: 'organization', name: heads.name, lines: heads.lines, ...whole },
      ...frames,
    ],
    bottom: y,
  };
}
