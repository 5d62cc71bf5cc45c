import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import * as tls from 'node:tls';
import { contentNeeds } from '../../../runtime/client/content-needs.ts';
import { deliverAll, type Parcel, type ParcelOutcome } from '../../../runtime/client/deliver.ts';
import { openSession } from '../../../runtime/client/open-session.ts';
import { systemClock } from '../../../runtime/clock.ts';
import type { Envelope } from '../../../runtime/message.ts';
import { scriptedServer } from '../../support/scripted-server.ts';
import { envelopeTo } from '../../support/spool.ts';

interface Message {
  readonly to: readonly string[];
  readonly text: string;
  readonly envelope?: Partial<Envelope>;
  readonly size?: number;
  /** Reads the message in pieces, as a large one. */
  readonly pieces?: readonly string[];
  readonly broken?: boolean;
}

interface Case {
  readonly title: string;
  readonly script: string;
  readonly messages: readonly Message[];
  readonly limit?: number;
  /** One line per settled message. */
  readonly outcomes: readonly string[];
}

const bob: Message = { to: ['bob@fabrikam.com'], text: 'Hi\r\n' };
const two: Message = { to: ['bob@fabrikam.com', 'eve@fabrikam.com'], text: 'Hi\r\n' };

const hello = (...extensions: readonly string[]): string =>
  [
    'S: 220 mail.fabrikam.com',
    'C: EHLO me',
    ...['me', ...extensions].map(
      (word, index, all) => `S: 250${index === all.length - 1 ? ' ' : '-'}${word}`,
    ),
  ].join('\n');

