import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import fc from 'fast-check';
import { formatSource } from '../../src/format/format-source.ts';
import { lintSource } from '../../src/lint-source.ts';
import { plainOf } from '../../src/source/located.ts';
import { parseSource } from '../../src/source/parse-source.ts';
import { readPieces } from '../../src/source/pieces.ts';
import { rules } from '../../rules/index.ts';

function formatted(text: string): string {
  const { value, diagnostics } = formatSource('topology.yaml', text);
  assert.ok(value !== undefined, diagnostics[0]?.message);
  return value;
}

interface Case {
  readonly title: string;
  readonly text: string;
  readonly result: string;
}

const cases: readonly Case[] = [
  {
    title: 'indentation',
    text: 'a:\n    b:\n     - c\n     -   d: 1\n         e: 2\n',
    result: 'a:\n  b:\n    - c\n    - d: 1\n      e: 2\n',
  },
  {
    title: 'a list as deep as its key',
    text: 'a:\n- b\n-\n    c: 1\n',
    result: 'a:\n  - b\n  -\n    c: 1\n',
  },
  { title: 'blanks on a line', text: 'a:   {b :1,c:  [ d,e ],}  \n', result: 'a: { b :1, c: [d, e] }\n' },
  { title: 'empty collections', text: 'a: { }\nb: [  ]\n', result: 'a: {}\nb: []\n' },
  { title: 'empty lines and the end', text: '\n\na: 1\n\n\n \nb: 2\n\n\n', result: 'a: 1\n\nb: 2\n' },
  { title: 'no line end at the end', text: 'a: 1', result: 'a: 1\n' },
  { title: 'CRLF', text: 'a:\r\n   b: 1 \r\n\r\n\r\n', result: 'a:\r\n  b: 1\r\n' },
  { title: 'line ends as the first one', text: 'a: 1\nb: 2\r\n', result: 'a: 1\nb: 2\n' },
  {
    title: 'a flow collection over several lines',
    text: 'a:\n   b: [\n    c,  # why\n    {\n     d: 1\n    },\n    ]\n',
    result: 'a:\n  b: [\n      c, # why\n      {\n        d: 1\n      },\n    ]\n',
  },
  {
    title: 'comments go with what follows, or with the block that they are as deep as',
    text: '# top\na:\n      # first\n      b: 1    # beside\n      # last\n  # stray\n# of c\nc: 2\n   # end\n',
    result: '# top\na:\n  # first\n  b: 1 # beside\n  # last\n# stray\n# of c\nc: 2\n# end\n',
  },
  {
    title: 'a comment in place of a value',
    text: 'a:\n    # none yet\nb:\n    -\n        # none\n    - c\n',
    result: 'a:\n  # none yet\nb:\n  -\n    # none\n  - c\n',
  },
  {
    title: 'an entry without a key',
    text: 'a:\n   b:\n\n   : c\n   # why\n   d: 1\n:\n     - e\n',
    result: 'a:\n  b:\n\n  : c\n  # why\n  d: 1\n:\n  - e\n',
  },
  { title: 'the text of a comment', text: 'a: 1   #b\tc\t \n', result: 'a: 1 #b\tc\n' },
  {
    title: 'anchors, aliases, merge keys and tags',
    text: 'a:   &x\n    b:  &y  1\nc:\n    <<:   *x\n    d:  *y\n    *y  : e\nf: !!str   2\n',
    result: 'a: &x\n  b: &y 1\nc:\n  <<: *x\n  d: *y\n  *y : e\nf: !!str 2\n',
  },
  {
    title: 'block scalars',
    text: 'a:\n     b: >-   # why\n          c\n          d\n\n\n     e: |2\n         f\ng: |+\n   h\n',
    result: 'a:\n  b: >- # why\n    c\n    d\n\n  e: |2\n      f\ng: |+\n  h\n',
  },
  { title: 'a block scalar without a line end', text: 'a: |\n   b', result: 'a: |\n  b' },
  { title: 'a block scalar that keeps its line end', text: 'a: |+\n\nb: 1\n', result: 'a: |+\n\nb: 1\n' },
  {
    title: 'a value over several lines',
    text: 'a: b\n      c\nd: "e\n f\\\n   g"\n',
    result: 'a: b\n  c\nd: "e\n  f\\\n  g"\n',
  },
  { title: 'a value on the next line', text: 'a:\n      b\nc:\n     [d]\n', result: 'a:\n  b\nc:\n  [d]\n' },
  { title: 'the mark of a document', text: '---   # one\na:   1\n...\n', result: '--- # one\na: 1\n...\n' },
  { title: 'wide characters', text: 'a:   [ "日本" ,🙂 ]\n', result: 'a: ["日本", 🙂]\n' },
  { title: 'a key that is written out', text: '? a\n:   b\n', result: '? a\n:   b\n' },
  { title: 'a list at the top', text: '-   a\n', result: '-   a\n' },
  { title: 'nothing', text: '', result: '' },
  {
    title: 'words, booleans, sizes, durations and versions',
    text: `organization: { name: X, exchangeVersion: 2010, acceptedDomains: { a.example: Authoritative } }
servers: { A: { role: HUB, exchangeVersion: se }, B: { exchangeVersion: '2013' } }
receiveConnectors:
  R: { authMechanism: [tls, "basicauth"], requireTLS: True, connectionTimeout: 10m, maxMessageSize: 25 mb, maxInboundConnection: Unlimited }
transportConfig: { maxSendSize: '10 MB', maxDumpsterTime: "7.00:00:00" }
lint: { rules: { a: OFF } }
`,
    result: `organization: { name: X, exchangeVersion: "2010", acceptedDomains: { a.example: authoritative } }
servers: { A: { role: hub, exchangeVersion: SE }, B: { exchangeVersion: '2013' } }
receiveConnectors:
  R: { authMechanism: [Tls, "BasicAuth"], requireTLS: true, connectionTimeout: "00:10:00", maxMessageSize: 25MB, maxInboundConnection: unlimited }
transportConfig: { maxSendSize: '10MB', maxDumpsterTime: "7.00:00:00" }
lint: { rules: { a: "off" } }
`,
  },
  {
    title: 'what is no value of its parameter',
    text: 'sendConnectors: { S: { requireTLS: "True", maxMessageSize: 25 Megs, connectionInactivityTimeOut: 10, comment: 25 MB } }\n',
    result:
      'sendConnectors: { S: { requireTLS: "True", maxMessageSize: 25 Megs, connectionInactivityTimeOut: 10, comment: 25 MB } }\n',
  },
  {
    title: 'a value that an anchor puts elsewhere, too',
    text: 'sendConnectors: { S: { maxMessageSize: &a 25 MB, comment: *a }, T: { maxMessageSize: &b 5 MB }, U: { maxMessageSize: *b } }\n',
    result:
      'sendConnectors: { S: { maxMessageSize: &a 25 MB, comment: *a }, T: { maxMessageSize: &b 5MB }, U: { maxMessageSize: *b } }\n',
  },
];

