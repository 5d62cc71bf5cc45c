import assert from 'node:assert/strict';
import test from 'node:test';
import { entryOf, plainOf } from '../../src/source/located.ts';
import { parseSource } from '../../src/source/parse-source.ts';

interface Case {
  readonly title: string;
  readonly text: string;
  readonly b: unknown;
}

const cases: readonly Case[] = [
  { title: 'a map', text: 'a: &a { x: 1 }\nb: { <<: *a, y: 2 }\n', b: { x: 1, y: 2 } },
  { title: 'a map in block style', text: 'a: &a\n  x: 1\nb:\n  <<: *a\n', b: { x: 1 } },
  { title: 'what is written wins', text: 'a: &a { x: 1 }\nb: { x: 2, <<: *a }\n', b: { x: 2 } },
  {
    title: 'a list of maps, of which the first wins',
    text: 'a: [&p { x: 1 }, &q { x: 2, y: 3 }]\nb: { <<: [*p, *q] }\n',
    b: { x: 1, y: 3 },
  },
  { title: 'a quoted key is text', text: 'a: &a { x: 1 }\nb: { "<<": *a }\n', b: { '<<': { x: 1 } } },
];

for (const { title, text, b } of cases) {
  test(`merge key: ${title}`, () => {
    const { value, diagnostics } = parseSource('topology.yaml', text);
    assert.deepEqual(diagnostics, []);
    const entry = entryOf(value?.root, 'b');
    assert.deepEqual(entry && plainOf(entry.value), b);
  });
}
