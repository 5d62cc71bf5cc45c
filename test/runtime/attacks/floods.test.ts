import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';

import type { Endpoint } from '../../../runtime/config.ts';
import { startTransport } from '../../../runtime/main.ts';
import { issue } from '../../support/certificates.ts';
import { receiveConnector, type ReceiveConnectorChanges } from '../../support/receive-connector.ts';
import { SmtpDialogue } from '../../support/smtp-dialogue.ts';
import { temporaryFolder } from '../../support/spool.ts';
import { rehearseSession, settle } from '../../support/transcript.ts';
import { server, transportConfig } from '../../support/transport-config.ts';

/* Whoever sends too much, too little or nonsense costs himself a session, and nobody else anything. */

const certificate = await issue({ domains: ['mbx1.contoso.com'] });
const limit = { timeout: 30_000 };

async function listening(
  context: TestContext,
  changes: ReceiveConnectorChanges = {},
): Promise<{ readonly endpoint: Endpoint; stopped(): Promise<string> }> {
  const bundleFolder = temporaryFolder();
  mkdirSync(join(bundleFolder, 'keys'));
  writeFileSync(join(bundleFolder, 'mbx1.pem'), certificate.certificate);
  writeFileSync(join(bundleFolder, 'keys', 'mbx1.key'), certificate.privateKey);
  const transport = await startTransport({
    config: transportConfig({
      servers: [server({ name: 'MBX1', addresses: ['10.0.0.11'] })],
      certificates: [
        {
          name: 'mbx1',
          file: 'mbx1.pem',
          keyFile: 'mbx1.key',
          domains: ['mbx1.contoso.com'],
          installedOn: ['MBX1'],
          smtp: true,
          issuedBy: 'selfSigned',
        },
      ],
      receiveConnectors: [
        receiveConnector({
          name: 'Everybody',
          server: 'MBX1',
          fqdn: 'mbx1.contoso.com',
          bindings: [{ address: '10.0.0.11', port: 25 }],
          ...changes,
        }),
      ],
    }),
    bundleFolder,
    mode: 'rehearsal',
  });
  let stopping: Promise<void> | undefined;
  const stop = (): Promise<void> => (stopping ??= transport.stop(0));
  context.after(stop);
  return {
    endpoint: transport.endpoints[0]!.local,
    stopped: () =>
      Promise.race([
        stop().then(() => 'all sockets closed'),
        new Promise<string>((resolve) => setTimeout(() => resolve('a socket is open'), 3000).unref()),
      ]),
  };
}

async function greeted(context: TestContext, endpoint: Endpoint): Promise<SmtpDialogue> {
  const client = new SmtpDialogue(endpoint, '127.0.0.1');
  context.after(() => client.close());
  assert.match(await client.reply(), /^220 /);
  return client;
}

/** Nobody else has noticed anything. */
async function assertServes(context: TestContext, endpoint: Endpoint): Promise<void> {
  const client = await greeted(context, endpoint);
  assert.match(await client.ask('EHLO a'), /^250-/);
  client.close();
}

