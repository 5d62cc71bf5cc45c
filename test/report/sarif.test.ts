import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import { Ajv } from 'ajv';
import fc from 'fast-check';
import { printable } from '../../src/base/printable.ts';
import { fileUri } from '../../src/report/file-uri.ts';
import { wellFormed } from '../../src/report/printable.ts';
import type { Findings } from '../../src/report/report.ts';
import { sarif } from '../../src/report/sarif.ts';
import { hostileFindings, hostileText } from '../support/sample-findings.ts';

/** The schema of OASIS, as Microsoft's package for tests of SARIF brings it along; a draft-04 one, whose `id` is ajv's `$id`. */
const schemaFile = createRequire(import.meta.url).resolve(
  '@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json',
);
const { $schema, id, ...schema } = JSON.parse(readFileSync(schemaFile, 'utf8'));
assert.match($schema, /draft-04/);

// RFC 3986 §4.1, as far as signs go: nothing but unreserved, reserved and whole percent-encoded ones.
const uriReference = /^(?:[A-Za-z0-9\-._~:/?#[\]@!$&'()*+,;=]|%[0-9A-Fa-f]{2})*$/;
const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false });
ajv.addFormat('uri-reference', uriReference);
ajv.addFormat('uri', /^[a-z][a-z0-9+.-]*:\S+$/i);
ajv.addFormat('date-time', () => false);
const valid = ajv.compile({ ...schema, $id: id });

interface Log {
  readonly runs: readonly [
    {
      readonly tool: { readonly driver: { readonly rules: readonly { readonly id: string }[] } };
      readonly results: readonly Result[];
    },
  ];
}
interface Location {
  readonly id?: number;
  readonly message?: { readonly text: string };
  readonly physicalLocation: {
    readonly artifactLocation: { readonly uri: string };
    readonly region: { startLine: number; startColumn: number; endLine: number; endColumn: number };
  };
}
interface Result {
  readonly ruleId: string;
  readonly ruleIndex: number;
  readonly level: string;
  readonly message: { readonly text: string };
  readonly locations: readonly [Location];
  readonly relatedLocations?: readonly Location[];
  readonly partialFingerprints: Readonly<Record<string, string>>;
  readonly fixes?: readonly unknown[];
}

function logOf(findings: Findings): Log['runs'][0] {
  const log = JSON.parse(sarif(findings));
  assert.ok(valid(log), ajv.errorsText(valid.errors));
  return (log as Log).runs[0];
}

/** Reads text as SARIF 2.1.0 §3.11.5 and §3.11.6 say. */
function unescaped(text: string): string {
  return text.replaceAll(/\{\{(\d+)\}\}/g, '{$1}').replaceAll('\\](', '](');
}

test('sarif: the schema refuses what is none', () => {
  assert.equal(valid({ version: '2.1.0' }), false);
  const log = JSON.parse(sarif({ diagnostics: [], sources: new Map() }));
  log.runs[0].results = [{ message: { text: 'x' }, level: 'info' }];
  assert.equal(valid(log), false);
});

