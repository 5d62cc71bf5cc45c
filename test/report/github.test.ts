import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import MarkdownIt from 'markdown-it';
import { printable } from '../../src/base/printable.ts';
import { github } from '../../src/report/github.ts';
import { githubSummary, markdownCell } from '../../src/report/github-summary.ts';
import type { Findings } from '../../src/report/report.ts';
import { hostileFindings, hostileText } from '../support/sample-findings.ts';

interface WorkflowCommand {
  readonly name: string;
  readonly properties: ReadonlyMap<string, string>;
  readonly data: string;
}

/**
 * Reads a line as GitHub's documents describe a workflow command: `::name key=value,key=value::data`, in which `%25`, `%0D`
 * and `%0A`, and in values `%3A` and `%2C`, stand for what they encode.
 */
function parseCommand(line: string): WorkflowCommand {
  const match = /^::([a-z-]+)(?: ([^]*?))?::([^]*)$/.exec(line);
  assert.ok(match, `no workflow command: ${line}`);
  const [, name = '', list = '', data = ''] = match;
  const decode = (text: string): string =>
    text.replaceAll('%0D', '\r').replaceAll('%0A', '\n').replaceAll('%25', '%');
  const properties = list.split(',').map((pair): readonly [string, string] => {
    const [key = '', ...value] = pair.split('=');
    return [key, decode(value.join('=').replaceAll('%3A', ':').replaceAll('%2C', ','))];
  });
  return { name, properties: new Map(properties), data: decode(data) };
}

const names = { error: 'error', warning: 'warning', info: 'notice' } as const;

test('github: whatever the names and words, each finding is one command that holds them', () => {
  fc.assert(
    fc.property(hostileFindings, (findings) => {
      const lines = github(findings).split(/\r\n|[\r\n\u2028\u2029]/);
      assert.equal(lines.pop(), '');
      assert.equal(lines.length, findings.diagnostics.length);
      for (const [index, one] of findings.diagnostics.entries()) {
        const { name, properties, data } = parseCommand(lines[index] ?? '');
        assert.equal(name, names[one.severity]);
        assert.deepEqual([...properties.keys()], ['file', 'line', 'endLine', 'col', 'endColumn', 'title']);
        assert.equal(properties.get('file'), printable(one.at.file));
        assert.equal(properties.get('title'), one.rule);
        assert.ok(Number(properties.get('line')) >= 1);
        assert.ok(Number(properties.get('endColumn')) >= Number(properties.get('col')));
        const words = [one.message, ...(one.help === undefined ? [] : [one.help])].map(printable);
        assert.ok(data.startsWith(words.join('\n')), data);
        for (const { note } of one.related) assert.ok(data.includes(`\n${printable(note)}: `));
      }
    }),
    { numRuns: 100 },
  );
});

const at = { file: 'a,b:c%.yaml', start: 3, end: 11, path: '/a' };
const sample: Findings = {
  diagnostics: [
    {
      rule: 'schema',
      severity: 'info',
      message: '100 % odd\n::error::x',
      help: 'Mend it.',
      at,
      related: [{ at: { ...at, start: 13, end: 14 }, note: 'the other' }],
    },
  ],
  sources: new Map([[at.file, 'a: [one,\n  two]\n']]),
};

test('github: a command to the letter', () => {
  assert.equal(
    github(sample),
    '::notice file=a%2Cb%3Ac%25.yaml,line=1,endLine=1,col=4,endColumn=8,title=schema::100 %25 odd<U+000A>::error::x%0A' +
      'Mend it.%0Athe other: a,b:c%25.yaml:2\n',
  );
});

const markdown = new MarkdownIt({ html: true, linkify: false });

/** The text of each cell, and the kinds of markup within cells. */
function cellsOf(text: string): { readonly cells: readonly string[]; readonly kinds: ReadonlySet<string> } {
  const inline = markdown.parse(text, {}).filter(({ type }) => type === 'inline');
  const cells = inline.map(({ children }) => (children ?? []).map(({ content }) => content).join(''));
  return {
    cells,
    kinds: new Set(inline.flatMap(({ children }) => (children ?? []).map(({ type }) => type))),
  };
}

/** What a parser of Markdown does to blanks at the ends of a cell. */
function trimmed(text: string): string {
  return text.replace(/^[ \t]+|[ \t]+$/g, '');
}

test('github summary: whatever the words, a table with a row for each finding, in which nothing is markup', () => {
  fc.assert(
    fc.property(hostileFindings, (findings) => {
      const { cells, kinds } = cellsOf(githubSummary(findings));
      for (const kind of kinds) assert.match(kind, /^(text|text_special|link_open|link_close)$/);
      if (findings.diagnostics.length === 0) return;
      const [, , , , , ...rest] = cells;
      assert.equal(rest.length, findings.diagnostics.length * 4);
      for (const [index, { rule, severity, message, help }] of findings.diagnostics.entries()) {
        const [first, , words, last] = rest.slice(index * 4);
        assert.deepEqual([first, last], [severity, rule]);
        assert.equal(words, trimmed(printable(help === undefined ? message : `${message} ${help}`)));
      }
    }),
    { numRuns: 60 },
  );
});

test('github summary: no cell can end early', () => {
  fc.assert(fc.property(hostileText, (text) => assert.doesNotMatch(markdownCell(text), /[|`<>[\]\\\n\r*_]/)));
});

test('github summary: nothing found is said, and too much is cut', () => {
  assert.equal(
    githubSummary({ diagnostics: [], sources: sample.sources }),
    '### mailtopo: 0 errors, 0 warnings in 1 file\n\n',
  );
  const [one] = sample.diagnostics;
  assert.ok(one);
  const many = { ...sample, diagnostics: Array.from({ length: 5000 }, () => one) };
  const summary = githubSummary(many);
  assert.ok(Buffer.byteLength(summary) < 1024 * 1024);
  const shown = summary.split('\n').filter((line) => line.startsWith('| info')).length;
  assert.ok(summary.includes(`and ${5000 - shown} more`));
});
