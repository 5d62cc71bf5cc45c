import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { after, before, test } from 'node:test';

import { systemClock } from '../../../runtime/clock.ts';
import type { Endpoint, TransportConfig } from '../../../runtime/config.ts';
import { jsonLog } from '../../../runtime/log.ts';
import { rehearsalSourceAddress, whereListens } from '../../../runtime/server/endpoints.ts';
import { openInternalHop } from '../../../runtime/server/internal-hop.ts';
import type { InternalHop } from '../../../runtime/server/internal-hop.ts';
import { startServer } from '../../../runtime/server/server.ts';
import type { RunningServer, ServerOptions } from '../../../runtime/server/server.ts';
import { makeSelfSigned } from '../../../runtime/server/self-signed.ts';
import { loadTlsMaterial } from '../../../runtime/server/tls-material.ts';
import { StartFailure } from '../../../runtime/start-failure.ts';
import { issue, makeAuthority } from '../../support/certificates.ts';
import type { Issued, TestAuthority } from '../../support/certificates.ts';
import { memorySpool } from '../../support/memory-spool.ts';
import type { MemorySpool } from '../../support/memory-spool.ts';
import { receiveConnector, receivingConfig } from '../../support/receive-connector.ts';
import { SmtpDialogue } from '../../support/smtp-dialogue.ts';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const fabrikamClient = '127.0.0.1';
const stranger = '127.0.0.2';
const nobody = '127.0.0.3';
const data = mkdtempSync(join(tmpdir(), 'mailtopo-server-'));

let contosoRoot: TestAuthority;
let fabrikamRoot: TestAuthority;
let otherRoot: TestAuthority;
let tailspin: Issued;
let config: TransportConfig;
let options: ServerOptions;
let spool: MemorySpool;
let hop: InternalHop;
let running: RunningServer;
let endpoint: Endpoint;
let logged: string[] = [];

before(async () => {
  [contosoRoot, fabrikamRoot, otherRoot] = await Promise.all([
    makeAuthority('Contoso Root'),
    makeAuthority('Fabrikam Root'),
    makeAuthority('Other Root'),
  ]);
  const mail = await issue({ authority: contosoRoot, domains: ['mail.contoso.com', 'contoso.com'] });
  tailspin = await issue({ domains: ['tailspin.com'] });
  config = topology(mail);
  hop = openInternalHop({
    config,
    serverNames: ['EDGE01', 'HUB01'],
    dataFolder: data,
    keysFolder: join(data, 'keys'),
    now: () => systemClock.now(),
  });
  spool = memorySpool();
  options = {
    config,
    serverNames: ['EDGE01'],
    mode: 'rehearsal',
    material: loadTlsMaterial({
      config,
      serverNames: ['EDGE01'],
      bundleFolder: '/',
      keysFolder: '/',
      now: Date.now(),
    }),
    hop,
    spoolOf: () => spool,
    clock: systemClock,
    log: jsonLog(
      (line) => void logged.push(line),
      () => 0,
    ),
  };
  running = await startServer(options);
  const found = whereListens(running.endpoints, 'EDGE01', { address: '192.0.2.25', port: 25 });
  assert.ok(found);
  endpoint = found;
});

after(async () => {
  await running.stop(0);
  rmSync(data, { recursive: true });
});