for (const { title, text, result } of cases) {
  test(`formatSource: ${title}`, () => {
    assert.equal(formatted(text), result);
    assert.equal(formatted(result), result, 'the second time');
  });
}

test('formatSource: a fault of syntax has no form', () => {
  const { value, diagnostics } = formatSource('topology.yaml', 'a: [\n');
  assert.equal(value, undefined);
  assert.deepEqual(
    diagnostics.map(({ rule }) => rule),
    ['yaml-syntax'],
  );
});

function textsIn(parent: string): readonly string[] {
  return readdirSync(parent, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => readFileSync(`${parent}/${name}/topology.yaml`, 'utf8'));
}

const parsed = (text: string): boolean => parseSource('topology.yaml', text).value !== undefined;
const real = [...textsIn('examples'), ...textsIn('test/golden')].filter(parsed);
const odd = cases.map(({ text }) => text).filter((text) => text.trim() !== '' && parsed(text));

function commentsOf(text: string): readonly string[] {
  return readPieces(text.replaceAll('\r\n', '\n')).flatMap(({ kind, source }) =>
    kind === 'comment' ? [source.trimEnd()] : [],
  );
}

function valuesOf(text: string): unknown {
  const { value } = parseSource('topology.yaml', text);
  return value && plainOf(value.root);
}

