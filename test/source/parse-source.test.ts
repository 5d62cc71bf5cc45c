import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { entryOf, partOf, plainOf, type LocatedNode } from '../../src/source/located.ts';
import { parseSource } from '../../src/source/parse-source.ts';

interface Fault {
  readonly title: string;
  readonly text: string;
  readonly message: RegExp;
  readonly under: string;
  readonly help?: RegExp;
}

const bomb = ['a: &a [1,1,1,1,1,1,1,1,1,1]']
  .concat(
    'bcdefgh'.split('').map((name, index) => {
      const before = `*${'abcdefg'[index]}`;
      return `${name}: &${name} [${Array(10).fill(before).join(',')}]`;
    }),
  )
  .join('\n');

const faults: readonly Fault[] = [
  { title: 'a tab in the indentation', text: 'a:\n\tb: 1\n', message: /tab/, under: '\t', help: /blanks/ },
  { title: 'a key that stands twice', text: 'a: 1\nabc: 1\nabc: 2\n', message: /twice/, under: 'abc' },
  {
    title: 'an unquoted wildcard',
    text: 'a: *.contoso.com\n',
    message: /alias/,
    under: '*.contoso.com',
    help: /quotes/,
  },
  { title: 'an alias of itself', text: 'a: &x [*x]\n', message: /inside/, under: '*x' },
  { title: 'an alias of nothing', text: 'a: *b\n', message: /anchored as "&b"/, under: '*b' },
  { title: 'a second document', text: 'a: 1\n---\nb: 2\n', message: /more than one/, under: '---' },
  {
    title: 'an IPv6 binding without quotes',
    text: 'a: [::]:25\n',
    message: /IPv6/,
    under: ':25',
    help: /"\[::\]:25"/,
  },
  { title: 'a control character', text: 'a: "x\\u0007"\n', message: /U\+0007/, under: '"x\\u0007"' },
  { title: 'half a character', text: 'a: "\\uD83D"\n', message: /U\+D83D/, under: '"\\uD83D"' },
  { title: 'a line break in a value', text: 'a: "x\\ny"\n', message: /U\+000A/, under: '"x\\ny"' },
  { title: 'a list as a key', text: '? [a]\n: b\n', message: /key/, under: '[a]' },
  { title: 'a tag of its own', text: 'a: !secret x\n', message: /!secret/, under: 'x' },
  { title: 'a tag that makes bytes', text: 'a: !!binary aGk=\n', message: /tag/, under: 'aGk=' },
  { title: 'another YAML', text: '%YAML 1.1\n---\na: yes\n', message: /1\.2/, under: '%YAML 1.1' },
  { title: 'a merge key without a map', text: '<<: 3\n', message: /merge/, under: '3' },
  { title: 'aliases beyond the bound', text: bomb, message: /more than 100000 values/, under: '*d' },
  { title: 'a quote left open', text: 'a: "abc\n', message: /closing/, under: '' },
];

for (const { title, text, message, under, help } of faults) {
  test(`parse: ${title} is told at its place`, () => {
    const { value, diagnostics } = parseSource('t.yaml', text);
    assert.equal(value, undefined);
    const found = diagnostics.find((one) => message.test(one.message));
    assert.ok(found, diagnostics.map((one) => one.message).join('\n'));
    assert.equal(found.rule, 'yaml-syntax');
    const shown = text.slice(found.at.start, found.at.end);
    assert.equal(under === '' ? '' : shown.replace(/ $/, ''), under);
    if (help) assert.match(found.help ?? '', help);
  });
}

function parsed(text: string): LocatedNode {
  const { value, diagnostics } = parseSource('t.yaml', text);
  assert.ok(value, diagnostics.map(({ message }) => message).join('\n'));
  return value.root;
}

test('parse: aliases beyond the bound are one fault, however many there are', () => {
  const told = parseSource('t.yaml', bomb).diagnostics.filter(({ message }) => /more than/.test(message));
  assert.equal(told.length, 1);
});

test('parse: bytes that YAML allows are accepted', () => {
  assert.deepEqual(plainOf(parsed('a: 1\r\nb: [x, y]\r\n')), { a: 1, b: ['x', 'y'] });
  assert.deepEqual(plainOf(parsed('x: &a {k: 1, z: 3}\ny: { <<: *a, z: 2 }\n')), {
    x: { k: 1, z: 3 },
    y: { z: 2, k: 1 },
  });
  assert.deepEqual(plainOf(parsed('')), null);
  assert.deepEqual(plainOf(parsed('a: |\n  one line\n')), { a: 'one line\n' });
});

test('parse: places and paths are exact', () => {
  const text = 'servers:\n  "A/B": { x: [10.0.0.1, "q"] }\n';
  const server = entryOf(entryOf(parsed(text), 'servers')?.value, 'A/B');
  assert.ok(server);
  assert.equal(text.slice(server.key.at.start, server.key.at.end), '"A/B"');
  assert.equal(server.key.at.path, '/servers/A~1B');
  assert.equal(text.slice(...(({ start, end }) => [start, end] as const)(partOf(server.key, 2, 3))), 'B');
  const list = entryOf(server.value, 'x')?.value;
  assert.ok(list?.kind === 'list');
  const [first, second] = list.items;
  assert.ok(first?.kind === 'scalar' && second?.kind === 'scalar');
  assert.deepEqual([first.text, first.value, first.at.path], ['10.0.0.1', '10.0.0.1', '/servers/A~1B/x/0']);
  assert.deepEqual([second.text, second.style], ['q', 'quoted']);
});

test('parse: an empty value is placed at its key', () => {
  const text = 'abc:\nb: 1\n';
  const entry = entryOf(parsed(text), 'abc');
  assert.ok(entry);
  assert.equal(text.slice(entry.value.at.start, entry.value.at.end), 'abc');
});

test('parse: comments to mailtopo are found, in quotes they are none', () => {
  const text = 'a: "# mailtopo: no" # mailtopo: allow x -- y\n# mailtopo: allow z -- w\nb: 1\n';
  const { value } = parseSource('t.yaml', text);
  assert.deepEqual(
    value?.comments.map(({ text: said, ownLine }) => [said, ownLine]),
    [
      ['mailtopo: allow x -- y', false],
      ['mailtopo: allow z -- w', true],
    ],
  );
});

test('parse: nesting without end is told and does not crash', () => {
  for (const text of ['['.repeat(50_000), `a: ${'['.repeat(100)}${']'.repeat(100)}`, '{a: '.repeat(5_000)]) {
    const { value, diagnostics } = parseSource('t.yaml', text);
    assert.equal(value, undefined);
    assert.ok(diagnostics.length > 0);
  }
});

test('parse: no text makes it throw, and every place lies in the text', () => {
  const pieces = fc.constantFrom(
    'a',
    ':',
    ' ',
    '\n',
    '- ',
    '[',
    ']',
    '{',
    '}',
    '"',
    "'",
    '&a',
    '*a',
    '#',
    '|',
    '>',
    '\t',
    '!',
    '%',
    '<<',
    '?',
    ',',
    '\u2028',
    '\ud800',
  );
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 30 }), (parts) => {
      const text = parts.join('');
      const { value, diagnostics } = parseSource('t.yaml', text);
      assert.ok(value !== undefined || diagnostics.length > 0);
      for (const { at } of diagnostics)
        assert.ok(at.start >= 0 && at.start <= at.end && at.end <= text.length);
    }),
    { numRuns: 500 },
  );
});