test('flood: who reads no replies is read no further', limit, async (context) => {
  const { endpoint } = await listening(context);
  const client = await greeted(context, endpoint);
  client.socket.pause();
  const noops = Buffer.alloc(1_200_000, 'NOOP\r\n');
  let sent = 0;
  // More than the buffers of both systems hold; a server that reads on would take it all.
  for (let round = 0; round < 40; round += 1) {
    sent += noops.length;
    client.socket.write(noops);
  }
  const waiting = (): number => client.socket.writableLength;
  let before = -1;
  while (waiting() !== before) {
    before = waiting();
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
  assert.ok(before > sent / 4, `the server took all but ${before} of ${sent}`);
  await assertServes(context, endpoint);
});

test('flood: connections beyond their number are told so', limit, async (context) => {
  const { endpoint } = await listening(context, { limits: { maxInboundConnectionPerSource: 5 } });
  const clients = Array.from({ length: 40 }, () => new SmtpDialogue(endpoint, '127.0.0.1'));
  const greetings = await Promise.all(clients.map((client) => client.reply()));
  assert.equal(greetings.filter((greeting) => greeting.startsWith('220 ')).length, 5);
  assert.equal(greetings.filter((greeting) => greeting.startsWith('421 4.3.2 ')).length, 35);
  for (const client of clients) client.close();
});

const handshakes: readonly { readonly title: string; readonly bytes: Buffer }[] = [
  { title: 'nothing and the end', bytes: Buffer.alloc(0) },
  { title: 'a command', bytes: Buffer.from('EHLO again\r\n') },
  { title: 'random bytes', bytes: randomBytes(10_000) },
  { title: 'a record of the greatest length that never ends', bytes: Buffer.from([22, 3, 1, 255, 255, 1]) },
  { title: 'an alert', bytes: Buffer.from([21, 3, 3, 0, 2, 2, 40]) },
  { title: 'a hello that is cut off', bytes: Buffer.from('16030100c8010000c40303', 'hex') },
  { title: 'SSL 2', bytes: Buffer.from('802e0100020015000000100100800200800300800400800500800600', 'hex') },
  { title: 'empty records', bytes: Buffer.alloc(50_000, Buffer.from([22, 3, 3, 0, 0])) },
];

for (const { title, bytes } of handshakes) {
  test(`handshake: ${title} ends its own session`, limit, async (context) => {
    const { endpoint } = await listening(context);
    const client = await greeted(context, endpoint);
    await client.ask('EHLO a');
    assert.match(await client.ask('STARTTLS'), /^220 /);
    client.socket.on('error', () => undefined);
    client.socket.end(bytes);
    // A TLS alert is no reply, so only the end counts.
    await new Promise((resolve) => client.socket.once('close', resolve).resume());
    await assertServes(context, endpoint);
  });
}

test('handshake: silence in it ends when silence elsewhere does', limit, async (context) => {
  const limits = { connectionTimeout: 600, connectionInactivityTimeout: 1 };
  const { endpoint } = await listening(context, { limits });
  const client = await greeted(context, endpoint);
  await client.ask('EHLO a');
  await client.ask('STARTTLS');
  client.socket.on('error', () => undefined);
  await new Promise((resolve) => client.socket.once('close', resolve).resume());
});

test(
  'handshake: a second one inside the session is refused, and costs the session',
  limit,
  async (context) => {
    const { endpoint, stopped } = await listening(context);
    const client = await greeted(context, endpoint);
    await client.ask('EHLO a');
    await client.ask('STARTTLS');
    const socket = await client.secure({ maxVersion: 'TLSv1.2' });
    socket.on('error', () => undefined);
    assert.match(await client.ask('EHLO a'), /^250-/);
    // A server that takes it does so at once; one that does not says no, and OpenSSL's client may wait for more.
    const outcome = await new Promise<'renegotiated' | 'refused'>((resolve) => {
      const isOver = setTimeout(() => resolve('refused'), 1000);
      context.after(() => clearTimeout(isOver));
      socket.renegotiate({ rejectUnauthorized: false }, (error) =>
        resolve(error === null ? 'renegotiated' : 'refused'),
      );
    });
    assert.equal(outcome, 'refused');
    assert.equal(await stopped(), 'all sockets closed');
  },
);

const begun = 'EHLO a\r\nMAIL FROM:<>\r\nRCPT TO:<ann@contoso.com>\r\n';

interface Flood {
  readonly title: string;
  readonly begin: string;
  /** Sent again and again. */
  readonly more: string;
  /** How often, at most, until the server has had enough. */
  readonly times: number;
  readonly reply: RegExp;
  readonly closed: boolean;
}

const floods: readonly Flood[] = [
  {
    title: 'a command line without end',
    begin: '',
    more: 'a'.repeat(10_000),
    times: 20,
    reply: /500 5\.5\.2 Lines end with CR LF\r\n$/,
    closed: true,
  },
  {
    title: 'commands that nobody knows',
    begin: 'EHLO a\r\n',
    more: 'XYZZY\r\n',
    times: 20,
    reply: /421 4\.7\.0 Too many protocol errors, closing transmission channel\r\n$/,
    closed: true,
  },
  {
    title: 'a header field without end',
    begin: `${begun}DATA\r\nSubject: `,
    more: 'a'.repeat(10_000),
    times: 200,
    reply: /552 5\.3\.4 Message header exceeds fixed maximum header size\r\n$/,
    closed: false,
  },
  {
    title: 'header fields without end',
    begin: `${begun}DATA\r\n`,
    more: 'X: y\r\n'.repeat(1000),
    times: 200,
    reply: /552 5\.3\.4 Message header exceeds fixed maximum header size\r\n$/,
    closed: false,
  },
  {
    title: 'a message without end',
    begin: `${begun}DATA\r\n\r\n`,
    more: `${'a'.repeat(9_998)}\r\n`,
    times: 300,
    reply: /552 5\.3\.4 Message size exceeds fixed maximum message size\r\n$/,
    closed: false,
  },
  {
    title: 'recipients without end',
    begin: begun,
    more: 'RCPT TO:<ann@contoso.com>\r\n',
    times: 1000,
    reply: /452 4\.5\.3 Too many recipients\r\n$/,
    closed: false,
  },
  {
    title: 'chunks without end',
    begin: `${begun}BDAT 2\r\n\r\n`,
    more: `BDAT 10000\r\n${'a'.repeat(10_000)}`,
    times: 300,
    reply: /503 5\.5\.2 Need mail command\r\n$|421 4\.7\.0 Too many protocol errors[^\r]*\r\n$/,
    closed: true,
  },
  {
    title: 'empty chunks without end',
    begin: begun,
    more: 'BDAT 0\r\n',
    times: 1000,
    reply: /250 2\.6\.0 Chunk received, 0 octets\r\n$/,
    closed: false,
  },
];

for (const { title, begin, more, times, reply, closed } of floods) {
  test(`flood: ${title}`, limit, async () => {
    const session = rehearseSession({
      connector: receiveConnector({ limits: { maxMessageSize: 1_000_000 } }),
    });
    let said = '';
    const send = async (text: string): Promise<void> => {
      session.connection.receive(Buffer.from(text));
      await settle();
      said = (said + session.sent()).slice(-1000);
    };
    await send(begin);
    for (let round = 0; round < times && !session.isClosed(); round += 1) await send(more);
    if (!closed && begin.includes('DATA')) await send('\r\n.\r\n');
    assert.match(said, reply);
    assert.equal(session.isClosed(), closed);
    assert.equal(session.spool.messages.length, 0);
    // What is refused is not kept until its end comes.
    const kept = session.spool.aborted;
    if (title.startsWith('a message') || title.startsWith('chunks')) assert.equal(kept, 1);
  });
}

const sizes = [
  { command: 'BDAT 999999999999999', outcome: 'waits for it' },
  { command: 'BDAT 9999999999999999', outcome: '501, closed' },
  { command: 'BDAT 99999999999999999999999999 LAST', outcome: '501, closed' },
  { command: 'BDAT -1', outcome: '501, closed' },
  { command: 'BDAT 1e3', outcome: '501, closed' },
  { command: 'BDAT 0x10', outcome: '501, closed' },
  { command: 'BDAT', outcome: '501, closed' },
  { command: 'BDAT 5 LAST LAST', outcome: '501, closed' },
];

for (const { command, outcome } of sizes) {
  test(`chunk: ${command}: ${outcome}`, async () => {
    const session = rehearseSession({});
    session.connection.receive(Buffer.from(`${begun}${command}\r\nNOOP\r\n`));
    await settle();
    assert.equal(session.isClosed(), outcome !== 'waits for it');
    if (outcome !== 'waits for it') assert.match(session.sent(), /\r\n501 5\.5\.4 Invalid arguments\r\n$/);
    assert.equal(session.spool.messages.length, 0);
  });
}

test('slow: one octet a minute ends with the session, not with the message', async () => {
  const session = rehearseSession({
    connector: receiveConnector({ limits: { connectionTimeout: 600, connectionInactivityTimeout: 300 } }),
  });
  session.connection.receive(Buffer.from(`${begun}DATA\r\n`));
  await settle();
  for (let minute = 0; minute < 11 && !session.isClosed(); minute += 1) {
    session.connection.receive(Buffer.from('a'));
    session.clock.pass(60_000);
    await settle();
  }
  assert.ok(session.isClosed());
  assert.match(session.sent(), /421 4\.4\.1 Connection timed out\r\n$/);
  assert.equal(session.spool.messages.length, 0);
});
