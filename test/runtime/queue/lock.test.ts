import assert from 'node:assert/strict';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { FolderInUse, lockFolder } from '../../../runtime/queue/lock.ts';
import { openAttemptMark } from '../../../runtime/queue/attempt-mark.ts';
import { temporaryFolder } from '../../support/spool.ts';

test('lock: a second holder is refused in one line, and let in afterwards', () => {
  const folder = temporaryFolder();
  const release = lockFolder(folder);
  assert.throws(
    () => lockFolder(folder),
    new FolderInUse(`the data folder ${folder} is in use by process ${process.pid}`),
  );
  release();
  lockFolder(folder)();
  assert.deepEqual(readdirSync(folder), []);
});

const stale = [
  { title: 'of a process that is gone', content: '4194304 1 boot\n' },
  { title: 'of another process with the same number', content: `${process.pid} 1 boot\n` },
  { title: 'that a crash left empty', content: '' },
];

for (const { title, content } of stale) {
  test(`lock: one ${title} is stale`, () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'lock'), content);
    lockFolder(folder)();
    assert.deepEqual(readdirSync(folder), []);
  });
}

test('attempt mark: a later process learns at which message the last one ended', () => {
  const folder = temporaryFolder();
  const first = openAttemptMark(folder);
  assert.equal(first.left, undefined);
  first.set(41);
  first.clear();
  first.set(2 ** 47);
  first.close();
  const second = openAttemptMark(folder);
  assert.equal(second.left, 2 ** 47);
  second.clear();
  second.close();
  const third = openAttemptMark(folder);
  assert.equal(third.left, undefined);
  third.close();
});
