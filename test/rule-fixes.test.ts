import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Fix } from '../src/base/diagnostic.ts';
import { runExample } from '../src/dev/rule-example.ts';
import { loadRules } from '../src/dev/rule-files.ts';

/** Applies the edits from the end on, so that earlier places stay. */
function applied(text: string, { edits }: Fix): string {
  const backwards = [...edits].sort((a, b) => b.at.start - a.at.start || b.at.end - a.at.end);
  return backwards.reduce(
    (left, { at, text: put }) => left.slice(0, at.start) + put + left.slice(at.end),
    text,
  );
}

for (const rule of await loadRules(process.cwd())) {
  for (const [index, example] of rule.examples.bad.entries()) {
    const { text, diagnostics } = runExample(rule, example);
    for (const { message, fix } of diagnostics) {
      if (!fix) continue;
      test(`${rule.id}: the fix in bad example ${index + 1} takes "${message}" away`, () => {
        const mended = runExample(rule, applied(text, fix));
        assert.ok(!mended.diagnostics.some((one) => one.message === message));
        assert.match(fix.description, /^[A-Z].*\.$/s);
      });
    }
  }
}
