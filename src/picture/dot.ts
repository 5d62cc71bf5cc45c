import { printable } from '../base/printable.ts';
import { headings, type Box, type Line, type Picture, type ServerGroup, type TlsState } from './picture.ts';

type Attributes = Readonly<Record<string, string>>;

/** Double lines are two colours with nothing between them. Source: https://graphviz.org/docs/attr-types/colorList/ */
const lineStyles: Readonly<Record<TlsState, Attributes>> = {
  none: { style: 'dotted' },
  opportunistic: { style: 'dashed' },
  required: { style: 'solid' },
  mutual: { color: 'black:invis:black' },
};

const boxStyles: Readonly<Record<TlsState, Attributes>> = {
  none: { style: 'rounded,dotted' },
  opportunistic: { style: 'rounded,dashed' },
  required: { style: 'rounded' },
  mutual: { style: 'rounded', peripheries: '2' },
};

/** Writes the picture in the language of Graphviz. Source: https://graphviz.org/doc/info/lang.html */
export function dot(picture: Picture): string {
  const { organization, groups, lines } = picture;
  const servers = groups.flatMap(({ id, name, servers: boxes }) =>
    cluster(
      id,
      [name],
      boxes.map((box) => node(box, { shape: 'box' })),
    ),
  );
  const outside = { shape: 'box', style: 'filled', fillcolor: '#eeeeee' };
  const connector = (box: Box): string => node(box, { shape: 'box', ...boxStyles[box.tls ?? 'none'] });
  return [
    `digraph ${quoted(picture.title)} {`,
    ...[
      `graph [${attributes({ rankdir: 'LR', compound: 'true', label: text([picture.title]), labelloc: 't', fontname: 'sans-serif' })}]`,
      'node [fontname="sans-serif", fontsize="11"]',
      ...cluster(
        'senders',
        [headings.senders],
        picture.senders.map((box) => node(box, outside)),
      ),
      ...cluster('receiveConnectors', [headings.receiveConnectors], picture.receiveConnectors.map(connector)),
      ...cluster('organization', [organization.name, ...organization.lines], servers),
      ...cluster('sendConnectors', [headings.sendConnectors], picture.sendConnectors.map(connector)),
      ...cluster(
        'destinations',
        [headings.destinations],
        picture.destinations.map((box) => node(box, outside)),
      ),
      ...lines.map((line) => edge(line, groups)),
    ].map((line) => `  ${line}`),
    '}',
    '',
  ].join('\n');
}

function cluster(id: string, title: readonly string[], within: readonly string[]): readonly string[] {
  if (within.length === 0) return [];
  return [`subgraph cluster_${id} {`, `  label=${text(title)}`, ...within.map((line) => `  ${line}`), '}'];
}

function node({ id, name, lines, alarm, state }: Box, style: Attributes): string {
  const words = [name, ...lines, ...(alarm === undefined ? [] : [alarm.toUpperCase()])];
  const faded = state === 'disabled' ? { fontcolor: 'gray40', color: 'gray40' } : {};
  return `${id} [${attributes({ label: text(words), ...style, ...faded })}]`;
}

/** A line to a group goes to a server in it, and is cut off at its frame. Source: https://graphviz.org/docs/attrs/lhead/ */
function edge({ from, to, tls, state }: Line, groups: readonly ServerGroup[]): string {
  const faded = state === 'disabled' ? { color: 'gray60' } : {};
  const [tail, head] = [from, to].map((end) => groups.find(({ id }) => id === end));
  const cut = {
    ...(tail && { ltail: `cluster_${tail.id}` }),
    ...(head && { lhead: `cluster_${head.id}` }),
  };
  const ends = `${middleOf(tail) ?? from} -> ${middleOf(head) ?? to}`;
  return `${ends} [${attributes({ ...lineStyles[tls], ...faded, ...cut, tooltip: `TLS ${tls}` })}]`;
}

function middleOf(group: ServerGroup | undefined): string | undefined {
  return group?.servers[group.servers.length >> 1]?.id;
}

/** A label is quoted already; other values are words of ours. */
function attributes(values: Attributes): string {
  return Object.entries(values)
    .map(([name, value]) => `${name}=${name === 'label' ? value : quoted(value)}`)
    .join(', ');
}

/** Lines of a label, each harmless: `\n` is the line end of Graphviz. */
function text(lines: readonly string[]): string {
  return `"${lines.map(escaped).join('\\n')}"`;
}

function quoted(words: string): string {
  return `"${escaped(words)}"`;
}

/** Backslashes begin escapes such as `\N`, and `&` begins a character reference of HTML, which labels may hold. */
function escaped(words: string): string {
  return printable(words).replaceAll(/[\\"]/g, '\\$&').replaceAll('&', '&amp;');
}
