import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Ajv } from 'ajv';
import fc from 'fast-check';
import { printable } from '../../src/base/printable.ts';
import { gitlab } from '../../src/report/gitlab.ts';
import { hostileFindings } from '../support/sample-findings.ts';

/** What GitLab's documents require of a code quality report, and the values that they name. */
const valid = new Ajv().compile({
  type: 'array',
  items: {
    type: 'object',
    required: ['description', 'check_name', 'fingerprint', 'severity', 'location'],
    properties: {
      description: { type: 'string' },
      check_name: { type: 'string', minLength: 1 },
      fingerprint: { type: 'string', minLength: 1 },
      severity: { enum: ['info', 'minor', 'major', 'critical', 'blocker'] },
      location: {
        type: 'object',
        required: ['path', 'lines'],
        properties: {
          path: { type: 'string', not: { type: 'string', pattern: '^(\\./|/)' } },
          lines: {
            type: 'object',
            required: ['begin'],
            properties: { begin: { type: 'integer', minimum: 1 }, end: { type: 'integer', minimum: 1 } },
          },
        },
      },
    },
  },
});

interface Row {
  readonly description: string;
  readonly check_name: string;
  readonly fingerprint: string;
  readonly severity: string;
  readonly location: {
    readonly path: string;
    readonly lines: { readonly begin: number; readonly end: number };
  };
}

const severities = { error: 'critical', warning: 'minor', info: 'info' } as const;

test('gitlab: whatever the names and words, the report is one that GitLab takes and holds them', () => {
  fc.assert(
    fc.property(hostileFindings, (findings) => {
      const rows = JSON.parse(gitlab(findings)) as readonly Row[];
      assert.ok(valid(rows), JSON.stringify(valid.errors));
      assert.equal(rows.length, findings.diagnostics.length);
      assert.equal(new Set(rows.map(({ fingerprint }) => fingerprint)).size, rows.length);
      for (const [index, { rule, severity, message, at }] of findings.diagnostics.entries()) {
        const row = rows[index];
        assert.ok(row);
        assert.deepEqual([row.check_name, row.severity], [rule, severities[severity]]);
        assert.ok(row.description.startsWith(printable(message)));
        assert.equal(row.location.path, printable(at.file));
        assert.ok(row.location.lines.end >= row.location.lines.begin);
      }
    }),
    { numRuns: 60 },
  );
});

test('gitlab: a finding keeps its fingerprint when its block moves, and lines count from one', () => {
  const rowsOf = (text: string): readonly Row[] => {
    const start = text.indexOf('odd');
    const at = { file: 'a.yaml', start, end: start + 3, path: '/a' };
    const one = { rule: 'schema', severity: 'error', message: 'It is odd.', at, related: [] } as const;
    return JSON.parse(gitlab({ diagnostics: [one, one], sources: new Map([['a.yaml', text]]) }));
  };
  const [here, there] = [rowsOf('a: odd\n'), rowsOf('\n\na: odd\n')];
  assert.deepEqual(
    here.map(({ fingerprint }) => fingerprint),
    there.map(({ fingerprint }) => fingerprint),
  );
  assert.deepEqual(here[0]?.location.lines, { begin: 1, end: 1 });
  assert.deepEqual(there[0]?.location.lines, { begin: 3, end: 3 });
});