const cases: readonly Case[] = [
  {
    title: 'one message, word for word',
    script: `${hello()}
      C: MAIL FROM:<ann@contoso.com>
      S: 250 ok
      C: RCPT TO:<bob@fabrikam.com>
      S: 250 ok
      C: DATA
      S: 354 go
      C: Hi
      C: .
      S: 250 2.6.0 Queued`,
    messages: [bob],
    outcomes: ['0 delivered 250 2.6.0 Queued'],
  },
  {
    title: 'two messages, one behind the other',
    script: `${hello('PIPELINING', 'SIZE 1000')}
      C: MAIL FROM:<ann@contoso.com> SIZE=4
      C: RCPT TO:<bob@fabrikam.com>
      C: DATA
      S: 250 ok
      S: 250 ok
      S: 354 go
      C: Hi
      C: .
      C: MAIL FROM:<ann@contoso.com> SIZE=4
      C: RCPT TO:<bob@fabrikam.com>
      C: DATA
      S: 250 first
      S: 250 ok
      S: 250 ok
      S: 354 go
      C: Hi
      C: .
      S: 250 second`,
    messages: [bob, bob],
    outcomes: ['0 delivered 250 first', '0 delivered 250 second'],
  },
  {
    title: 'all replies of two messages in one packet',
    script: `${hello('PIPELINING')}
      C: MAIL FROM:<ann@contoso.com>
      C: RCPT TO:<bob@fabrikam.com>
      C: DATA
      S: 250 ok
      S: 250 ok
      S: 354 go
      C: Hi
      C: .
      C: MAIL FROM:<ann@contoso.com>
      C: RCPT TO:<bob@fabrikam.com>
      C: DATA
      RAW: "250 first\\r\\n250 ok\\r\\n250 ok\\r\\n354 go\\r\\n"
      C: Hi
      C: .
      S: 250 second`,
    messages: [bob, bob],
    outcomes: ['0 delivered 250 first', '0 delivered 250 second'],
  },
  {
    title: 'a session carries no more than its limit',
    script: `${hello('PIPELINING')}
      C: MAIL FROM:<ann@contoso.com>
      C: RCPT TO:<bob@fabrikam.com>
      C: DATA
      S: 250 ok
      S: 250 ok
      S: 354 go
      C: Hi
      C: .
      S: 250 first`,
    messages: [bob, bob],
    limit: 1,
    outcomes: ['0 delivered 250 first'],
  },
  {
    title: 'one recipient refused, one put off',
    script: `${hello('PIPELINING')}
      C: MAIL FROM:<ann@contoso.com>
      C: RCPT TO:<bob@fabrikam.com>
      C: RCPT TO:<eve@fabrikam.com>
      C: DATA
      S: 250 ok
      S: 550 5.1.1 User unknown
      S: 452 4.2.2 Mailbox full
      S: 554 5.5.1 No valid recipients`,
    messages: [two],
    outcomes: ['0 refused 550 5.1.1 User unknown, 1 put off 452 4.2.2 Mailbox full'],
  },
  {
    title: 'a transaction that came to nothing is reset before the next one',
    script: `${hello()}
      C: MAIL FROM:<ann@contoso.com>
      S: 250 ok
      C: RCPT TO:<bob@fabrikam.com>
      S: 550 5.1.1 User unknown
      C: RSET
      S: 250 ok
      C: MAIL FROM:<ann@contoso.com>
      S: 250 ok
      C: RCPT TO:<bob@fabrikam.com>
      S: 250 ok
      C: DATA
      S: 354 go
      C: Hi
      C: .
      S: 250 Queued`,
    messages: [bob, bob],
    outcomes: ['0 refused 550 5.1.1 User unknown', '0 delivered 250 Queued'],
  },
  {
    title: 'and so it is with pipelining',
    script: `${hello('PIPELINING')}
      C: MAIL FROM:<ann@contoso.com>
      C: RCPT TO:<bob@fabrikam.com>
      C: DATA
      S: 451 4.3.0 Later
      S: 503 5.5.1 No
      S: 503 5.5.1 No
      C: RSET
      C: MAIL FROM:<ann@contoso.com>
      C: RCPT TO:<bob@fabrikam.com>
      C: DATA
      S: 250 ok
      S: 250 ok
      S: 250 ok
      S: 354 go
      C: Hi
      C: .
      S: 250 Queued`,
    messages: [bob, bob],
    outcomes: ['0 put off 451 4.3.0 Later', '0 delivered 250 Queued'],
  },
  {
    title: 'a server that wants data for nobody gets an empty message',
    script: `${hello('PIPELINING')}
      C: MAIL FROM:<ann@contoso.com>
      C: RCPT TO:<bob@fabrikam.com>
      C: DATA
      S: 250 ok
      S: 550 5.1.1 User unknown
      S: 354 go
      C: .
      S: 554 5.5.1 No valid recipients`,
    messages: [bob],
    outcomes: ['0 refused 550 5.1.1 User unknown'],
  },
  {
    title: 'the message itself is refused',
    script: `${hello()}
      C: MAIL FROM:<ann@contoso.com>
      S: 250 ok
      C: RCPT TO:<bob@fabrikam.com>
      S: 250 ok
      C: RCPT TO:<eve@fabrikam.com>
      S: 550 5.1.1 User unknown
      C: DATA
      S: 354 go
      C: Hi
      C: .
      S: 554 5.7.1 Spam`,
    messages: [two],
    outcomes: ['1 refused 550 5.1.1 User unknown, 0 refused 554 5.7.1 Spam'],
  },
  {
    title: 'a message too large for the server is not sent',
    script: hello('PIPELINING', 'SIZE 1000'),
    messages: [{ ...bob, size: 1001 }],
    outcomes: ['0 refused 552 5.3.4 Message size exceeds fixed maximum message size of the next server'],
  },
  {
    title: 'DSN parameters are handed on',
    script: `${hello('DSN')}
      C: MAIL FROM:<ann@contoso.com> RET=HDRS ENVID=a+2Bb
      S: 250 ok
      C: RCPT TO:<bob@fabrikam.com> NOTIFY=SUCCESS,FAILURE ORCPT=rfc822;bob@fabrikam.com
      S: 250 ok
      C: DATA
      S: 354 go
      C: Hi
      C: .
      S: 250 Queued`,
    messages: [
      {
        ...bob,
        envelope: {
          ret: 'HDRS',
          envelopeId: 'a+2Bb',
          recipients: [
            {
              forwardPath: 'bob@fabrikam.com',
              notify: ['SUCCESS', 'FAILURE'],
              originalRecipient: 'rfc822;bob@fabrikam.com',
            },
          ],
        },
      },
    ],
    outcomes: ['0 delivered 250 Queued'],
  },
  {
    title: 'a success DSN that the server cannot send is ours to send',
    script: `${hello()}
      C: MAIL FROM:<ann@contoso.com>
      S: 250 ok
      C: RCPT TO:<bob@fabrikam.com>
      S: 250 ok
      C: DATA
      S: 354 go
      C: Hi
      C: .
      S: 250 Queued`,
    messages: [
      { ...bob, envelope: { recipients: [{ forwardPath: 'bob@fabrikam.com', notify: ['SUCCESS'] }] } },
    ],
    outcomes: ['0 relayed 250 Queued'],
  },
  {
    title: '8-bit content to a server that takes it',
    script: `${hello('8BITMIME')}
      C: MAIL FROM:<ann@contoso.com> BODY=8BITMIME
      S: 550 5.7.1 No`,
    messages: [{ ...bob, text: 'gr\u00fc\u00dfe\r\n', envelope: { body: '8BITMIME' } }],
    outcomes: ['0 refused 550 5.7.1 No'],
  },
  {
    title: '8-bit content to a server that does not',
    script: hello(),
    messages: [{ ...bob, text: 'gr\u00fc\u00dfe\r\n', envelope: { body: '8BITMIME' } }],
    outcomes: ['0 refused 554 5.6.3 The next server takes 7-bit content only, and it is not converted'],
  },
  {
    title: '8-bit content that was only announced',
    script: `${hello()}
      C: MAIL FROM:<ann@contoso.com>
      S: 550 5.7.1 No`,
    messages: [{ ...bob, envelope: { body: '8BITMIME' } }],
    outcomes: ['0 refused 550 5.7.1 No'],
  },
  {
    title: 'binary content by BDAT',
    script: `${hello('BINARYMIME', 'CHUNKING', 'PIPELINING')}
      C: MAIL FROM:<ann@contoso.com> BODY=BINARYMIME
      C: RCPT TO:<bob@fabrikam.com>
      S: 250 ok
      S: 250 ok
      C: BDAT 6 LAST
      C: .a\u0000b
      S: 250 Queued`,
    messages: [{ ...bob, text: '.a\u0000b\r\n', envelope: { body: 'BINARYMIME' } }],
    outcomes: ['0 delivered 250 Queued'],
  },
  {
    title: 'internationalized addresses need SMTPUTF8',
    script: hello('8BITMIME'),
    messages: [{ ...bob, to: ['b\u00f6b@fabrikam.com'], envelope: { smtpUtf8: true } }],
    outcomes: ['0 refused 550 5.6.7 The next server does not take internationalized addresses or headers'],
  },
  {
    title: 'and travel as UTF-8 where it is there',
    script: `${hello('SMTPUTF8')}
      C: MAIL FROM:<ann@contoso.com> SMTPUTF8
      S: 250 ok
      C: RCPT TO:<b\u00f6b@fabrikam.com>
      S: 550 5.1.1 No`,
    messages: [{ ...bob, to: ['b\u00f6b@fabrikam.com'], envelope: { smtpUtf8: true } }],
    outcomes: ['0 refused 550 5.1.1 No'],
  },
  {
    title: 'an address that would end its command is not sent',
    script: hello(),
    messages: [{ ...bob, to: ['bob@fabrikam.com>\r\nRSET'] }],
    outcomes: ['0 refused 553 5.1.3 A mailbox holds characters that no command may hold'],
  },
  {
    title: 'nor one that would add parameters to it',
    script: hello(),
    messages: [{ ...bob, to: ['"a"> NOTIFY=NEVER <b@fabrikam.com'] }],
    outcomes: ['0 refused 553 5.1.3 A mailbox holds characters that no command may hold'],
  },
  {
    title: 'but a quoted local-part may hold what it likes',
    script: `${hello()}
      C: MAIL FROM:<ann@contoso.com>
      S: 250 ok
      C: RCPT TO:<"a> <\\"b"@fabrikam.com>
      S: 550 5.1.1 No`,
    messages: [{ ...bob, to: ['"a> <\\"b"@fabrikam.com'] }],
    outcomes: ['0 refused 550 5.1.1 No'],
  },
  {
    title: 'a large message in pieces',
    script: `${hello('PIPELINING')}
      C: MAIL FROM:<ann@contoso.com>
      C: RCPT TO:<bob@fabrikam.com>
      C: DATA
      S: 250 ok
      S: 250 ok
      S: 354 go
      C: first
      C: ..second
      C: .
      S: 250 Queued`,
    messages: [{ ...bob, pieces: ['first\r', '\n.sec', 'ond'] }],
    outcomes: ['0 delivered 250 Queued'],
  },
  {
    title: 'a message that cannot be read to its end is never ended',
    script: `${hello()}
      C: MAIL FROM:<ann@contoso.com>
      S: 250 ok
      C: RCPT TO:<bob@fabrikam.com>
      S: 250 ok
      C: DATA
      S: 354 go
      C: first
      C: the end of the connection`,
    messages: [{ ...bob, pieces: ['first\r\n'], broken: true }],
    outcomes: ['unreadable injected'],
  },
  {
    title: '421 ends the session, and the message behind it has lost nothing',
    script: `${hello('PIPELINING')}
      C: MAIL FROM:<ann@contoso.com>
      C: RCPT TO:<bob@fabrikam.com>
      C: DATA
      S: 250 ok
      S: 250 ok
      S: 354 go
      C: Hi
      C: .
      S: 421 4.3.2 Service not available`,
    messages: [bob, bob],
    outcomes: ['interrupted 421 4.3.2 Service not available', 'interrupted 421 4.3.2 Service not available'],
  },
  {
    title: 'a connection that breaks in the middle',
    script: `${hello()}
      C: MAIL FROM:<ann@contoso.com>
      S: 250 ok
      C: RCPT TO:<bob@fabrikam.com>
      CLOSE`,
    messages: [bob],
    outcomes: ['interrupted 421 4.4.2 Connection dropped: the server closed the connection'],
  },
  {
    title: 'hostile: what is no reply',
    script: `${hello()}
      C: MAIL FROM:<ann@contoso.com>
      RAW: "HTTP/1.1 400 Bad Request\\r\\n"`,
    messages: [bob],
    outcomes: ['interrupted 421 4.4.2 Connection dropped: the server sent a line that is no SMTP reply'],
  },
  {
    title: 'a 250 to DATA is no delivery',
    script: `${hello()}
      C: MAIL FROM:<ann@contoso.com>
      S: 250 ok
      C: RCPT TO:<bob@fabrikam.com>
      S: 250 ok
      C: DATA
      S: 250 ok`,
    messages: [bob],
    outcomes: ['0 put off 250 ok'],
  },
  {
    title: 'hostile: replies that nobody asked for',
    script: `${hello()}
      C: MAIL FROM:<ann@contoso.com>
      RAW: "250 a\\r\\n250 a\\r\\n250 a\\r\\n250 a\\r\\n250 a\\r\\n250 a\\r\\n250 a\\r\\n250 a\\r\\n250 a\\r\\n250 a\\r\\n250 a\\r\\n"`,
    messages: [bob],
    outcomes: ['interrupted 421 4.4.2 Connection dropped: the server sent replies that nobody asked for'],
  },
];

