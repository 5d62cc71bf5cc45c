import { bold, columnWidth, measure, sizes, stackHeight, type MeasuredBox } from './measure.ts';
import { headings, type Box, type Line, type Picture } from './picture.ts';
import { placeColumn } from './place-column.ts';
import { placeServers, serverColumnHeight, serverColumnWidth, type Frame } from './place-servers.ts';
import { wrapped } from './text-lines.ts';

/** A box in its place. Unit: pixels; `x` and `y` are its upper left corner. */
export interface PlacedBox extends MeasuredBox {
  readonly x: number;
  readonly y: number;
}

/** What a line can lead to: a box, or the frame of a group. */
export interface Anchor {
  readonly id: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A text above a column. */
export interface Heading {
  readonly x: number;
  readonly lines: readonly string[];
}

/** Everything in its place. Unit: pixels. */
export interface Layout {
  readonly boxes: readonly PlacedBox[];
  readonly frames: readonly Frame[];
  readonly anchors: readonly Anchor[];
  readonly headings: readonly Heading[];
  readonly width: number;
  readonly bottom: number;
}

type Column = keyof typeof headings;

/** Places everything below `top`: servers in the middle, spread over the height, and all else near what it belongs to. */
export function layOut(picture: Picture, top: number): Layout {
  const columns = {
    senders: picture.senders.map(measure),
    receiveConnectors: picture.receiveConnectors.map(measure),
    sendConnectors: picture.sendConnectors.map(measure),
    destinations: picture.destinations.map(measure),
  };
  const xs = columnEdges(picture, columns);
  const highest = Object.values(columns).reduce((most, boxes) => Math.max(most, stackHeight(boxes)), 0);
  const height = Math.max(serverColumnHeight(picture), highest);
  const own = placeServers(picture, { x: xs.servers, top, height });
  const place = (column: Column, beside: readonly Anchor[]): readonly PlacedBox[] =>
    placeBeside(columns[column], beside, picture.lines, { x: xs[column], top });
  const servers = [...anchorsOf(own.boxes), ...own.frames];
  const receive = place('receiveConnectors', servers);
  const send = place('sendConnectors', servers);
  const boxes = [
    ...place('senders', anchorsOf(receive)),
    ...receive,
    ...own.boxes,
    ...send,
    ...place('destinations', anchorsOf(send)),
  ];
  return {
    boxes,
    frames: own.frames,
    anchors: [...anchorsOf(boxes), ...own.frames],
    headings: (Object.keys(headings) as Column[])
      .filter((column) => columns[column].length > 0)
      .map((column) => ({
        x: xs[column],
        lines: wrapped(headings[column], columnWidth(columns[column]) / sizes.name / bold),
      })),
    width: xs.end,
    bottom: Math.max(own.bottom, ...boxes.map(({ y, height: own }) => y + own)),
  };
}

function anchorsOf(boxes: readonly PlacedBox[]): readonly Anchor[] {
  return boxes.map(({ box: { id }, x, y, width, height }) => ({ id, x, y, width, height }));
}

/** The left edges of the columns; one without boxes takes no room. */
function columnEdges(
  picture: Picture,
  columns: Readonly<Record<Column, readonly MeasuredBox[]>>,
): Readonly<Record<Column | 'servers' | 'end', number>> {
  const advance = (x: number, width: number): number => (width === 0 ? x : x + width + sizes.betweenColumns);
  const senders = sizes.margin;
  const receiveConnectors = advance(senders, columnWidth(columns.senders));
  const servers = advance(receiveConnectors, columnWidth(columns.receiveConnectors));
  const sendConnectors = advance(servers, serverColumnWidth(picture));
  const destinations = advance(sendConnectors, columnWidth(columns.sendConnectors));
  const end = advance(destinations, columnWidth(columns.destinations)) - sizes.betweenColumns + sizes.margin;
  return { senders, receiveConnectors, servers, sendConnectors, destinations, end };
}

/** Places a column in the order of the boxes that its lines lead to, so that few lines cross. */
function placeBeside(
  boxes: readonly MeasuredBox[],
  beside: readonly Anchor[],
  lines: readonly Line[],
  { x, top }: { readonly x: number; readonly top: number },
): readonly PlacedBox[] {
  const middles = middlesOf(beside, lines);
  const wished = boxes
    .map((one) => ({ one, height: one.height, middle: middles(one.box) ?? top }))
    .sort((a, b) => a.middle - b.middle);
  const ys = placeColumn(wished, top, sizes.gap);
  const width = columnWidth(boxes);
  return wished.map(({ one }, index) => ({ ...one, x, width, y: ys[index] ?? top }));
}

/** Tells the mean height of the boxes that a box is tied to. */
function middlesOf(beside: readonly Anchor[], lines: readonly Line[]): (box: Box) => number | undefined {
  const known = new Map(beside.map(({ id, y, height }) => [id, y + height / 2]));
  const found = new Map<string, number[]>();
  for (const { from, to } of lines) {
    for (const [near, far] of [
      [from, to],
      [to, from],
    ] as const) {
      const middle = known.get(far);
      if (middle !== undefined) found.set(near, [...(found.get(near) ?? []), middle]);
    }
  }
  return ({ id }) => {
    const all = found.get(id);
    return all && all.reduce((sum, one) => sum + one, 0) / all.length;
  };
}
