import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { Failure } from '../src/base/failure.ts';
import { writeSource } from '../src/write-source.ts';

const folder = mkdtempSync(join(tmpdir(), 'mailtopo-source-'));
after(() => rmSync(folder, { recursive: true, force: true }));
const file = join(folder, 'topology.yaml');

test('writeSource: a file that has changed since it was read is left alone', async () => {
  writeFileSync(file, 'new');
  const write = writeSource({ file, bytes: Buffer.from('old'), text: 'mended' });
  await assert.rejects(
    write,
    (thrown: unknown) => thrown instanceof Failure && thrown.message.includes('changed'),
  );
  assert.equal(readFileSync(file, 'utf8'), 'new');
  assert.deepEqual(readdirSync(folder), ['topology.yaml']);
});

test('writeSource: what cannot be written is a failure of the world', async () => {
  const write = writeSource({ file: join(folder, 'gone.yaml'), bytes: Buffer.from(''), text: 'x' });
  await assert.rejects(
    write,
    (thrown: unknown) => thrown instanceof Failure && thrown.code === 'unwritable-output',
  );
});
