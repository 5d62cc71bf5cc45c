import assert from 'node:assert/strict';
import { test } from 'node:test';

import { receiveConnector } from '../../support/receive-connector.ts';
import { rehearseSession, settle } from '../../support/transcript.ts';

const transaction = 'HELO a\r\nMAIL FROM:<>\r\nRCPT TO:<ann@contoso.com>\r\n';

test('connection: pipelined commands are answered in one write', async () => {
  const { connection, writes } = rehearseSession({});
  connection.receive(Buffer.from(`${transaction}NOOP\r\n`));
  await settle();
  assert.equal(writes.length, 2);
  assert.equal(writes[1]?.split('\r\n').length, 5);
});

test('connection: an unexpected throw ends this session with 451', async () => {
  // A certificate without names makes the judgement throw, as a bug would.
  const session = rehearseSession({
    connector: { domainSecureEnabled: true },
    config: { tlsReceiveDomainSecureList: ['fabrikam.com'] },
    tls: { presented: { names: undefined as never } },
  });
  session.connection.receive(Buffer.from('HELO a\r\nSTARTTLS\r\n'));
  await settle();
  session.sent();
  session.connection.receive(Buffer.from('HELO a\r\nMAIL FROM:<bob@fabrikam.com>\r\n'));
  await settle();
  assert.equal(session.sent().split('\r\n')[1], '451 4.3.0 Temporary server error');
  assert.ok(session.isClosed());
});

test('connection: a client that is gone in the middle of its message leaves nothing behind', async () => {
  const { connection, spool } = rehearseSession({});
  connection.receive(Buffer.from(`${transaction}DATA\r\nSubject: a\r\n\r\nhalf`));
  connection.gone('reset');
  await settle();
  assert.deepEqual([spool.messages.length, spool.aborted], [0, 1]);
});

test('connection: a client that is gone behind the end of its message is served', async () => {
  const { connection, spool } = rehearseSession({});
  connection.receive(Buffer.from(`${transaction}DATA\r\nSubject: a\r\n\r\nwhole\r\n.\r\n`));
  connection.gone('reset');
  await settle();
  assert.equal(spool.messages.length, 1);
});

test('connection: RSET between chunks forgets the message', async () => {
  const { connection, spool } = rehearseSession({});
  connection.receive(Buffer.from(`${transaction}BDAT 5\r\n\r\nabcRSET\r\n`));
  await settle();
  assert.deepEqual([spool.messages.length, spool.aborted], [0, 1]);
});

test('connection: a client that runs ahead is asked to wait', async () => {
  const session = rehearseSession({
    connector: { limits: { ...receiveConnector().limits, tarpitInterval: 5 } },
  });
  session.connection.receive(Buffer.from('HELO a\r\nMAIL FROM:<>\r\nRCPT TO:<bob@fabrikam.example>\r\n'));
  assert.equal(session.isPaused(), false);
  session.connection.receive(Buffer.alloc(180_000, 'NOOP\r\n'));
  assert.equal(session.isPaused(), true);
  session.sent();
  session.clock.pass(5000);
  await settle();
  assert.equal(session.isPaused(), false);
  assert.equal(session.sent().split('250 2.0.0 OK').length - 1, 30_000);
});
