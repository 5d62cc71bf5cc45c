import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { unifiedDiff } from '../../src/fix/unified-diff.ts';

const cases: readonly (readonly [title: string, before: string, after: string, diff: string])[] = [
  ['equal texts', 'a\n', 'a\n', ''],
  ['a changed line', 'a\nb\nc\n', 'a\nB\nc\n', '@@ -1,3 +1,3 @@\n a\n-b\n+B\n c\n'],
  ['from nothing', '', 'a\n', '@@ -0,0 +1 @@\n+a\n'],
  ['to nothing', 'a\nb\n', '', '@@ -1,2 +0,0 @@\n-a\n-b\n'],
  ['no line end', 'a', 'a\n', '@@ -1 +1 @@\n-a\n\\ No newline at end of file\n+a\n'],
  [
    'two places far apart',
    '1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n',
    'x\n2\n3\n4\n5\n6\n7\n8\n9\ny\n',
    '@@ -1,4 +1,4 @@\n-1\n+x\n 2\n 3\n 4\n@@ -7,4 +7,4 @@\n 7\n 8\n 9\n-10\n+y\n',
  ],
];

for (const [title, before, after, diff] of cases) {
  test(`unifiedDiff: ${title}`, () => {
    assert.equal(unifiedDiff('x', before, after), diff === '' ? '' : `--- a/x\n+++ b/x\n${diff}`);
  });
}

/** Applies a diff as `patch` does, and checks every line of the old side. */
function patched(before: string, diff: string): string {
  const old = before.match(/[^\n]*\n|[^\n]+$/g) ?? [];
  const lines = diff.split('\n').slice(2);
  const result: string[] = [];
  let at = 0;
  for (const [index, line] of lines.entries()) {
    const hunk = /^@@ -(\d+)(?:,(\d+))? \+/.exec(line);
    if (hunk) {
      const start = Number(hunk[1]) - (hunk[2] === '0' ? 0 : 1);
      while (at < start) result.push(old[at++] ?? '');
    } else if (/^[ +-]/.test(line)) {
      const text = line.slice(1) + (lines[index + 1]?.startsWith('\\') ? '' : '\n');
      if (!line.startsWith('+')) assert.equal(old[at++], text);
      if (!line.startsWith('-')) result.push(text);
    }
  }
  return result.join('') + old.slice(at).join('');
}

test('unifiedDiff: a patch of it gives the new text', () => {
  const text = fc
    .array(fc.constantFrom('a', 'b', 'c', 'd', '', 'e'), { maxLength: 30 })
    .map((lines) => lines.join('\n'));
  fc.assert(
    fc.property(text, text, (before, after) => {
      assert.equal(patched(before, unifiedDiff('x', before, after)), after);
    }),
  );
});

test('unifiedDiff: 50,000 lines of which every second is new', () => {
  const lines = Array.from({ length: 50_000 }, (_, index) => `line ${index}\n`);
  const changed = lines.map((line, index) => (index % 2 === 0 ? line : `new ${line}`));
  const diff = unifiedDiff('x', lines.join(''), changed.join(''));
  assert.equal(patched(lines.join(''), diff), changed.join(''));
});
