import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { nodeDisk } from '../../../runtime/queue/disk.ts';
import { temporaryFolder } from '../../support/spool.ts';

/** Notes every folder that is flushed. */
function watchFlushes(context: TestContext): string[] {
  const flushed: string[] = [];
  context.mock.method(nodeDisk, 'flushFolder', async (path: string) => void flushed.push(path));
  return flushed;
}

test('disk: the names of new folders are flushed, each in the folder that holds it', async (context) => {
  const root = temporaryFolder();
  const flushed = watchFlushes(context);
  await nodeDisk.makeFolder(join(root, 'a', 'b', 'c'));
  assert.deepEqual(flushed, [join(root, 'a', 'b'), join(root, 'a'), root]);
  await nodeDisk.makeFolder(join(root, 'a', 'b', 'c'));
  assert.equal(flushed.length, 3, 'a folder that is there is flushed already');
  await nodeDisk.makeFolder(join(root, 'a', 'b', 'd'));
  assert.deepEqual(flushed.slice(3), [join(root, 'a', 'b')]);
});

test('disk: a folder that cannot be made does not keep others from it', async (context) => {
  const root = temporaryFolder();
  const file = join(root, 'file');
  await nodeDisk.writeWhole(file, Buffer.alloc(0));
  watchFlushes(context);
  const outcomes = await Promise.allSettled([
    nodeDisk.makeFolder(join(file, 'a')),
    nodeDisk.makeFolder(join(root, 'b')),
  ]);
  assert.deepEqual(
    outcomes.map(({ status }) => status),
    ['rejected', 'fulfilled'],
  );
  assert.ok(existsSync(join(root, 'b')));
});