/** What lint says of a text, without its places. */
function findingsOf(text: string): readonly string[] {
  const { diagnostics } = lintSource('topology.yaml', text, { rules, fileExists: () => true });
  return diagnostics
    .map(({ rule, severity, at, message }) => `${rule} ${severity} ${at.path} ${message}`)
    .sort();
}

const step = fc.record({
  kind: fc.constantFrom(
    'trail',
    'empty',
    'comment-line',
    'comment-beside',
    'wider',
    'spread',
    'break-comma',
    'break-open',
    'tighten',
    'crlf',
    'blank-colon',
    'tab',
  ),
  line: fc.nat(),
  width: fc.integer({ min: 1, max: 9 }),
});

type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

/** Changes the layout of a text in one place; most results are still YAML with the same values. */
function mutated(text: string, { kind, line, width }: Step): string {
  const lines = text.split('\n');
  const at = line % lines.length;
  const here = lines[at] ?? '';
  const put = (...now: readonly string[]): string => lines.toSpliced(at, 1, ...now).join('\n');
  const blanks = ' '.repeat(width);
  switch (kind) {
    case 'trail':
      return put(here + blanks);
    case 'tab':
      return put(`${here}\t`);
    case 'empty':
      return put(here, ...Array.from({ length: width % 4 }, () => ' '.repeat(width % 3)));
    case 'comment-line':
      return put(here, `${blanks}#${'\t 語:'.slice(width % 4)} c${width}`);
    case 'comment-beside':
      return put(`${here} \t# b${width}`);
    case 'wider':
      return lines.map((one) => one.replace(/^ +/, (found) => found.repeat((width % 4) + 1))).join('\n');
    case 'spread':
      return put(here.replaceAll(/([:,]) /g, `$1${blanks}`));
    case 'tighten':
      return put(here.replaceAll(/ ?([[\]{}]) ?/g, '$1').replaceAll(/(?<=\]|\}), /g, ','));
    case 'break-comma':
      return put(here.replace(', ', `,\n${blanks.repeat(3)}`));
    case 'break-open':
      return put(here.replace(/([[{]) ?/, `$1\n${blanks.repeat(3)}`));
    case 'blank-colon':
      return put(here.replace(/": /, '" : '));
    case 'crlf':
      return text.replaceAll('\r', '').replaceAll('\n', '\r\n');
    default:
      throw new Error(kind);
  }
}

const steps = fc.array(step, { minLength: 1, maxLength: 12 });

test('formatSource: of any layout the form is stable, keeps the comments and says the same', () => {
  let sound = 0;
  const runs = 300;
  fc.assert(
    fc.property(fc.constantFrom(...[...real, ...odd].map(formatted)), steps, (text, changes) => {
      const rough = changes.reduce((now, change) => {
        const next = mutated(now, change);
        return parsed(next) ? next : now;
      }, text);
      if (rough !== text) sound += 1;
      const once = formatted(rough);
      assert.equal(formatted(once), once);
      assert.deepEqual(commentsOf(once), commentsOf(rough));
      assert.deepEqual(valuesOf(once), valuesOf(rough));
    }),
    { numRuns: runs },
  );
  assert.ok(sound > runs / 2, `${sound} of ${runs} layouts were changed`);
});

for (const [index, text] of real.entries()) {
  test(`formatSource: lint says the same of topology ${index + 1} after it`, () => {
    assert.deepEqual(findingsOf(formatted(text)), findingsOf(text));
  });
}
