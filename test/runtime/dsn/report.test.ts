import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { readHeader } from '../../../runtime/dsn/original.ts';
import { writeDsn, type RecipientReport, type Report } from '../../../runtime/dsn/report.ts';
import { fromXtext, headerText, typedAddress } from '../../../runtime/dsn/text.ts';
import { envelopeTo } from '../../support/spool.ts';

const bob: RecipientReport = {
  recipient: { forwardPath: 'bob@fabrikam.com' },
  action: 'failed',
  reply: '550 5.1.1 User unknown',
  remoteServer: 'mail.fabrikam.com',
};

const plain: Report = {
  reportingServer: 'mbx1.contoso.com',
  postmaster: 'postmaster@contoso.com',
  envelope: envelopeTo(['bob@fabrikam.com']),
  recipients: [bob],
  subject: 'Lunch',
  now: 1_800_000_060_000,
  retryUntil: 1_800_172_800_000,
  unique: 'b1946ac9-2492-4d23-87c6-235b4d2611184',
  returned: 'message',
  marksNdr: true,
};

const cases: Readonly<Record<string, Report>> = {
  'refused-by-the-next-server': plain,
  'expired-for-two': {
    ...plain,
    recipients: [
      {
        recipient: { forwardPath: 'bob@fabrikam.com' },
        action: 'failed',
        reply: '550 4.4.7 QUEUE.Expired; message expired',
      },
      {
        recipient: { forwardPath: 'eve@fabrikam.com' },
        action: 'failed',
        reply: '550 4.4.7 QUEUE.Expired; message expired',
      },
    ],
    marksNdr: false,
  },
  'with-an-8-bit-message': { ...plain, returned: '8-bit message' },
  delayed: {
    ...plain,
    recipients: [{ ...bob, action: 'delayed', reply: '451 4.4.0 DNS query failed' }],
    returned: 'header',
  },
  'relayed-with-all-parameters': {
    ...plain,
    envelope: envelopeTo(['bob@fabrikam.com'], { envelopeId: 'QQ314159+2B1' }),
    recipients: [
      {
        ...bob,
        recipient: {
          forwardPath: 'bob@fabrikam.com',
          originalRecipient: 'rfc822;robert+2Bwork@fabrikam.com',
          notify: ['SUCCESS'],
        },
        action: 'relayed',
        reply: '250 2.6.0 Queued',
      },
    ],
    returned: 'header',
  },
  'hostile-and-in-other-scripts': {
    ...plain,
    envelope: envelopeTo(['b\u00f6b@fabrikam.com'], {
      envelopeId: 'a+0D+0ABcc: x',
      messageId: '<x\r\nBcc: y>',
    }),
    recipients: [
      {
        ...bob,
        recipient: {
          forwardPath: 'b\u00f6b@fabrikam.com',
          originalRecipient: 'utf-8;b+0D+0AAction: delivered',
        },
        reply: '550 no\r\nAction: delivered',
        remoteServer: 'evil\r\nBcc: z',
      },
    ],
    subject:
      'Gr\u00fc\u00dfe aus M\u00fcnchen, und zwar so viele, da\u00df sie nicht in eine Zeile passen\r\nBcc: q',
  },
};

const folder = 'test/runtime/dsn/golden';

for (const [name, report] of Object.entries(cases)) {
  test(`DSN: ${name.replaceAll('-', ' ')}`, () => {
    const { before, after } = writeDsn(report);
    const written = `${before}[original]\r\n${after}`;
    if (process.env.UPDATE_GOLDEN !== undefined) {
      mkdirSync(folder, { recursive: true });
      writeFileSync(`${folder}/${name}.txt`, written.replaceAll('\r\n', '\n'));
    }
    assert.match(written, /^(?:[\t\x20-\x7e]{0,998}\r\n)*$/);
    assert.equal(written.replaceAll('\r\n', '\n'), readFileSync(`${folder}/${name}.txt`, 'utf8'));
  });
}

test('DSN: every golden file has its case', () => {
  assert.deepEqual(
    readdirSync(folder).sort(),
    Object.keys(cases)
      .map((name) => `${name}.txt`)
      .sort(),
  );
});

const headers = [
  {
    title: 'folded',
    message: 'Subject: a\r\n b\r\nTo: c\r\n\r\nbody',
    subject: 'a b',
    text: 'Subject: a\r\n b\r\nTo: c\r\n',
  },
  { title: 'missing', message: 'To: c\r\n\r\nSubject: body', subject: '', text: 'To: c\r\n' },
  {
    title: 'with other scripts',
    message: 'Subject: \u00fc\r\n\r\n',
    subject: '\u00fc',
    text: 'Subject: ?\r\n',
  },
  { title: 'without an end', message: 'Subject: a\r\nTo: b', subject: 'a', text: 'Subject: a\r\n' },
  { title: 'empty', message: '', subject: '', text: '' },
];

for (const { title, message, subject, text } of headers) {
  test(`DSN: a returned header that is ${title}`, async () => {
    const pieces = async function* (): AsyncGenerator<Buffer> {
      for (const byte of Buffer.from(message)) yield Buffer.of(byte);
    };
    assert.deepEqual(await readHeader(pieces()), { subject, text });
  });
}

test('DSN: text forms', () => {
  assert.equal(fromXtext('a+2Bb+3Dc+zz'), 'a+b=c+zz');
  assert.equal(typedAddress('bob@fabrikam.com'), 'rfc822;bob@fabrikam.com');
  assert.equal(typedAddress('b\u00f6b@fabrikam.com'), 'utf-8;b\\x{F6}b@fabrikam.com');
  assert.equal(headerText('\u{1f600}'.repeat(30)).split('\r\n ').length, 3);
});
