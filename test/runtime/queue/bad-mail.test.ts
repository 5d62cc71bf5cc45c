import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { BadMail } from '../../../runtime/queue/bad-mail.ts';
import { nodeDisk } from '../../../runtime/queue/disk.ts';
import { listeningLog, temporaryFolder } from '../../support/spool.ts';
import { watchedDisk } from '../../support/watched-disk.ts';

function message(id: number) {
  return {
    id,
    messageId: '<1@contoso.com>',
    recipients: [{ forwardPath: 'a\r\nX-Evil: 1@fabrikam.com', reply: '550 5.1.1 No\u001b[2J' }],
    async *pieces() {
      yield Buffer.from('Subject: a\r\n');
      yield Buffer.from('\r\nHi\r\n');
    },
  };
}

test('bad mail: a message is kept with whom it was for and why, each on its line', async () => {
  const folder = join(temporaryFolder(), 'bad-mail');
  await new BadMail({ disk: nodeDisk, folder, log: listeningLog() }).keep(message(7));
  assert.equal(
    readFileSync(join(folder, '7.eml'), 'latin1'),
    'Return-Path: <>\r\nX-Undelivered-To: a??X-Evil: 1@fabrikam.com\r\n' +
      'X-Undelivered-Reason: 550 5.1.1 No?[2J\r\nSubject: a\r\n\r\nHi\r\n',
  );
});

test('bad mail: a full folder takes no more, and the log names what it missed', async () => {
  const folder = temporaryFolder();
  const log = listeningLog();
  const badMail = new BadMail({ disk: nodeDisk, folder, log, most: 2 });
  for (const id of [1, 2, 3]) await badMail.keep(message(id));
  assert.deepEqual(readdirSync(folder).sort(), ['1.eml', '2.eml']);
  assert.deepEqual(log.events, ['bad mail kept', 'bad mail kept', 'bad mail not kept']);
});

for (const operation of ['write', 'flush', 'rename'] as const) {
  test(`bad mail: a disk that refuses ${operation} is tried again`, async () => {
    const folder = temporaryFolder();
    const disk = watchedDisk();
    const badMail = new BadMail({ disk, folder, log: listeningLog() });
    disk.fail(operation, 'EIO');
    await assert.rejects(badMail.keep(message(1)), { code: 'EIO' });
    assert.ok(!existsSync(join(folder, '1.eml')));
    disk.fail(operation, undefined);
    await badMail.keep(message(1));
    assert.deepEqual(readdirSync(folder), ['1.eml']);
  });
}
