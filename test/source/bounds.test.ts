import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { bounds } from '../../src/base/bounds.ts';
import { parseSource } from '../../src/source/parse-source.ts';

interface Case {
  readonly title: string;
  /** Makes a text that has so many of what is counted. */
  readonly text: (count: number) => string;
  readonly most: number;
  readonly message: RegExp;
  /** What stands at the place of the fault. */
  readonly under: (text: string) => string;
}

/** Lists in each other, one of them in all that stand above. */
function chain(count: number): string {
  return Array.from({ length: count }, (_, n) => `- &a${n} ${n === 0 ? '[]' : `[*a${n - 1}]`}\n`).join('');
}

const cases: readonly Case[] = [
  {
    title: 'brackets in each other',
    text: (count) => '['.repeat(count) + ']'.repeat(count),
    most: bounds.nesting.most,
    message: /nested too deeply/,
    under: () => '[',
  },
  {
    title: 'indents in each other',
    text: (count) => Array.from({ length: count }, (_, depth) => `${' '.repeat(depth)}a:\n`).join(''),
    most: bounds.nesting.most,
    message: /nested too deeply/,
    under: (text) => text.slice(-2, -1),
  },
  {
    title: 'dashes in each other',
    text: (count) => '- '.repeat(count),
    most: bounds.nesting.most,
    message: /nested too deeply/,
    under: () => '-',
  },
  {
    title: 'aliases in each other',
    // The list at the top is a level as well.
    text: (count) => chain(count - 1),
    most: bounds.nesting.most,
    message: /Written out, this alias is nested more than 64 levels deep/,
    under: () => '*a62',
  },
  {
    title: 'values that aliases stand for',
    text: (count) =>
      `- &a [${'1,'.repeat(9999)}]\n${'- *a\n'.repeat(9)}- &b [${'1,'.repeat(count - 90_001)}]\n- *b\n`,
    most: bounds.aliased.most,
    message: /Aliases stand for more than 100000 values/,
    under: () => '*b',
  },
  {
    title: 'characters of a key',
    text: (count) => `? ${'k'.repeat(count)}\n: 1\n`,
    most: bounds.key.most,
    message: /A key is longer than 1024 characters/,
    under: (text) => text.slice(2, -5),
  },
  {
    title: 'characters of a value',
    text: (count) => `a: "${'v'.repeat(count)}"\n`,
    most: bounds.value.most,
    message: /A value is longer than 65536 characters/,
    under: (text) => text.slice(3, -1),
  },
];

for (const { title, text, most, message, under } of cases) {
  test(`bounds: ${most} ${title} are read, and one more is a fault at its place`, () => {
    assert.deepEqual(parseSource('t', text(most)).diagnostics, []);
    const more = text(most + 1);
    const { value, diagnostics } = parseSource('t', more);
    assert.equal(value, undefined);
    assert.equal(diagnostics.length, 1);
    const [{ at, message: said, rule } = assert.fail()] = diagnostics;
    assert.equal(rule, 'yaml-syntax');
    assert.match(said, message);
    assert.equal(more.slice(at.start, at.end), under(more));
  });
}

test('bounds: more lexemes than a topology has are a fault at the first one too many', () => {
  const line = '- a\n';
  const text = line.repeat(bounds.lexemes.most / 4);
  const { value, diagnostics } = parseSource('t', text);
  assert.equal(value, undefined);
  assert.match(diagnostics[0]?.message ?? '', /more than 2500000 words and signs/);
  assert.equal(diagnostics.length, 1);
  // A sign that a document begins; then each line is a dash, a blank, a sign that a scalar follows, the scalar and a line end.
  assert.equal(diagnostics[0]?.at.start, (bounds.lexemes.most / 5) * line.length - 1);
});

test('bounds: of many faults of syntax the first ones are told, and at the next one that there are more', () => {
  const { most } = bounds.syntaxFaults;
  const text = (count: number): string => `${'- "\\u0007"\n'.repeat(count)}`;
  assert.equal(parseSource('t', text(most)).diagnostics.length, most);
  const { diagnostics } = parseSource('t', text(5 * most));
  assert.equal(diagnostics.length, most + 1);
  assert.deepEqual(
    diagnostics.map(({ at }) => at.start),
    Array.from({ length: most + 1 }, (_, line) => 11 * line + 2),
  );
  assert.match(diagnostics.at(-1)?.message ?? '', /more faults of syntax than the 100 above/);
});

test('bounds: the README of this room states them', () => {
  const rows = Object.values(bounds).map(
    ({ most, unit, of, beyond }) => `| ${of} | ${most.toLocaleString('en')} ${unit} | ${beyond} |`,
  );
  const table = ['| what | at most | beyond it |', '| --- | --- | --- |', ...rows].join('\n');
  assert.ok(
    readFileSync('src/source/README.md', 'utf8').includes(`\n${table}\n`),
    `README.md lacks\n${table}`,
  );
});
