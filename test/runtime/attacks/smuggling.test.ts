import assert from 'node:assert/strict';
import { test } from 'node:test';

import { OutgoingData } from '../../../runtime/client/outgoing-data.ts';
import { rehearseSession, settle } from '../../support/transcript.ts';
import type { RehearsedSession } from '../../support/transcript.ts';

/*
 * A message is smuggled where one server takes something for the end of mail data that another one takes for text: every
 * line end that some server is known to take for one, in front of the dot and behind it.
 */

const lineEnds = [
  '\r\n',
  '\n',
  '\r',
  '\r\r\n',
  '\n\r',
  '\r\n\n',
  '\0\r\n',
  '\r\0\n',
  '\r\n\0',
  '\x85',
  '\x0b',
  '\x0c',
];
const pairs = lineEnds.flatMap((before) => lineEnds.map((after) => ({ before, after })));
const forms = pairs.filter(({ before, after }) => !endsInCrLf(before) || !beginsWithCrLf(after));

/** In front of the dot only the last two octets count, behind it only the first two. */
function endsInCrLf(text: string): boolean {
  return text.endsWith('\r\n');
}

function beginsWithCrLf(text: string): boolean {
  return text.startsWith('\r\n');
}

const envelope = 'MAIL FROM:<bob@fabrikam.example>\r\nRCPT TO:<ann@contoso.com>\r\n';
const smuggled =
  'MAIL FROM:<ceo@contoso.com>\r\nRCPT TO:<carl@contoso.com>\r\nDATA\r\nSubject: fraud\r\n\r\nfraud';
/** Something that a lenient server could take for the end of mail data. */
const anyEnd = /(?:^|\r\n|[\r\n])\.(?:\r\n|[\r\n])/;

async function receive(wire: string, size: number, rejection: boolean): Promise<RehearsedSession> {
  const session = rehearseSession({ connector: { bareLinefeedRejectionEnabled: rejection } });
  const bytes = Buffer.from(wire, 'latin1');
  for (let at = 0; at < bytes.length; at += size) session.connection.receive(bytes.subarray(at, at + size));
  // Each octet that is written takes a turn of the event loop.
  for (let turn = 0; turn < bytes.length / size + 3; turn += 8) await settle();
  return session;
}

function outgoing(text: string, size: number): string {
  const data = new OutgoingData();
  const bytes = Buffer.from(text, 'latin1');
  let wire = '';
  for (let at = 0; at < bytes.length; at += size)
    wire += data.encode(bytes.subarray(at, at + size)).toString('latin1');
  return wire + data.end();
}

for (const { before, after } of forms) {
  const shown = JSON.stringify(`${before}.${after}`);
  const body = `Subject: one\r\n\r\nbody${before}.${after}${smuggled}`;

  test(`smuggling: ${shown} in mail data is one message from one sender`, async () => {
    for (const rejection of [false, true]) {
      for (const size of [1, 3, 10_000]) {
        const wire = `EHLO a\r\n${envelope}DATA\r\n${body}\r\n.\r\nNOOP\r\n`;
        const { spool, sent } = await receive(wire, size, rejection);
        const senders = spool.messages.map(({ envelope: { reversePath } }) => reversePath);
        assert.ok(!senders.includes('ceo@contoso.com'), 'the second message was taken');
        assert.ok(senders.length <= 1);
        // The dialogue is where the client believes it to be.
        assert.match(sent(), /\r\n250 2\.0\.0 OK\r\n$/);
        for (const { text } of spool.messages) assert.match(text, /Subject: fraud/);
      }
    }
  });

  test(`smuggling: ${shown} leaves as text, whoever reads it`, async () => {
    const wire = `EHLO a\r\n${envelope}BDAT ${body.length} LAST\r\n${body}`;
    const { spool } = await receive(wire, 10_000, false);
    const [message] = spool.messages;
    assert.ok(message);
    for (const size of [1, 2, 3, 10_000]) {
      const sent = outgoing(message.text, size);
      assert.ok(sent.endsWith('\r\n.\r\n'));
      assert.doesNotMatch(sent.slice(0, -3), anyEnd);
    }
  });
}

test('smuggling: a chunk that tells too small a size leaves its rest to the commands', async () => {
  const { spool, sent } = await receive(
    `EHLO a\r\n${envelope}BDAT 3 LAST\r\n\r\nxMAIL FROM:<>\r\n`,
    1,
    false,
  );
  assert.equal(spool.messages.length, 1);
  assert.match(sent(), /Queued mail for delivery\r\n250 2\.1\.0 Sender OK\r\n$/);
});