for (const { title, script, messages, limit = 20, outcomes } of cases) {
  test(`deliver: ${title}`, { timeout: 10_000 }, async (context) => {
    const server = await scriptedServer(context, script);
    const session = await sessionTo(context, server.port);
    const waiting = messages.map(parcelOf);
    const settled: string[] = [];
    await deliverAll(session, limit, {
      take: () => waiting.shift(),
      settle: (_parcel, outcome) => settled.push(inWords(outcome)),
    });
    assert.deepEqual(settled, outcomes);
    session.dialogue.destroy();
    await server.done;
  });
}

async function sessionTo(context: TestContext, port: number): ReturnType<typeof openSession> {
  const session = await openSession({
    endpoint: { address: '127.0.0.1', port },
    clientName: 'me',
    greeting: 'EHLO',
    tls: { level: 'none', expectedNames: [], roots: 'authorities' },
    secureContext: () => tls.createSecureContext(),
    authorities: new Map(),
    clock: systemClock,
    stop: new AbortController().signal,
  });
  context.after(() => session.dialogue.destroy());
  return session;
}

function parcelOf({ to, text, envelope, size, pieces, broken }: Message): Parcel {
  const whole = Buffer.from(text, 'latin1');
  const full = envelopeTo(to, envelope);
  const read = async function* (): AsyncGenerator<Buffer> {
    for (const piece of pieces ?? [text]) yield Buffer.from(piece, 'latin1');
    if (broken === true) throw new Error('injected');
  };
  return {
    id: 1,
    envelope: full,
    places: full.recipients.map((_, place) => place),
    size: size ?? whole.length,
    ...(pieces === undefined && { whole }),
    pieces: read,
    needs: () => contentNeeds(read()),
  };
}

function inWords(outcome: ParcelOutcome): string {
  switch (outcome.kind) {
    case 'answered':
      return outcome.recipients.map(({ place, kind, reply }) => `${place} ${kind} ${reply}`).join(', ');
    case 'interrupted':
      return `interrupted ${outcome.reply}`;
    case 'unreadable':
      return `unreadable ${outcome.error instanceof Error ? outcome.error.message : 'x'}`;
  }
}
