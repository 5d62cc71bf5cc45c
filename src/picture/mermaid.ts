import { printable } from '../base/printable.ts';
import {
  headings,
  tlsStates,
  tlsWords,
  type Box,
  type Line,
  type Picture,
  type TlsState,
} from './picture.ts';

/** Mermaid's links have three strengths; the fourth state is told apart by its dashes. */
const links: Readonly<Record<TlsState, string>> = {
  none: '-.->',
  opportunistic: '-.->',
  required: '-->',
  mutual: '==>',
};

const borders: Readonly<Record<TlsState, string>> = {
  none: 'stroke-dasharray:2 4',
  opportunistic: 'stroke-dasharray:8 4',
  required: 'stroke-width:2px',
  mutual: 'stroke-width:4px',
};

/** Writes the picture as a Mermaid flow chart, which GitHub and GitLab show in Markdown. Source: https://mermaid.js.org/syntax/flowchart.html */
export function mermaid(picture: Picture): string {
  const { organization, groups, lines } = picture;
  const inner = groups.flatMap(({ id, name, servers }) =>
    subgraph(
      `${id}`,
      [name],
      servers.map((box) => `${box.id}${label(box)}`),
    ),
  );
  return [
    'flowchart LR',
    ...[
      `accTitle: ${plainWords(picture.title)}`,
      `accDescr: ${plainWords(picture.sentences.join(' '))}`,
      ...column('senders', picture.senders, '([', '])'),
      ...column('receiveConnectors', picture.receiveConnectors, '[', ']'),
      // A title of several lines would lie under the frames of the groups.
      ...subgraph('organization', [organization.name], [`about[${words(organization.lines)}]`, ...inner]),
      ...column('sendConnectors', picture.sendConnectors, '[', ']'),
      ...column('destinations', picture.destinations, '([', '])'),
      ...lines.map(({ from, to, tls }) => `${from} ${links[tls]} ${to}`),
      ...linkStyles(lines),
      ...classes(picture),
    ].map((line) => `  ${line}`),
    '',
  ].join('\n');
}

function column(
  id: keyof typeof headings,
  boxes: readonly Box[],
  open: string,
  close: string,
): readonly string[] {
  if (boxes.length === 0) return [];
  return subgraph(
    id,
    [headings[id]],
    boxes.map((box) => `${box.id}${open}${words([box.name, ...box.lines, ...alarmOf(box)])}${close}`),
  );
}

function subgraph(id: string, title: readonly string[], within: readonly string[]): readonly string[] {
  return [`subgraph ${id}[${words(title)}]`, ...within.map((line) => `  ${line}`), 'end'];
}

function label(box: Box): string {
  return `[${words([box.name, ...box.lines])}]`;
}

function alarmOf({ alarm }: Box): readonly string[] {
  return alarm === undefined ? [] : [alarm.toUpperCase()];
}

function words(lines: readonly string[]): string {
  return `"${lines.map(escaped).join('<br/>')}"`;
}

/** In a label everything but letters, digits and a few signs is written as a number, so nothing in it is markup. */
function escaped(text: string): string {
  return printable(text).replaceAll(/[^\p{L}\p{M}\p{N} .,()/_-]/gu, (sign) => `#${sign.codePointAt(0)};`);
}

/** A title has no escapes: signs that could end it or begin something are left out, and one line stays one line. */
function plainWords(text: string): string {
  return printable(text)
    .replaceAll(/[":]/g, '')
    .replaceAll(';', ',')
    .replaceAll(/[^\p{L}\p{M}\p{N} .,()/_-]/gu, ' ')
    .replaceAll(/ {2,}/g, ' ')
    .trim();
}

function linkStyles(lines: readonly Line[]): readonly string[] {
  const bare = lines.flatMap(({ tls }, index) => (tls === 'none' ? [index] : []));
  return bare.length === 0 ? [] : [`linkStyle ${bare.join(',')} stroke-dasharray:2 4`];
}

function classes({ receiveConnectors, sendConnectors }: Picture): readonly string[] {
  return tlsStates.flatMap((state) => {
    const ids = [...receiveConnectors, ...sendConnectors]
      .filter(({ tls }) => tls === state)
      .map(({ id }) => id);
    if (ids.length === 0) return [];
    return [
      `%% ${state} is ${tlsWords[state]}`,
      `classDef ${state} ${borders[state]}`,
      `class ${ids.join(',')} ${state}`,
    ];
  });
}
