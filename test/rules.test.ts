import assert from 'node:assert/strict';
import { test } from 'node:test';
import { caretsOf, runExample, type Caret } from '../src/dev/rule-example.ts';
import { loadRules } from '../src/dev/rule-files.ts';
import { inOrder, type Diagnostic } from '../src/base/diagnostic.ts';
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
    test(`${rule.id}: bad example ${index + 1} is caught at its carets`, () => {
      const { text, diagnostics } = runExample(rule, example);
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
      for (const { message, help } of diagnostics) {
        assert.match(message, /^["A-Z0-9].*\.$/s, message);
        assert.doesNotMatch(message, /!|\bplease\b|\binvalid\b/i);
        if (help !== undefined) assert.match(help, /^[A-Z].*[.?]$/s, help);
      }
    });
  }
}

test('rules that guard an open relay or a secret of ours are locked', () => {
  const locked = rules.filter(({ lock }) => lock === 'locked').map(({ id }) => id);
  assert.deepEqual(locked.sort(), [
    'open-relay',
    'private-key-in-certificate-file',
    'secret-in-file',
    'smart-host-auth-without-tls',
  ]);
});