function topology(mail: Issued): TransportConfig {
  const bindings = [{ address: '192.0.2.25', port: 25 }];
  const base = receivingConfig([
    receiveConnector({
      name: 'From Fabrikam',
      bindings,
      remoteIPRanges: [{ first: '198.51.100.0', last: '198.51.100.255' }],
      permissionGroups: ['AnonymousUsers', 'Partners'],
      requireTLS: true,
      domainSecureEnabled: true,
      limits: { maxInboundConnectionPerSource: 3 },
    }),
    receiveConnector({
      name: 'Default',
      bindings,
      remoteIPRanges: [{ first: '10.0.0.0', last: '203.0.113.255' }],
      authMechanism: ['Tls', 'ExchangeServer'],
      permissionGroups: ['AnonymousUsers', 'ExchangeServers'],
      protocolLoggingLevel: 'Verbose',
    }),
  ]);
  return {
    ...base,
    servers: [
      ...base.servers,
      {
        name: 'HUB01',
        role: 'hub',
        fqdn: 'hub01.contoso.com',
        exchangeVersion: '2016',
        addresses: ['10.0.0.11'],
      },
    ],
    certificates: [
      {
        name: 'contoso-mail',
        file: mail.certificateFile,
        keyFile: mail.privateKeyFile,
        domains: ['mail.contoso.com'],
        installedOn: ['EDGE01'],
        smtp: true,
        issuedBy: 'contoso-root',
      },
    ],
    authorities: [
      { name: 'fabrikam-root', file: fabrikamRoot.certificateFile, trustedOn: ['EDGE01'] },
      { name: 'tailspin-itself', file: tailspin.certificateFile, trustedOn: ['EDGE01'] },
    ],
    partners: [
      { name: 'fabrikam', domains: ['fabrikam.com'], issuedBy: 'fabrikam-root' },
      { name: 'tailspin', domains: ['tailspin.com'], issuedBy: 'selfSigned' },
    ],
    // The last domain is nobody's, so public roots count for it and stand in the same store.
    tlsReceiveDomainSecureList: ['fabrikam.com', 'tailspin.com', 'wingtip.example'],
    rehearsal: {
      listen: [],
      connect: [],
      clients: [
        { local: fabrikamClient, address: '198.51.100.10' },
        { local: stranger, address: '203.0.113.5' },
        { local: nobody, address: '240.0.0.1' },
      ],
    },
  };
}

async function greeted(from: string, at: Endpoint = endpoint): Promise<SmtpDialogue> {
  const client = new SmtpDialogue(at, from);
  assert.match(await client.reply(), /^220 mail\.contoso\.com /);
  return client;
}

const certificateCases: readonly {
  readonly title: string;
  readonly certificate: () => Promise<Pick<Issued, 'certificate' | 'privateKey'> | undefined>;
  readonly reply: string;
}[] = [
  {
    title: 'a certificate for the domain',
    certificate: () => issue({ authority: fabrikamRoot, domains: ['mail.fabrikam.com', 'fabrikam.com'] }),
    reply: '250 2.1.0 Sender OK',
  },
  {
    title: 'no certificate',
    certificate: async () => undefined,
    reply: '454 4.7.5 Certificate validation failure',
  },
  {
    title: 'a certificate for the host alone',
    certificate: () => issue({ authority: fabrikamRoot, domains: ['mail.fabrikam.com'] }),
    reply: '454 4.7.5 Certificate validation failure',
  },
  {
    title: 'a root that nobody trusts',
    certificate: () => issue({ authority: otherRoot, domains: ['fabrikam.com'] }),
    reply: '454 4.7.5 Certificate validation failure',
  },
  {
    title: 'a certificate that signs itself',
    certificate: () => issue({ domains: ['fabrikam.com'] }),
    reply: '454 4.7.5 Certificate validation failure',
  },
  {
    title: 'an expired certificate',
    certificate: () => issue({ authority: fabrikamRoot, domains: ['fabrikam.com'], validity: 'expired' }),
    reply: '454 4.7.5 Certificate validation failure',
  },
  {
    title: 'a certificate for servers only',
    certificate: () => issue({ authority: fabrikamRoot, domains: ['fabrikam.com'], usage: 'server' }),
    reply: '454 4.7.5 Certificate validation failure',
  },
];

for (const { title, certificate, reply } of certificateCases) {
  test(`server: Domain Security meets ${title}`, async () => {
    const pair = await certificate();
    const client = await greeted(fabrikamClient);
    assert.match(await client.ask('EHLO mail.fabrikam.com'), /250-STARTTLS/);
    assert.equal(
      await client.ask('MAIL FROM:<bob@fabrikam.com>'),
      '451 5.7.3 Must issue a STARTTLS command first',
    );
    assert.equal(await client.ask('STARTTLS'), '220 2.0.0 SMTP server ready');
    const socket = await client.secure(pair && { cert: pair.certificate, key: pair.privateKey });
    assert.deepEqual(socket.getPeerCertificate().subject.CN, 'mail.contoso.com');
    assert.doesNotMatch(await client.ask('EHLO mail.fabrikam.com'), /STARTTLS/);
    assert.equal(await client.ask('MAIL FROM:<bob@fabrikam.com>'), reply);
    client.close();
  });
}

test('server: Domain Security knows a certificate that signs itself where it is pinned', async () => {
  const client = await greeted(fabrikamClient);
  await client.ask('EHLO mail.tailspin.com');
  await client.ask('STARTTLS');
  await client.secure({ cert: tailspin.certificate, key: tailspin.privateKey });
  await client.ask('EHLO mail.tailspin.com');
  assert.equal(await client.ask('MAIL FROM:<bob@tailspin.com>'), '250 2.1.0 Sender OK');
  await client.ask('RSET');
  assert.equal(await client.ask('MAIL FROM:<bob@fabrikam.com>'), '454 4.7.5 Certificate validation failure');
  client.close();
});

