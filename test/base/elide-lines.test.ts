import assert from 'node:assert/strict';
import { test } from 'node:test';
import { elideLines } from '../../src/base/elide-lines.ts';

const cases: readonly (readonly [title: string, text: string, elided: string])[] = [
  ['short lines stay', 'ab\ncd', 'ab\ncd'],
  ['a line of the width stays', 'abcdefgh', 'abcdefgh'],
  ['a longer one keeps its ends', 'short\nabcdefghijkl', 'short\nabcd … kl'],
];

for (const [title, text, elided] of cases) {
  test(title, () => assert.equal(elideLines(text, 8), elided));
}
