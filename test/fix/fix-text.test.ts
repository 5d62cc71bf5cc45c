import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Diagnostic, Severity } from '../../src/base/diagnostic.ts';
import { fixText, type FixChoice, type Lint } from '../../src/fix/fix-text.ts';

/** Finds each place of a pattern, with a fix that writes something else there. */
function finding(pattern: RegExp, put: string, more: Partial<Diagnostic> = {}): Lint {
  return (text) =>
    [...text.matchAll(pattern)].map((match): Diagnostic => {
      const at = {
        file: 'x',
        start: match.index,
        end: match.index + match[0].length,
        path: `/${match.index}`,
      };
      const severity: Severity = 'warning';
      const fix = { description: 'Change it.', edits: [{ at, text: put }] };
      return {
        rule: 'a-rule',
        severity,
        message: `"${match[0]}" stands there.`,
        at,
        related: [],
        fix,
        ...more,
      };
    });
}

function both(...lints: readonly Lint[]): Lint {
  return (text) => lints.flatMap((lint) => lint(text));
}

interface Case {
  readonly title: string;
  readonly text: string;
  readonly lint: Lint;
  readonly choice?: FixChoice;
  readonly result: string;
  readonly applied: number;
}

const broken: Lint = (text) =>
  text.includes('bad') ? finding(/bad/g, 'bad', { rule: 'yaml-syntax', severity: 'error' })(text) : [];

const cases: readonly Case[] = [
  { title: 'every place', text: 'a b a', lint: finding(/a/g, 'x'), result: 'x b x', applied: 2 },
  {
    title: 'one fix makes room for the next',
    text: 'aab',
    lint: both(finding(/aa/g, 'c'), finding(/cb/g, 'd')),
    result: 'd',
    applied: 2,
  },
  {
    title: 'a fix that leaves its finding is not kept',
    text: 'a',
    lint: finding(/a/g, 'aa'),
    result: 'a',
    applied: 0,
  },
  {
    title: 'a fix that breaks the text is not kept',
    text: 'a',
    lint: both(finding(/a/g, 'bad'), broken),
    result: 'a',
    applied: 0,
  },
  {
    title: 'one bad fix among many does not keep the others back',
    text: 'a a q a a',
    lint: both(finding(/a/g, 'x'), finding(/q/g, 'bad'), broken),
    result: 'x x q x x',
    applied: 4,
  },
  {
    title: 'a fix that brings another error is not kept',
    text: 'a',
    lint: both(finding(/a/g, 'z'), (text) => finding(/z/g, 'z', { rule: 'b-rule', severity: 'error' })(text)),
    result: 'a',
    applied: 0,
  },
  {
    title: 'a fix of shape may uncover an error of a rule',
    text: 'a',
    lint: both(finding(/a/g, 'z', { rule: 'schema', severity: 'error' }), (text) =>
      finding(/z/g, 'z', { rule: 'b-rule', severity: 'error' })(text),
    ),
    result: 'z',
    applied: 1,
  },
  {
    title: 'two fixes that undo each other end',
    text: 'a',
    lint: both(finding(/a/g, 'b'), finding(/b/g, 'a')),
    result: 'a',
    applied: 10,
  },
  {
    title: 'a guess is left alone',
    text: 'a',
    lint: (text) =>
      finding(
        /a/g,
        'x',
      )(text).map((one) => ({
        ...one,
        fix: { description: 'Guess.', edits: [], ...one.fix, safety: 'unsafe' },
      })),
    result: 'a',
    applied: 0,
  },
  {
    title: 'a guess is applied on request',
    text: 'a',
    lint: (text) =>
      finding(
        /a/g,
        'x',
      )(text).map((one) => ({
        ...one,
        fix: { description: 'Guess.', edits: [], ...one.fix, safety: 'unsafe' },
      })),
    choice: 'all',
    result: 'x',
    applied: 1,
  },
];

for (const { title, text, lint, choice = 'safe', result, applied } of cases) {
  test(`fixText: ${title}`, () => {
    const fixed = fixText(text, lint, choice);
    assert.equal(fixed.text, result);
    assert.equal(fixed.applied.length, applied);
    assert.deepEqual(fixed.diagnostics, lint(result));
  });
}

test('fixText: a file of bad fixes ends', () => {
  let runs = 0;
  const lint: Lint = (text) => {
    runs += 1;
    return both(finding(/q/g, 'bad'), broken)(text);
  };
  const text = 'q '.repeat(2000);
  assert.equal(fixText(text, lint, 'safe').text, text);
  assert.ok(runs <= 202, `${runs} runs`);
});
