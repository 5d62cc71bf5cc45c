import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Diagnostic } from '../../src/base/diagnostic.ts';
import { compact } from '../../src/report/compact.ts';
import { json } from '../../src/report/json.ts';
import { pretty } from '../../src/report/pretty.ts';
import { printable } from '../../src/report/printable.ts';
import { columnsOf } from '../../src/report/terminal-cells.ts';
import { coloured, plain, summaryLine, type RuleWords } from '../../src/report/report.ts';

const text = 'a: [10.0.0.1]\r\nb:\t[x, 日本 y]\nc: 3\n';
const file = 'dir/t.yaml';

function spanOf(part: string): Diagnostic['at'] {
  const start = text.indexOf(part);
  return { file, start, end: start + part.length, path: '/b/1' };
}

const diagnostic: Diagnostic = {
  rule: 'some-rule',
  severity: 'error',
  message: 'The value "日本" is odd.',
  at: spanOf('日本'),
  related: [{ at: spanOf('10.0.0.1'), note: 'the other one' }],
  help: 'Write something else.',
  fix: { description: 'Remove it', edits: [{ at: spanOf('x'), text: '' }] },
};
const findings = { diagnostics: [diagnostic], sources: new Map([[file, text]]) };

test('pretty: marks line up below wide characters and tabs, and related places follow', () => {
  assert.equal(
    pretty(findings, plain),
    [
      'dir/t.yaml:2:8: error: The value "日本" is odd. [some-rule]',
      '    1 | a: [10.0.0.1]',
      '      |     -------- the other one',
      '    2 | b:    [x, 日本 y]',
      '      |           ^^^^',
      '  help: Write something else.',
      '',
    ].join('\n'),
  );
});

test('compact: one line each', () => {
  assert.equal(compact(findings, plain), 'dir/t.yaml:2:8: error: The value "日本" is odd. [some-rule]\n');
});

test('json: the contract', () => {
  const range = { start: { line: 2, column: 8 }, end: { line: 2, column: 10 } };
  assert.deepEqual(JSON.parse(json(findings)), {
    version: 1,
    diagnostics: [
      {
        rule: 'some-rule',
        severity: 'error',
        message: 'The value "日本" is odd.',
        help: 'Write something else.',
        url: 'https://github.com/mailtopo/mailtopo/blob/main/rules/README.md#some-rule',
        file,
        path: '/b/1',
        range,
        related: [
          {
            message: 'the other one',
            file,
            range: { start: { line: 1, column: 5 }, end: { line: 1, column: 13 } },
          },
        ],
        fix: {
          description: 'Remove it',
          edits: [{ range: { start: { line: 2, column: 5 }, end: { line: 2, column: 6 } }, text: '' }],
        },
      },
    ],
    summary: { files: 1, errors: 1, warnings: 0, infos: 0 },
  });
});

test('colours are in the text only where they are asked for', () => {
  assert.match(pretty(findings, coloured), /\u001b\[1;31merror:\u001b\[0m/);
  assert.doesNotMatch(pretty(findings, plain), /\u001b/);
});

test('text from a file cannot steer a terminal', () => {
  const cases: readonly (readonly [string, string])[] = [
    ['a\u001b[2Jb', 'a<U+001B>[2Jb'],
    ['a\nb', 'a<U+000A>b'],
    ['\u202egnp', '<U+202E>gnp'],
    ['\ud800', '<U+D800>'],
    ['Zoë 😀', 'Zoë 😀'],
  ];
  for (const [given, shown] of cases) assert.equal(printable(given), shown);
  assert.equal(columnsOf('Zoë 😀日'), 8);
});

test('the summary counts', () => {
  assert.equal(summaryLine(findings), '1 error, 0 warnings in 1 file');
});

test('pretty: of a line that no terminal holds, the piece around the place is shown', () => {
  const long = `a: ${'x'.repeat(9000)}📧y${'z'.repeat(9000)}`;
  const start = long.indexOf('y');
  const at = { file, start, end: start + 1, path: '/a' };
  const report = pretty(
    { diagnostics: [{ ...diagnostic, at, related: [] }], sources: new Map([[file, long]]) },
    plain,
  );
  const [, shown = '', marks = ''] = report.split('\n');
  assert.match(shown, /^    1 \| a:…x+📧yz+…$/);
  assert.ok(shown.length <= 100, String(shown.length));
  assert.equal(columnsOf(marks.slice(0, marks.indexOf('^'))), columnsOf(shown.slice(0, shown.indexOf('y'))));
  const all = { ...at, start: 3, end: long.length };
  const wide = pretty(
    { diagnostics: [{ ...diagnostic, at: all, related: [] }], sources: new Map([[file, long]]) },
    plain,
  );
  assert.ok(
    wide
      .split('\n')
      .slice(1)
      .every((line) => columnsOf(line) <= 100),
  );
});

test('pretty: what can be done is said once, at the end, and only where the rules are known', () => {
  const { fix, ...unfixable } = diagnostic;
  assert.ok(fix !== undefined);
  const guess: Diagnostic = { ...diagnostic, rule: 'guessed', fix: { ...fix, safety: 'unsafe' } };
  const locked: Diagnostic = { ...unfixable, rule: 'open-relay' };
  const words = (id: string): RuleWords => ({
    id,
    category: 'relay',
    severity: 'error',
    ...(id === 'open-relay' ? { lock: 'locked' } : {}),
    summary: '',
    why: '',
    wrong: [],
    right: [],
  });
  const cases: readonly (readonly [readonly Diagnostic[], readonly string[]])[] = [
    [[], []],
    [[locked], []],
    [
      [diagnostic, diagnostic],
      [
        'note: "mailtopo lint --fix" mends 2 of these.',
        'note: if the topology is right and a rule is not, write above the place: # mailtopo: allow some-rule -- <reason>',
      ],
    ],
    [
      [diagnostic, guess, locked],
      [
        'note: "mailtopo lint --fix" mends 1 of these; with --unsafe-fixes 1 more, by a guess.',
        'note: if the topology is right and a rule is not, write above the place: # mailtopo: allow <rule> -- <reason>',
      ],
    ],
  ];
  for (const [diagnostics, expected] of cases) {
    const report = pretty({ ...findings, diagnostics, wordsOf: words }, plain);
    assert.deepEqual(
      report.split('\n').filter((line) => line.startsWith('note:')),
      expected,
    );
  }
  assert.doesNotMatch(pretty(findings, plain), /^note:/m);
});

test('pretty: places in another file have a frame of their own, with its name', () => {
  const related = [{ at: { file: 'other.yaml', start: 3, end: 4, path: '' }, note: 'there' }];
  const sources = new Map([
    [file, text],
    ['other.yaml', 'b: 1\n'],
  ]);
  const report = pretty({ diagnostics: [{ ...diagnostic, related }], sources }, plain);
  assert.match(report, /\n   --> other\.yaml:1:4\n    1 \| b: 1\n      \|    - there\n/);
});
