import { element, xmlDocument, xmlText } from '../report/xml.ts';
import { layOut, type Heading, type PlacedBox } from './layout.ts';
import { sizes } from './measure.ts';
import { tlsStates, tlsWords, type Picture, type TlsState } from './picture.ts';
import type { Frame } from './place-servers.ts';
import { drawLines } from './svg-lines.ts';
import { svgStyle } from './svg-style.ts';

/** Unit: pixels. */
const titleHeight = 66;
const legend = { rowHeight: 22, sample: 64 } as const;

/**
 * Writes the picture as a drawing that stands alone: no script, no font and no address of elsewhere.
 *
 * Source: https://www.w3.org/TR/SVG2/, https://www.w3.org/TR/svg-aam-1.0/ (title and description).
 */
export function svg(picture: Picture): string {
  return xmlDocument(drawing(picture, element('style', {}, svgStyle)));
}

/** Writes the drawing as an element of a page, which has the style and no other element called `title` or `desc`. */
export function svgInPage(picture: Picture): string {
  return drawing(picture, '');
}

function drawing(picture: Picture, style: string): string {
  const headingRows = 2;
  const layout = layOut(picture, titleHeight + headingRows * sizes.lineHeight);
  const height = layout.bottom + sizes.margin + legend.rowHeight * (tlsStates.length + 1);
  const width = Math.max(layout.width, 420);
  const root = {
    xmlns: 'http://www.w3.org/2000/svg',
    viewBox: `0 0 ${width} ${height}`,
    width,
    height,
    role: 'img',
    'aria-labelledby': 'title desc',
  };
  return element(
    'svg',
    root,
    '\n',
    element('title', { id: 'title' }, xmlText(picture.title)),
    element('desc', { id: 'desc' }, xmlText(picture.sentences.join(' '))),
    style,
    element('defs', {}, '\n', ...tlsStates.map(arrowHead)),
    element('rect', { class: 'paper', width, height }),
    words(picture.title, 'title', sizes.margin, 36),
    ...layout.headings.flatMap(heading),
    ...layout.frames.flatMap(frame),
    ...drawLines(picture.lines, layout.anchors),
    ...layout.boxes.map(box),
    ...drawLegend(layout.bottom + sizes.margin),
  );
}

function words(text: string, look: string, x: number, y: number): string {
  return element('text', { class: look, x, y }, xmlText(text));
}

function arrowHead(state: TlsState): string {
  const size = {
    markerUnits: 'userSpaceOnUse',
    markerWidth: 10,
    markerHeight: 10,
    refX: 1,
    refY: 5,
    orient: 'auto',
  };
  const tip = element('path', { class: `head-${state}`, d: 'M0 0L10 5L0 10z' });
  return element('marker', { id: `head-${state}`, ...size }, tip);
}

function heading({ x, lines }: Heading): readonly string[] {
  return lines.map((line, index) => words(line, 'heading', x, titleHeight + index * sizes.lineHeight));
}

function frame({ kind, name, lines, x, y, width, height }: Frame): readonly string[] {
  const look = kind === 'organization' ? 'frame' : 'frame group';
  const left = x + sizes.framePadding;
  const rowY = (row: number): number => y + 4 + (row + 1) * sizes.lineHeight;
  return [
    element('rect', { class: look, x, y, width, height, rx: 10 }),
    ...name.map((line, index) =>
      words(line, kind === 'organization' ? 'heading' : 'quiet', left, rowY(index)),
    ),
    ...lines.map((line, index) => words(line, 'quiet', left, rowY(name.length + index))),
  ];
}

function box({ box: { tls, state }, x, y, width, height, name, lines, alarm }: PlacedBox): string {
  const rows = [
    ...name.map((text) => ({ text, look: 'name' })),
    ...lines.map((text) => ({ text, look: 'quiet' })),
    ...alarm.map((text) => ({ text, look: 'alarm' })),
  ];
  const border = { x, y, width, height, rx: tls === undefined ? 3 : 12 };
  return element(
    'g',
    state === 'disabled' ? { class: 'disabled' } : {},
    '\n',
    element('rect', { class: `box ${tls ?? 'plain'}`, ...border }),
    ...(tls === 'mutual' ? [element('rect', { class: 'gap', ...border })] : []),
    ...rows.map(({ text, look }, index) =>
      words(text, look, x + sizes.padding, y + sizes.padding + (index + 0.75) * sizes.lineHeight),
    ),
  );
}

function drawLegend(top: number): readonly string[] {
  return tlsStates.flatMap((state, index) => {
    const y = top + (index + 1) * legend.rowHeight;
    const d = `M${sizes.margin} ${y - 4}h${legend.sample}`;
    return [
      element('path', { class: `line ${state}`, d }),
      ...(state === 'mutual' ? [element('path', { class: 'gap', d })] : []),
      words(`${state}: ${tlsWords[state]}`, 'quiet', sizes.margin + legend.sample + 12, y),
    ];
  });
}
