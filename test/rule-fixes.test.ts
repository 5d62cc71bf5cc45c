import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Diagnostic } from '../src/base/diagnostic.ts';
import { runExample } from '../src/dev/rule-example.ts';
import { loadRules } from '../src/dev/rule-files.ts';
import { applyFixes } from '../src/fix/apply-fixes.ts';
import { fixText } from '../src/fix/fix-text.ts';
import { lintSource } from '../src/lint-source.ts';

const rules = await loadRules(process.cwd());
const offered = (one: Diagnostic): boolean => one.fix !== undefined;

/** Finds what all rules say, with the same files there as for one rule's examples. */
function lint(text: string): readonly Diagnostic[] {
  const fileExists = (path: string): boolean => !/(^|\/)missing/.test(path);
  return lintSource('topology.yaml', text, { rules, fileExists }).diagnostics;
}

for (const rule of rules) {
  for (const [index, example] of rule.examples.bad.entries()) {
    const { text, diagnostics } = runExample(rule, example);
    for (const one of diagnostics) {
      const { message, fix } = one;
      if (!fix) continue;
      test(`${rule.id}: the fix in bad example ${index + 1} takes "${message}" away`, () => {
        const mended = runExample(rule, applyFixes(text, [{ ...one, fix }]).text);
        assert.ok(!mended.diagnostics.some((left) => left.message === message));
        assert.match(fix.description, /^[A-Z].*\.$/s);
      });
    }
    if (!diagnostics.some(offered)) continue;
    test(`${rule.id}: no fix is left to offer in bad example ${index + 1}, and nothing new is wrong`, () => {
      const alone = fixText(text, (now) => runExample(rule, now).diagnostics, 'all');
      assert.deepEqual(alone.diagnostics.filter(offered), []);
      const errors = (found: readonly Diagnostic[]): number =>
        found.filter(({ severity }) => severity === 'error').length;
      const { diagnostics: left } = fixText(text, lint, 'all');
      assert.ok(errors(left) <= errors(lint(text)));
    });
  }
}
