import assert from 'node:assert/strict';
import { hostname } from 'node:os';
import { test } from 'node:test';
import { addressOnDisk, paintFor, type Stream } from '../../src/command/terminal.ts';

interface Case {
  readonly title: string;
  readonly stream: Stream;
  readonly environment: Readonly<Record<string, string>>;
  readonly error: 'coloured' | 'plain';
  readonly links: 'links' | 'none';
  readonly columns: number;
}

const terminal: Stream = { isTTY: true, columns: 72 };
const pipe: Stream = {};

const cases: readonly Case[] = [
  { title: 'a terminal', stream: terminal, environment: {}, error: 'coloured', links: 'links', columns: 72 },
  { title: 'a pipe', stream: pipe, environment: {}, error: 'plain', links: 'none', columns: 100 },
  {
    title: 'a pipe, whatever COLUMNS says',
    stream: pipe,
    environment: { COLUMNS: '40', FORCE_COLOR: '1' },
    error: 'coloured',
    links: 'none',
    columns: 100,
  },
  {
    title: 'NO_COLOR',
    stream: terminal,
    environment: { NO_COLOR: '1' },
    error: 'plain',
    links: 'none',
    columns: 72,
  },
  {
    title: 'an empty NO_COLOR says nothing',
    stream: terminal,
    environment: { NO_COLOR: '' },
    error: 'coloured',
    links: 'links',
    columns: 72,
  },
  {
    title: 'FORCE_COLOR=0',
    stream: terminal,
    environment: { FORCE_COLOR: '0' },
    error: 'plain',
    links: 'none',
    columns: 72,
  },
  {
    title: 'a dumb terminal',
    stream: terminal,
    environment: { TERM: 'dumb' },
    error: 'plain',
    links: 'none',
    columns: 72,
  },
  {
    title: 'the console of Linux',
    stream: terminal,
    environment: { TERM: 'linux' },
    error: 'coloured',
    links: 'none',
    columns: 72,
  },
  {
    title: 'CI with a terminal',
    stream: terminal,
    environment: { CI: 'true' },
    error: 'coloured',
    links: 'none',
    columns: 72,
  },
  {
    title: 'a terminal that does not know its width',
    stream: { isTTY: true, columns: 0 },
    environment: {},
    error: 'coloured',
    links: 'links',
    columns: 100,
  },
];

for (const { title, stream, environment, error, links, columns } of cases) {
  test(`terminal: ${title}`, () => {
    const paint = paintFor(stream, environment);
    assert.equal(paint.error('x'), error === 'coloured' ? '\u001b[1;31mx\u001b[0m' : 'x');
    const link = '\u001b]8;;https://a.example/#b\u001b\\x\u001b]8;;\u001b\\';
    assert.equal(
      paint.link('x', () => 'https://a.example/#b'),
      links === 'links' ? link : 'x',
    );
    assert.equal(paint.columns, columns);
  });
}

test('terminal: an address that could end the link, or none, makes no link', () => {
  const { link } = paintFor(terminal, {});
  for (const address of ['https://a.example/\u001b\\', 'https://a.example/ b', undefined])
    assert.equal(
      link('x', () => address),
      'x',
    );
});

test('terminal: a file that is there has an address with the host, and standard input has none', () => {
  const address = addressOnDisk('package.json') ?? '';
  assert.match(address, /^file:\/\/\/?[^/]*\/.*\/package\.json$/);
  if (process.platform !== 'win32') assert.ok(address.startsWith(`file://${hostname()}/`));
  assert.equal(addressOnDisk('<stdin>'), undefined);
});
