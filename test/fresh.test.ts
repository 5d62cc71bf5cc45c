import assert from 'node:assert/strict';
import { test } from 'node:test';
import { generateAll, leftOver, textNow } from '../src/dev/gen.ts';

const root = process.cwd();
const files = await generateAll(root);

test('there are generated files', () => assert.ok(files.length > 1));

for (const { path, text } of files) {
  test(`fresh: ${path}`, () => assert.equal(textNow(root, path), text, 'run npm run gen'));
}

test('fresh: no page is left of a rule that is gone', () => {
  assert.deepEqual(leftOver(root, files), [], 'run npm run gen');
});