test('sarif: whatever the names and words, the log is valid and holds them', () => {
  fc.assert(
    fc.property(hostileFindings, (findings) => {
      const { results, tool } = logOf(findings);
      assert.equal(results.length, findings.diagnostics.length);
      for (const [index, one] of findings.diagnostics.entries()) {
        const result = results[index] as Result;
        assert.equal(tool.driver.rules[result.ruleIndex]?.id, one.rule);
        assert.equal(result.level, one.severity === 'info' ? 'note' : one.severity);
        assert.ok(unescaped(result.message.text).startsWith(printable(one.message)));
        const { artifactLocation, region } = result.locations[0].physicalLocation;
        const path = artifactLocation.uri.replace(/^file:\/\//, '');
        assert.equal(decodeURIComponent(path), wellFormed(one.at.file).replace(/^\/+/, '/'));
        assert.equal(region.startLine, region.endLine);
        assert.ok(region.endColumn >= region.startColumn);
        for (const [place, other] of one.related.entries()) {
          const location = result.relatedLocations?.[place];
          assert.equal(unescaped(location?.message?.text ?? ''), printable(other.note));
          assert.ok(result.message.text.includes(`](${place + 1})`));
          assert.equal(location?.id, place + 1);
        }
        assert.match(result.partialFingerprints['mailtopoFinding/v1'] ?? '', /^[0-9a-f]{64}$/);
        assert.equal(result.fixes !== undefined, (one.fix?.edits.length ?? 0) > 0);
      }
    }),
    { numRuns: 60 },
  );
});

const text = 'a: [one,\n  two]\n';
const at = { file: 'dir/ä b.yaml', start: 3, end: 15, path: '/a' };
const sample: Findings = {
  diagnostics: [
    {
      rule: 'schema',
      severity: 'warning',
      message: 'A fact [about](it) {0}.',
      help: 'Mend it.',
      at,
      related: [{ at: { ...at, start: 4, end: 7 }, note: 'the [one]' }],
      fix: { description: 'Take it out.', edits: [{ at: { ...at, start: 3, end: 15 }, text: '[]' }] },
    },
  ],
  sources: new Map([[at.file, text]]),
};

test('sarif: one line is shown, and a fix is whole', () => {
  const result = logOf(sample).results[0] as Result;
  assert.deepEqual(result.locations[0].physicalLocation, {
    artifactLocation: { uri: 'dir/%C3%A4%20b.yaml' },
    region: { startLine: 1, startColumn: 4, endLine: 1, endColumn: 9, snippet: { text: '[one,' } },
  });
  assert.equal(result.message.text, 'A fact [about\\](it) {{0}}. Mend it. See [the \\[one\\]](1).');
  assert.deepEqual(result.fixes, [
    {
      description: { text: 'Take it out.' },
      artifactChanges: [
        {
          artifactLocation: { uri: 'dir/%C3%A4%20b.yaml' },
          replacements: [
            {
              deletedRegion: { startLine: 1, startColumn: 4, endLine: 2, endColumn: 7 },
              insertedContent: { text: '[]' },
            },
          ],
        },
      ],
    },
  ]);
});

test('sarif: every rule has what GitHub code scanning requires', () => {
  const wordsOf = (id: string) =>
    ({
      id,
      category: 'relay',
      severity: 'info',
      summary: 'S.',
      why: 'W.',
      wrong: ['a: 1\n'],
      right: [],
    }) as const;
  const { rules } = logOf({ ...sample, wordsOf }).tool.driver;
  assert.deepEqual(rules, [
    {
      id: 'schema',
      name: 'Schema',
      shortDescription: { text: 'S.' },
      fullDescription: { text: 'W.' },
      help: {
        text: 'W.\nWhere the finding is wrong: # mailtopo: allow schema -- <reason>',
        markdown:
          'W.\n\n**Wrong**\n\n```yaml\na: 1\n```\n\nWhere the finding is wrong: `# mailtopo: allow schema -- <reason>`',
      },
      helpUri: 'https://github.com/mailtopo/mailtopo/blob/main/rules/README.md#schema',
      defaultConfiguration: { level: 'note' },
      properties: { tags: ['relay'], precision: 'high', 'problem.severity': 'recommendation' },
    },
  ]);
});

const uris: readonly (readonly [path: string, uri: string])[] = [
  ['a/b.yaml', 'a/b.yaml'],
  ['a b/%20.yaml', 'a%20b/%2520.yaml'],
  ['c:x.yaml', 'c%3Ax.yaml'],
  ['a?b#c.yaml', 'a%3Fb%23c.yaml'],
  ["(x)'*!.yaml", '%28x%29%27%2A%21.yaml'],
  ['/srv/a.yaml', 'file:///srv/a.yaml'],
  ['C:/srv/a.yaml', 'file:///C:/srv/a.yaml'],
  ['<stdin>', '%3Cstdin%3E'],
  ['\ud800.yaml', '%EF%BF%BD.yaml'],
];
for (const [path, uri] of uris) test(`fileUri: ${uri}`, () => assert.equal(fileUri(path), uri));

test('fileUri: whatever the name, a URI that leads back', () => {
  fc.assert(
    fc.property(hostileText, (name) => {
      assert.match(fileUri(name), uriReference);
      assert.equal(decodeURIComponent(fileUri(`x${name}`)), wellFormed(`x${name}`));
    }),
  );
});
