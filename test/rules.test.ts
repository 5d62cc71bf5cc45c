import assert from 'node:assert/strict';
import { test } from 'node:test';
import { exampleNow, examplePemFile } from '../src/dev/example-pem-files.ts';
import { caretsOf, exampleFile, exampleFileExists, runExample, type Caret } from '../src/dev/rule-example.ts';
import { loadRules } from '../src/dev/rule-files.ts';
import { inOrder, type Diagnostic } from '../src/base/diagnostic.ts';
import { lintSource } from '../src/lint-source.ts';
import { lined, lineText, positionAt } from '../src/report/text-position.ts';

const rules = await loadRules(process.cwd());

/** A diagnostic in the form of a caret comment: of a place over several lines, its first line. */
function caretOf({ at, message }: Diagnostic, text: string): Caret {
  const source = lined(text);
  const { line, column } = positionAt(source, at.start);
  const rest = lineText(source, line).length - (column - 1);
  return { line, column: column - 1, length: Math.max(1, Math.min(at.end - at.start, rest)), words: message };
}

function placesOf(carets: readonly Caret[]): readonly string[] {
  return carets.map(({ line, column, length }) => `line ${line}, column ${column}, ${length} long`).sort();
}

/** Holds findings against the carets of an example: the same places, and at each the words that stand behind it. */
function expectCarets(example: string, text: string, diagnostics: readonly Diagnostic[]): void {
  const carets = caretsOf(example);
  assert.ok(carets.length > 0, 'a bad example underlines its faults');
  const found = inOrder(diagnostics).map((one) => caretOf(one, text));
  assert.deepEqual(placesOf(found), placesOf(carets), found.map(({ words }) => words).join('\n'));
  for (const caret of carets) {
    const said = found.filter((one) => one.line === caret.line && one.column === caret.column);
    assert.ok(caret.words !== '', 'a caret says what the message holds');
    assert.ok(
      said.some(({ words }) => words.includes(caret.words)),
      `${caret.words}: ${said[0]?.words}`,
    );
  }
}

for (const rule of rules) {
  test(`${rule.id}: has examples and a source, and says one fact`, () => {
    assert.ok(rule.examples.good.length > 0, 'no good example');
    assert.ok(rule.examples.bad.length > 0, 'no bad example');
    assert.ok(rule.sources.length > 0, 'no source');
    assert.match(rule.summary, /^[A-Z"].*\.$/s);
    assert.match(rule.id, /^[a-z0-9]+(-[a-z0-9]+)*$/);
  });
  for (const [index, example] of rule.examples.good.entries()) {
    test(`${rule.id}: good example ${index + 1} is silent`, () => {
      const { diagnostics } = runExample(rule, example);
      assert.deepEqual(
        diagnostics.map(({ message }) => message),
        [],
      );
    });
  }
  for (const [index, example] of rule.examples.bad.entries()) {
    const { text, diagnostics } = runExample(rule, example);
    test(`${rule.id}: bad example ${index + 1} is caught at its carets`, () => {
      expectCarets(example, text, diagnostics);
      for (const { message, help } of diagnostics) {
        assert.match(message, /^["A-Z0-9].*\.$/s, message);
        assert.doesNotMatch(message, /!|\bplease\b|\binvalid\b/i);
        if (help !== undefined) assert.match(help, /^[A-Z].*[.?]$/s, help);
      }
    });
    test(`${rule.id}: bad example ${index + 1} is caught by the whole of lint`, () => {
      const all = lintSource(exampleFile, text, {
        rules,
        fileExists: exampleFileExists,
        certificateOf: examplePemFile,
        now: exampleNow,
      }).diagnostics;
      // A rule is not believed about what the schema found; the same place is told of all the same.
      const told = all.filter((one) => one.rule === rule.id || one.rule === 'schema');
      assert.ok(told.some((one) => one.rule === rule.id));
      for (const { at, message } of diagnostics)
        assert.ok(
          told.some((one) => one.at.start <= at.start && at.end <= one.at.end),
          message,
        );
    });
  }
}

test('a rule that says nothing, elsewhere, more or in other words does not pass', () => {
  const [rule] = rules.filter(({ id }) => id === 'mixed-source-servers');
  const [example] = rule?.examples.bad ?? [];
  assert.ok(rule && example !== undefined);
  const { text, diagnostics } = runExample(rule, example);
  const [one] = diagnostics;
  assert.ok(one);
  const moved = { ...one, at: { ...one.at, start: one.at.start + 1 } };
  for (const found of [[], [moved], [one, moved], [{ ...one, message: 'Something else.' }]])
    assert.throws(() => expectCarets(example, text, found), assert.AssertionError);
  assert.throws(() => expectCarets('servers: {}', 'servers: {}', []), /underlines its faults/);
});

test('rules that guard an open relay or a secret of ours are locked', () => {
  const locked = rules.filter(({ lock }) => lock === 'locked').map(({ id }) => id);
  assert.deepEqual(locked.sort(), [
    'open-relay',
    'private-key-in-certificate-file',
    'secret-in-file',
    'smart-host-auth-without-tls',
  ]);
});
