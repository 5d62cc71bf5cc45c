import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, test, type TestContext } from 'node:test';

import type { Endpoint, TransportConfig } from '../../runtime/config.ts';
import type { LogFields } from '../../runtime/log.ts';
import { startTransport, type Transport } from '../../runtime/main.ts';
import { hashPassword } from '../../runtime/users/password-hash.ts';
import { issue, makeAuthority } from '../support/certificates.ts';
import { receiveConnector } from '../support/receive-connector.ts';
import { SmtpDialogue } from '../support/smtp-dialogue.ts';
import { smtpSink, type SmtpSink } from '../support/smtp-sink.ts';
import { temporaryFolder } from '../support/spool.ts';
import { rehearseSession, settle } from '../support/transcript.ts';
import { sendConnector, server, transportConfig } from '../support/transport-config.ts';

const root = await makeAuthority('provider-root');
const provider = await issue({ authority: root, domains: ['smtp.provider.example'] });
const password = 'correct horse';
const encoded = Buffer.from(password).toString('base64');
const limit = { timeout: 20_000 };
let hash = '';

before(async () => void (hash = await hashPassword(password)));

const anywhere = [{ first: '0.0.0.0', last: '255.255.255.255' }];

/** Takes mail from those who log on, over TLS alone, and sends it on. */
function providerTopology(sink: SmtpSink): TransportConfig {
  return transportConfig({
    servers: [server({ name: 'PROV1', fqdn: 'smtp.provider.example', addresses: ['198.51.100.20'] })],
    certificates: [
      {
        name: 'provider',
        file: 'provider.pem',
        keyFile: 'provider.key',
        domains: ['smtp.provider.example'],
        installedOn: ['PROV1'],
        smtp: true,
        issuedBy: 'provider-root',
      },
    ],
    receiveConnectors: [
      receiveConnector({
        name: 'Submission',
        server: 'PROV1',
        fqdn: 'smtp.provider.example',
        bindings: [{ address: '198.51.100.20', port: 587 }],
        remoteIPRanges: anywhere,
        authMechanism: ['Tls', 'BasicAuth', 'BasicAuthRequireTLS'],
        permissionGroups: ['ExchangeUsers'],
        protocolLoggingLevel: 'Verbose',
      }),
    ],
    sendConnectors: [
      sendConnector({
        name: 'Out',
        to: ['*'],
        sourceTransportServers: ['PROV1'],
        smartHosts: [{ host: '198.51.100.30', kind: 'address' }],
      }),
    ],
    rehearsal: {
      listen: [],
      clients: [],
      connect: [remote('198.51.100.30', 25, { address: '127.0.0.1', port: sink.port })],
    },
  });
}

/** Sends through the provider with a password, which its server alone must see. */
function customerTopology(at: Endpoint): TransportConfig {
  return transportConfig({
    servers: [server({ name: 'MBX1', addresses: ['10.0.0.11'] })],
    authorities: [{ name: 'provider-root', file: 'root.pem', trustedOn: ['MBX1'] }],
    credentials: [{ name: 'provider', username: 'contoso', passwordFrom: { env: 'MAILTOPO_TEST_LOGON' } }],
    receiveConnectors: [
      receiveConnector({
        name: 'Clients',
        server: 'MBX1',
        bindings: [{ address: '10.0.0.11', port: 25 }],
        remoteIPRanges: anywhere,
        extendedRights: [
          {
            principal: 'NT AUTHORITY\\ANONYMOUS LOGON',
            rights: ['ms-Exch-SMTP-Accept-Any-Recipient'],
          },
        ],
      }),
    ],
    sendConnectors: [
      sendConnector({
        name: 'Provider',
        to: ['*'],
        sourceTransportServers: ['MBX1'],
        smartHosts: [{ host: 'smtp.provider.example', kind: 'fqdn' }],
        smartHostAuthMechanism: 'BasicAuthRequireTLS',
        credential: 'provider',
        port: 587,
        protocolLoggingLevel: 'Verbose',
      }),
    ],
    dns: [{ name: 'smtp.provider.example', a: ['198.51.100.20'] }],
    rehearsal: { listen: [], clients: [], connect: [remote('198.51.100.20', 587, at)] },
  });
}

function remote(address: string, port: number, local: Endpoint): TransportConfig['rehearsal']['connect'][0] {
  return { remote: { address, port }, local };
}

interface Run {
  readonly transport: Transport;
  readonly events: { readonly event: string; readonly fields: LogFields | undefined }[];
}

