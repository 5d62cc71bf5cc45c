import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Diagnostic } from '../../src/base/diagnostic.ts';
import { compareWith, entryOf, parseBaseline, printBaseline } from '../../src/baseline/baseline.ts';

function finding(rule: string, path: string, message: string, start = 0): Diagnostic {
  const at = { file: 'topology.yaml', start, end: start + 1, path };
  return { rule, severity: 'warning', message, at, related: [] };
}

const a = finding('a-rule', '/servers/A/addresses/0', 'A has a fault.', 10);
const b = finding('a-rule', '/servers/B', 'B has a fault.', 20);

interface Case {
  readonly title: string;
  readonly known: readonly Diagnostic[];
  readonly found: readonly Diagnostic[];
  readonly fresh: readonly Diagnostic[];
  readonly gone: number;
}

const moved = finding(a.rule, '/servers/A/addresses/3', a.message, 400);
const harder: Diagnostic = { ...a, severity: 'error' };

const cases: readonly Case[] = [
  { title: 'what is known is not fresh', known: [a, b], found: [a, b], fresh: [], gone: 0 },
  { title: 'one is mended and another of its rule comes', known: [a], found: [b], fresh: [b], gone: 1 },
  { title: 'a block that has moved', known: [a], found: [moved], fresh: [], gone: 0 },
  { title: 'another severity', known: [a], found: [harder], fresh: [], gone: 0 },
  { title: 'the same once more', known: [a], found: [a, moved], fresh: [moved], gone: 0 },
  { title: 'twice known and found once', known: [a, moved], found: [a], fresh: [], gone: 1 },
];

for (const { title, known, found, fresh, gone } of cases) {
  test(`compareWith: ${title}`, () => {
    const entries = known.map((one) => entryOf(one, 'topology.yaml'));
    const compared = compareWith(entries, found, (file) => file);
    assert.deepEqual(compared.fresh, fresh);
    assert.equal(compared.gone.length, gone);
  });
}

test('compareWith: the same finding of another file is another one', () => {
  assert.deepEqual(compareWith([entryOf(a, 'other.yaml')], [a], (file) => file).fresh, [a]);
});

const anyFinding = fc
  .record({
    rule: fc.constantFrom('a-rule', 'b-rule'),
    path: fc.constantFrom('', '/a', '/a/0/b', '/a/1/b', '/a~1b'),
    message: fc.string({ unit: 'binary', maxLength: 4 }),
  })
  .map(({ rule, path, message }) => finding(rule, path, message));
const anyFindings = fc.array(anyFinding, { maxLength: 8 });

test('printBaseline: the order of findings does not show, and what is written is read again', () => {
  fc.assert(
    fc.property(anyFindings, fc.func(fc.integer()), (found, order) => {
      const entries = found.map((one) => entryOf(one, 'topology.yaml'));
      const text = printBaseline(entries);
      const shuffled = [...entries].sort((one, other) => order(one) - order(other));
      assert.equal(printBaseline(shuffled), text);
      const read = parseBaseline(text);
      assert.ok(typeof read !== 'string', String(read));
      assert.equal(printBaseline(read), text);
      assert.deepEqual(
        compareWith(read, found, (file) => file),
        { fresh: [], gone: [] },
      );
    }),
  );
});

const entry = entryOf(a, 'topology.yaml');
const broken: readonly (readonly [title: string, text: string, fault: RegExp])[] = [
  ['no JSON', '{', /not JSON/],
  ['nothing', 'null', /version is not 1/],
  ['another version', '{"version":2,"findings":[]}', /version is not 1/],
  ['no list', '{"version":1,"findings":{}}', /no list/],
  ['an entry that is none', '{"version":1,"findings":[null]}', /finding 1 has no file/],
  [
    'an entry without a message',
    JSON.stringify({ version: 1, findings: [entry, { ...entry, message: 1 }] }),
    /finding 2 has no message/,
  ],
  [
    'words that are not those of the fingerprint',
    JSON.stringify({ version: 1, findings: [{ ...entry, message: 'Harmless.' }] }),
    /finding 1 does not have its fingerprint/,
  ],
];

for (const [title, text, fault] of broken) {
  test(`parseBaseline: ${title}`, () => {
    const read = parseBaseline(text);
    assert.ok(typeof read === 'string');
    assert.match(read, fault);
  });
}