test('server: a partner delivers, and the message says how it came', async () => {
  const pair = await issue({ authority: fabrikamRoot, domains: ['fabrikam.com'] });
  const client = await greeted(fabrikamClient);
  await client.ask('EHLO mail.fabrikam.com');
  await client.ask('STARTTLS');
  await client.secure({ cert: pair.certificate, key: pair.privateKey });
  await client.ask('EHLO mail.fabrikam.com');
  client.send('MAIL FROM:<bob@fabrikam.com>\r\nRCPT TO:<ann@contoso.com>\r\nDATA\r\n');
  assert.deepEqual(
    [await client.reply(), await client.reply(), await client.reply()],
    ['250 2.1.0 Sender OK', '250 2.1.5 Recipient OK', '354 Start mail input; end with <CRLF>.<CRLF>'],
  );
  assert.match(
    await client.ask('Message-ID: <tls@fabrikam.com>\r\n\r\nhello\r\n.'),
    /^250 2\.6\.0 <tls@fabrikam\.com>/,
  );
  assert.equal(await client.ask('QUIT'), '221 2.0.0 Service closing transmission channel');
  assert.equal(await client.reply(), 'closed');
  const kept = spool.messages.find(({ envelope }) => envelope.messageId === '<tls@fabrikam.com>');
  assert.equal(kept?.envelope.origin.authAs, 'Partner');
  assert.equal(kept?.envelope.origin.clientAddress, '198.51.100.10');
  assert.match(kept?.text ?? '', /with ESMTPS \(version=TLSv1\.[23], cipher=TLS_[A-Z0-9_]+\) \(mailtopo\)/);
});

test('server: what is injected behind STARTTLS is dropped', async () => {
  const client = await greeted(stranger);
  await client.ask('EHLO a');
  client.send('STARTTLS\r\nEHLO injected\r\nMAIL FROM:<injected@fabrikam.example>\r\n');
  assert.equal(await client.reply(), '220 2.0.0 SMTP server ready');
  await client.secure();
  assert.equal(await client.ask('RCPT TO:<ann@contoso.com>'), '503 5.5.2 Send hello first');
  client.close();
});

test('server: a handshake that fails ends its own session only', async () => {
  const client = await greeted(stranger);
  await client.ask('EHLO a');
  await client.ask('STARTTLS');
  client.send('this is no TLS at all\r\n');
  assert.equal(await client.reply(), 'closed');
  const old = await greeted(stranger);
  await old.ask('EHLO a');
  await old.ask('STARTTLS');
  await assert.rejects(old.secure({ maxVersion: 'TLSv1.1', minVersion: 'TLSv1' }));
  const next = await greeted(stranger);
  assert.equal(await next.ask('NOOP'), '250 2.0.0 OK');
  for (const one of [client, old, next]) one.close();
});

test('server: a server of the topology is known by its pinned certificate, whatever else signs itself', async () => {
  const identity = hop.identityOf('HUB01');
  assert.ok(identity);
  const forged = makeSelfSigned({
    names: ['hub01.contoso.com'],
    notBefore: Date.now() - 1000,
    notAfter: Date.now() + 60_000,
  });
  const from = rehearsalSourceAddress(config, 'HUB01');
  const outcomes: string[] = [];
  for (const pair of [identity, forged]) {
    const client = await greeted(from ?? '');
    await client.ask('EHLO hub01.contoso.com');
    await client.ask('STARTTLS');
    await client.secure({ cert: pair.certificate, key: pair.privateKey });
    await client.ask('EHLO hub01.contoso.com');
    await client.ask('MAIL FROM:<bob@fabrikam.com>');
    outcomes.push(await client.ask('RCPT TO:<carl@tailspin.example>'));
    client.close();
  }
  assert.equal(outcomes[0], '250 2.1.5 Recipient OK');
  assert.notEqual(outcomes[1], '250 2.1.5 Recipient OK');
});

test('server: nobody receives from a client outside all ranges', async () => {
  const client = new SmtpDialogue(endpoint, nobody);
  assert.equal(await client.reply(), '421 4.3.2 Service not available');
  assert.equal(await client.reply(), 'closed');
  client.close();
});