async function run(context: TestContext, config: TransportConfig): Promise<Run> {
  const bundleFolder = temporaryFolder();
  mkdirSync(join(bundleFolder, 'keys'));
  writeFileSync(join(bundleFolder, 'provider.pem'), provider.certificate);
  writeFileSync(join(bundleFolder, 'root.pem'), root.certificate);
  writeFileSync(join(bundleFolder, 'keys', 'provider.key'), provider.privateKey);
  writeFileSync(join(bundleFolder, 'keys', 'users'), `contoso:${hash}:ann@contoso.com\n`);
  const events: Run['events'] = [];
  const transport = await startTransport({
    config,
    bundleFolder,
    mode: 'rehearsal',
    log: (_level, event, fields) => void events.push({ event, fields }),
  });
  context.after(() => transport.stop(0));
  return { transport, events };
}

async function submit({ transport }: Run): Promise<void> {
  const client = new SmtpDialogue(transport.endpoints[0]!.local, '127.0.0.1');
  await client.reply();
  for (const line of ['EHLO a', 'MAIL FROM:<ann@contoso.com>', 'RCPT TO:<carl@tailspin.example>'])
    assert.match(await client.ask(line), /^250/);
  await client.ask('DATA');
  assert.match(await client.ask('Subject: hello\r\n\r\nbody\r\n.'), /^250 2\.6\.0 /);
  client.close();
}

async function until(isSo: () => boolean, what: string): Promise<void> {
  const started = Date.now();
  while (!isSo()) {
    assert.ok(Date.now() - started < 15_000, what);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

function assertSecret(...runs: readonly Run[]): void {
  const text = JSON.stringify(runs.map(({ events }) => events));
  for (const secret of [password, encoded, 'another'])
    assert.ok(!text.includes(secret), `the log holds ${secret}`);
}

test(
  'logon: mail goes to a smart host with a password, over TLS that proves the host',
  limit,
  async (context) => {
    process.env.MAILTOPO_TEST_LOGON = password;
    const sink = await smtpSink();
    context.after(() => sink.close());
    const theirs = await run(context, providerTopology(sink));
    const ours = await run(context, customerTopology(theirs.transport.endpoints[0]!.local));
    await submit(ours);
    await until(() => sink.messages.length === 1, 'nothing arrives');
    assert.match(sink.messages[0]!.text, /\r\n with ESMTPSA /);
    assert.ok(theirs.events.some(({ event, fields }) => event === 'logged on' && fields?.user === 'contoso'));
    assertSecret(theirs, ours);
  },
);

test(
  'logon: with a wrong password mail waits, and nobody learns which one it was',
  limit,
  async (context) => {
    process.env.MAILTOPO_TEST_LOGON = 'another';
    const sink = await smtpSink();
    context.after(() => sink.close());
    const theirs = await run(context, providerTopology(sink));
    const ours = await run(context, customerTopology(theirs.transport.endpoints[0]!.local));
    await submit(ours);
    await until(() => theirs.events.some(({ event }) => event === 'logon failed'), 'no logon fails');
    await until(() => JSON.stringify(ours.events).includes('535 5.7.3'), 'the queue does not say why');
    assert.equal(sink.messages.length, 0);
    assertSecret(theirs, ours);
  },
);

const told = [
  { lines: ['AUTH LOGIN', 'c2VjcmV0', 'c2VjcmV0'] },
  { lines: ['AUTH PLAIN c2VjcmV0'] },
  { lines: ['auth  plain  c2VjcmV0'] },
  { lines: [' AUTH PLAIN c2VjcmV0'] },
  { lines: ['AUTH c2VjcmV0'] },
  { lines: ['AUTH NTLM', 'c2VjcmV0'] },
  { lines: ['AUTH CRAM-MD5 x', 'c2VjcmV0', 'NOOP', 'visible'], shown: 'visible' },
  { lines: ['AUTH LOGIN', 'secret', 'NOOP', 'c2V', 'visible'], shown: 'visible' },
];

for (const users of [{}, { c2VjcmV0: ['c2VjcmV0'] as const }]) {
  for (const { lines, shown } of told) {
    const whom = Object.keys(users).length === 0 ? 'nobody' : 'somebody';
    test(`logon: what the log says of ${lines.join(', ')} where ${whom} may`, async () => {
      const session = rehearseSession({
        connector: {
          authMechanism: ['BasicAuth'],
          permissionGroups: ['ExchangeUsers'],
          protocolLoggingLevel: 'Verbose',
        },
        users,
      });
      for (const line of ['EHLO a', ...lines]) {
        session.connection.receive(Buffer.from(`${line}\r\n`));
        await settle();
      }
      const text = session.logged.join('\n');
      assert.doesNotMatch(text, /c2VjcmV0|secret/);
      if (shown !== undefined) assert.ok(text.includes(shown), text);
    });
  }
}
