import assert from 'node:assert/strict';
import { test } from 'node:test';
import { frameOf, type FramePaint, type Labelled } from '../../src/report/frame.ts';
import { plain } from '../../src/report/report.ts';
import { columnsOf } from '../../src/report/terminal-cells.ts';
import { lined } from '../../src/report/text-position.ts';

interface Case {
  readonly title: string;
  readonly source: readonly string[];
  /** The fault, then places that belong to it as text and label. */
  readonly fault: string;
  readonly related?: readonly (readonly [text: string, label: string])[];
  readonly columns?: number;
  readonly frame: readonly string[];
}

const cases: readonly Case[] = [
  {
    title: 'places on far lines stand in one frame, in the order of the file',
    source: ['a: 1', 'b: 2', 'c: 3', 'd: 4', 'e: 5'],
    fault: '5',
    related: [
      ['1', 'the first'],
      ['b', 'the second'],
    ],
    frame: [
      '    1 | a: 1',
      '      |    - the first',
      '    2 | b: 2',
      '      | - the second',
      '  ...',
      '    5 | e: 5',
      '      |    ^',
    ],
  },
  {
    title: 'a line that stands alone between two places is shown',
    source: ['a: 1', 'b: 2', 'c: 3'],
    fault: '1',
    related: [['3', 'the other']],
    frame: ['    1 | a: 1', '      |    ^', '    2 | b: 2', '    3 | c: 3', '      |    - the other'],
  },
  {
    title: 'labels on one line hang below their marks, the last one stands behind its own',
    source: ['ports: [26, 587, 2525]'],
    fault: '26',
    related: [
      ['587', 'submission'],
      ['2525', 'the third'],
      ['ports', 'the list'],
    ],
    frame: [
      '    1 | ports: [26, 587, 2525]',
      '      | -----   ^^  ---  ---- the third',
      '      | |           |',
      '      | |           submission',
      '      | the list',
    ],
  },
  {
    title: 'a place within the fault stays visible, and two words on one place both stand',
    source: ['list: [hub, edge]'],
    fault: '[hub, edge]',
    related: [
      ['hub', 'a hub server'],
      ['hub', 'the first'],
    ],
    frame: [
      '    1 | list: [hub, edge]',
      '      |       ^---^^^^^^^',
      '      |        |',
      '      |        the first',
      '      |        a hub server',
    ],
  },
  {
    title: 'a label that does not fit behind its mark hangs below it, and begins farther left',
    source: ['name: somewhat-long'],
    fault: 'name',
    related: [['long', 'words too wide for this']],
    columns: 34,
    frame: [
      '    1 | name: somewhat-long',
      '      | ^^^^           ----',
      '      |                |',
      '      |    words too wide for this',
    ],
  },
  {
    title: 'a fault over several lines has its first and last line, and a bar',
    source: ['a:', '  b: 1', '  c: 2', '  d: 3', 'e: 4'],
    fault: 'a:\n  b: 1\n  c: 2\n  d: 3\n',
    related: [['4', 'the other']],
    frame: [
      '    1 | / a:',
      '  ...   |',
      '    4 | |   d: 3',
      '      | |______^',
      '    5 |   e: 4',
      '      |      - the other',
    ],
  },
  {
    title: 'a place that begins within a line is led to by an arm, and bars nest',
    source: ['x: { a: 1,', '     b: 2,', '     c: 3 }', 'y: 4'],
    fault: 'x: { a: 1,\n     b: 2,\n     c: 3 }\ny: 4',
    related: [['{ a: 1,\n     b: 2,\n     c: 3 }', 'the map']],
    frame: [
      '    1 | /  x: { a: 1,',
      '      | | ____-',
      '    2 | ||      b: 2,',
      '    3 | ||      c: 3 }',
      '      | ||___________- the map',
      '    4 | |  y: 4',
      '      | |_____^',
    ],
  },
  {
    title: 'tabs are four blanks, and wide characters, emoji and combining marks take the columns they take',
    source: ['a:\t[日本, 👩‍👩‍👧, e\u0301, ｶﾞ, x]'],
    fault: 'x',
    related: [['👩‍👩‍👧', 'one picture']],
    frame: [
      '    1 | a:    [日本, 👩‍👩‍👧, e\u0301, ｶﾞ, x]',
      '      |              --         ^',
      '      |              |',
      '      |              one picture',
    ],
  },
  {
    title: 'CR LF ends a line and is no part of it',
    source: ['a: 1\r', 'b: 2\r', 'c: 3\r'],
    fault: 'b: 2\r\n',
    frame: ['    2 | b: 2', '      | ^^^^'],
  },
  {
    title: 'what would steer a terminal is written out',
    source: ['a: "\u202egnp.exe\u200b" # \u0007'],
    fault: 'gnp',
    frame: ['    1 | a: "<U+202E>gnp.exe<U+200B>" # <U+0007>', '      |             ^^^'],
  },
  {
    title: 'a place at the end of a line and of the text has a mark',
    source: ['a:'],
    fault: '',
    frame: ['    1 | a:', '      |   ^'],
  },
  {
    title: 'of a long line the key and what stands around the places are shown',
    source: [`name: { ${'x'.repeat(200)}, one: 1, ${'y'.repeat(200)}, two: 2, ${'z'.repeat(200)} }`],
    fault: 'one',
    related: [['two', 'too']],
    columns: 60,
    frame: [
      '    1 | name:…xxxxxxxx, one: 1, yyyyy…yyyyyyy, two: 2, zzzz…',
      '      |                 ^^^                    --- too',
    ],
  },
  {
    title: 'of a place that is too long both ends are shown',
    source: [`name: ${'日'.repeat(300)}b`],
    fault: `${'日'.repeat(300)}b`,
    columns: 40,
    frame: ['    1 | name: 日日日日日日…日日日日日日b', '      |       ^^^^^^^^^^^^^^^^^^^^^^^^^^'],
  },
];

function labelledOf(text: string, { fault, related = [] }: Case): readonly Labelled[] {
  const place = (part: string): Labelled['at'] => {
    const start = part === '' ? text.length - 1 : text.lastIndexOf(part);
    assert.ok(start >= 0, `the source lacks ${part}`);
    return { start, end: start + part.length };
  };
  return [
    { at: place(fault), tone: 'primary', label: '' },
    ...related.map(([part, label]): Labelled => ({ at: place(part), tone: 'related', label })),
  ];
}

function paintWith(columns: number): FramePaint {
  return { columns, faint: (text) => text, toneOf: () => (text) => text };
}

for (const one of cases) {
  test(`frame: ${one.title}`, () => {
    const text = `${one.source.join('\n')}\n`;
    const frame = frameOf(labelledOf(text, one), lined(text), paintWith(one.columns ?? plain.columns));
    assert.deepEqual(frame.split('\n').slice(0, -1), one.frame);
    for (const line of one.frame) assert.ok(columnsOf(line) <= (one.columns ?? plain.columns), line);
  });
}

test('frame: a line of a megabyte is not read as a whole, wherever the place is', () => {
  const line = `a: ${'e\u0301📧'.repeat(300_000)}`;
  for (const start of [0, 3, 500_000, 500_001, line.length - 1]) {
    const labelled: Labelled = { at: { start, end: start + 1 }, tone: 'primary', label: '' };
    const frame = frameOf([labelled], lined(line), paintWith(80));
    assert.doesNotMatch(frame, /U\+D/);
    assert.match(frame, /\^/);
  }
});
