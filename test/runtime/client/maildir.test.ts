import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { deliverToMaildir, maildirOf, OutsideDataFolder } from '../../../runtime/client/maildir.ts';
import { temporaryFolder } from '../../support/spool.ts';
import { watchedDisk } from '../../support/watched-disk.ts';

const folders = [
  { title: 'no entry', domain: 'contoso.com', path: '/data/mailboxes/contoso.com' },
  { title: 'an entry', entry: 'contoso.com', domain: 'contoso.com', path: '/data/mail' },
  { title: 'a wildcard', entry: '*.contoso.com', domain: 'a.contoso.com', path: '/data/mail' },
  { title: 'a path for a domain', domain: '..', path: '/data/mailboxes/%2E%2E' },
];

for (const { title, entry, domain, path } of folders) {
  test(`Maildir: ${title}`, () => {
    const delivery =
      entry === undefined ? undefined : ({ kind: 'maildir', domain: entry, folder: 'mail' } as const);
    assert.equal(maildirOf('/data', delivery, domain), path);
  });
}

for (const folder of ['..', '../data2', '/etc', '.', 'a/../..']) {
  test(`Maildir: the folder ${folder} is refused`, () => {
    const delivery = { kind: 'maildir', domain: 'contoso.com', folder } as const;
    assert.throws(() => maildirOf('/data', delivery, 'contoso.com'), OutsideDataFolder);
  });
}

async function* pieces(): AsyncGenerator<Buffer> {
  yield Buffer.from('Subject: a\r\n');
  yield Buffer.from('\r\nHi\r\n');
}

const message = {
  forwardPath: 'ann@contoso.com',
  reversePath: 'bob@fabrikam.com',
  receivedAt: 1_800_000_000_042,
  unique: '1_0.mbx1',
  pieces,
};

test('Maildir: a message is flushed before it appears, and its name after', async () => {
  const folder = join(temporaryFolder(), 'ann');
  const disk = watchedDisk();
  await deliverToMaildir(disk, folder, message);
  assert.deepEqual(disk.done.slice(-4), ['flush', 'close', 'rename', 'flushFolder']);
  const [name = ''] = readdirSync(join(folder, 'new'));
  assert.match(name, /^1800000000\.M042Q1_0\.mbx1\./);
  assert.equal(
    readFileSync(join(folder, 'new', name), 'utf8'),
    'Return-Path: <bob@fabrikam.com>\r\nDelivered-To: ann@contoso.com\r\nSubject: a\r\n\r\nHi\r\n',
  );
  assert.equal(statSync(join(folder, 'new', name)).mode & 0o777, 0o600);
  assert.equal(statSync(folder).mode & 0o777, 0o700);
});

test('Maildir: the same message again replaces itself', async () => {
  const folder = join(temporaryFolder(), 'ann');
  const disk = watchedDisk();
  await deliverToMaildir(disk, folder, message);
  await deliverToMaildir(disk, folder, message);
  assert.equal(readdirSync(join(folder, 'new')).length, 1);
});

test('Maildir: a number that a clock set back has given twice replaces nobody', async () => {
  const folder = join(temporaryFolder(), 'ann');
  await deliverToMaildir(watchedDisk(), folder, message);
  await deliverToMaildir(watchedDisk(), folder, { ...message, receivedAt: message.receivedAt + 1 });
  assert.equal(readdirSync(join(folder, 'new')).length, 2);
});

test('Maildir: a disk that refuses leaves nothing in new', async () => {
  const folder = join(temporaryFolder(), 'ann');
  const disk = watchedDisk();
  disk.fail('flush', 'EIO');
  await assert.rejects(deliverToMaildir(disk, folder, message), { code: 'EIO' });
  assert.deepEqual(readdirSync(join(folder, 'new')), []);
  disk.fail('flush', undefined);
  await deliverToMaildir(disk, folder, message);
  assert.equal(readdirSync(join(folder, 'new')).length, 1);
});

test('Maildir: a reverse-path does not write lines of its own', async () => {
  const folder = join(temporaryFolder(), 'ann');
  await deliverToMaildir(watchedDisk(), folder, { ...message, reversePath: 'x>\r\nBcc: y' });
  const [name = ''] = readdirSync(join(folder, 'new'));
  assert.match(
    readFileSync(join(folder, 'new', name), 'utf8'),
    /^Return-Path: <x>\?\?Bcc: y>\r\nDelivered-To/,
  );
});
