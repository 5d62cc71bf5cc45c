import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { generated } from '../src/dev/gen.ts';

for (const { path, text } of generated) {
  test(`fresh: ${path}`, async () => {
    const isFresh = readFileSync(path, 'utf8') === (await text());
    assert.ok(isFresh, `${path} is not what the generators write: run npm run gen`);
  });
}
