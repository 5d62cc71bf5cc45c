import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

import { openFiles } from '../../runtime/open-files.ts';
import { temporaryFolder } from '../support/spool.ts';

const cases = [
  { title: 'a key for its owner', name: 'mail.key', mode: 0o600, isOpen: false },
  { title: 'a key for the group', name: 'mail.key', mode: 0o640, isOpen: true },
  { title: 'a key for everybody', name: 'mail.key', mode: 0o644, isOpen: true },
  { title: 'users for everybody', name: 'users', mode: 0o644, isOpen: true },
  { title: 'a certificate for everybody', name: 'mail.pem', mode: 0o644, isOpen: false },
  { title: 'words for everybody', name: 'README.md', mode: 0o644, isOpen: false },
];

const skip = process.platform === 'win32';

for (const { title, name, mode, isOpen } of cases) {
  test(`open files: ${title}`, { skip }, () => {
    const folder = temporaryFolder();
    const path = join(folder, name);
    writeFileSync(path, '');
    chmodSync(path, mode);
    const found = isOpen ? [{ path, mode: `0${mode.toString(8)}` }] : [];
    assert.deepEqual(openFiles(folder, []), found);
  });
}

test('open files: data folders, and folders that are not there', { skip }, () => {
  const folder = temporaryFolder();
  const [closed, open] = [join(folder, 'closed'), join(folder, 'open')];
  mkdirSync(closed, { mode: 0o700 });
  mkdirSync(open);
  chmodSync(open, 0o755);
  assert.deepEqual(openFiles(join(folder, 'none'), [closed, open]), [{ path: open, mode: '0755' }]);
});
