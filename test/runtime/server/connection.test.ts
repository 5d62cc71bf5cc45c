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

test('connection: the protocol log keeps no password', async () => {
  const { connection, logged } = rehearseSession({ connector: { protocolLoggingLevel: 'Verbose' } });
  connection.receive(Buffer.from('EHLO a\r\nAUTH PLAIN AGFubgBzZWNyZXQ=\r\n'));
  await settle();
  assert.ok(logged.some((line) => line.includes('AUTH PLAIN <authentication response>')));
  assert.ok(!logged.join('').includes('AGFubgBzZWNyZXQ='));
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

const wholeSession = Buffer.from(
  `EHLO a\r\nMAIL FROM:<>\r\nRCPT TO:<ann@contoso.com>\r\nDATA\r\nMessage-ID: <1@a>\r\n\r\n..\r\n.\r\n` +
    'MAIL FROM:<>\r\nRCPT TO:<ann@contoso.com>\r\nBDAT 19\r\nMessage-ID: <2@a>\r\nBDAT 7 LAST\r\n\r\n.\r\nx\nBDAT 3\r\nabc' +
    'NONSENSE\r\nQUIT\r\n',
);

test('connection: whatever the cut, the dialogue is the same', async () => {
  const outcomes = await Promise.all(
    [1, 2, 3, 1000].map(async (size) => {
      const { connection, sent, spool } = rehearseSession({});
      for (let at = 0; at < wholeSession.length; at += size) {
        connection.receive(wholeSession.subarray(at, at + size));
      }
      await settle();
      await settle();
      return { sent: sent(), messages: spool.messages.map(({ text }) => text) };
    }),
  );
  const [first, ...others] = outcomes;
  assert.match(first?.messages[0] ?? '', /<1@a>\r\n\r\n\.\r\n$/);
  assert.match(first?.messages[1] ?? '', /<2@a>\r\n\r\n\.\r\nx\r\n$/);
  assert.match(first?.sent ?? '', /\r\n503 .*\r\n500 .*\r\n221 .*\r\n$/);
  for (const other of others) assert.deepEqual(other, first);
});