test('server: one source has so many connections and no more', async () => {
  const clients = [
    await greeted(fabrikamClient),
    await greeted(fabrikamClient),
    await greeted(fabrikamClient),
  ];
  const fourth = new SmtpDialogue(endpoint, fabrikamClient);
  assert.match(await fourth.reply(), /^421 4\.3\.2 The maximum number of concurrent connections/);
  assert.equal(await clients[0]?.ask('QUIT'), '221 2.0.0 Service closing transmission channel');
  clients[0]?.close();
  assert.equal(
    await (await greeted(fabrikamClient)).ask('QUIT'),
    '221 2.0.0 Service closing transmission channel',
  );
  for (const one of [...clients, fourth]) one.close();
});

test('server: a large message goes through in pieces and arrives whole', async () => {
  const client = await greeted(stranger);
  client.send(
    'EHLO a\r\nMAIL FROM:<big@fabrikam.example> SIZE=3000000\r\nRCPT TO:<ann@contoso.com>\r\nDATA\r\n',
  );
  for (let replies = 0; replies < 4; replies++) await client.reply();
  const line = `${'0123456789'.repeat(7)}\r\n`;
  client.send(`Message-ID: <big@a>\r\n\r\n${line.repeat(40_000)}.\r\n`);
  client.socket.end();
  assert.match(await client.reply(), /^250 2\.6\.0 <big@a>/);
  assert.equal(await client.reply(), 'closed');
  const kept = spool.messages.find(({ envelope }) => envelope.messageId === '<big@a>');
  assert.ok(kept?.text.endsWith(`\r\n\r\n${line.repeat(40_000)}`));
});

test('server: a message that breaks off is forgotten', async () => {
  const client = await greeted(stranger);
  client.send('HELO a\r\nMAIL FROM:<>\r\nRCPT TO:<ann@contoso.com>\r\nDATA\r\n');
  for (let replies = 0; replies < 4; replies++) await client.reply();
  const before = spool.messages.length;
  const { aborted } = spool;
  client.send('Subject: half\r\n\r\nof it\r\n');
  client.socket.end();
  assert.equal(await client.reply(), 'closed');
  assert.deepEqual([spool.messages.length, spool.aborted], [before, aborted + 1]);
});

test('server: a verbose connector logs both sides, escaped', async () => {
  logged = [];
  const client = await greeted(stranger);
  assert.equal(await client.ask('NOOP "\u007f'), '501 5.5.4 Invalid arguments');
  assert.equal(await client.ask('NOOP "x'), '250 2.0.0 OK');
  client.close();
  const lines = logged.map((line) => JSON.parse(line) as Record<string, string>);
  assert.ok(lines.some(({ event, data }) => event === 'received' && data === 'NOOP "x'));
  assert.ok(lines.some(({ event, data }) => event === 'sent' && data === '250 2.0.0 OK'));
});

test('server: stopping lets the message in hand finish and closes idle sessions', async () => {
  const second = await startServer(options);
  const at = whereListens(second.endpoints, 'EDGE01', { address: '192.0.2.25', port: 25 });
  assert.ok(at);
  const idle = await greeted(stranger, at);
  const sending = await greeted(stranger, at);
  sending.send('HELO a\r\nMAIL FROM:<>\r\nRCPT TO:<ann@contoso.com>\r\nDATA\r\nMessage-ID: <last@a>\r\n');
  for (let replies = 0; replies < 4; replies++) await sending.reply();
  const stopped = second.stop();
  assert.equal(await idle.reply(), '421 4.3.2 Service not available');
  sending.send('\r\n.\r\n');
  assert.match(await sending.reply(), /^250 2\.6\.0 <last@a>/);
  assert.equal(await sending.reply(), '421 4.3.2 Service not available');
  for (const one of [idle, sending]) one.close();
  await stopped;
  const refused = new SmtpDialogue(at, stranger);
  assert.equal(await refused.reply(), 'closed');
});

test('server: a port that is in use is said in one line', async () => {
  const taken = createServer().listen(0, '127.0.0.1');
  await once(taken, 'listening');
  const { port } = taken.address() as Endpoint;
  const listen = [{ binding: { address: '192.0.2.25', port: 25 }, local: { address: '127.0.0.1', port } }];
  const start = startServer({
    ...options,
    config: { ...config, rehearsal: { ...config.rehearsal, listen } },
  });
  await assert.rejects(start, new StartFailure(`cannot listen on 127.0.0.1:${port}: the port is in use`));
  taken.close();
});
