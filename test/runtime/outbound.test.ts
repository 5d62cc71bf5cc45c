import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import type { SendConnector, TransportConfig } from '../../runtime/config.ts';
import type { LogFields } from '../../runtime/log.ts';
import { startTransport, type Transport } from '../../runtime/main.ts';
import { issue, makeAuthority, type Issued } from '../support/certificates.ts';
import { receiveConnector } from '../support/receive-connector.ts';
import { SmtpDialogue } from '../support/smtp-dialogue.ts';
import { smtpSink, type SmtpSink } from '../support/smtp-sink.ts';
import { temporaryFolder } from '../support/spool.ts';
import { sendConnector, server, transportConfig } from '../support/transport-config.ts';

const contosoRoot = await makeAuthority('contoso-root');
const fabrikamRoot = await makeAuthority('fabrikam-root');
const ours = await issue({ authority: contosoRoot, domains: ['mail.contoso.com', 'contoso.com'] });
const theirs = await issue({ authority: fabrikamRoot, domains: ['mail.fabrikam.com', 'fabrikam.com'] });
const hostOnly = await issue({ authority: fabrikamRoot, domains: ['mail.fabrikam.com'] });
const stranger = await issue({ domains: ['fabrikam.com'] });

const limit = { timeout: 15_000 };

/** A mailbox server takes mail from a client and sends through an Edge server, which sends to Fabrikam's domain. */
function topology(sink: SmtpSink, connector: Partial<SendConnector> = {}): TransportConfig {
  const anywhere = [{ first: '0.0.0.0', last: '255.255.255.255' }];
  const relay = { principal: 'NT AUTHORITY\\ANONYMOUS LOGON', rights: ['ms-Exch-SMTP-Accept-Any-Recipient'] };
  return transportConfig({
    servers: [
      server({ name: 'MBX1', addresses: ['10.0.0.11'], site: 'Munich' }),
      server({
        name: 'EDGE1',
        role: 'edge',
        fqdn: 'mail.contoso.com',
        addresses: ['192.0.2.25'],
        subscribedTo: 'Munich',
      }),
    ],
    certificates: [
      {
        name: 'contoso-mail',
        file: 'mail.pem',
        keyFile: 'mail.key',
        domains: ['mail.contoso.com', 'contoso.com'],
        installedOn: ['EDGE1'],
        smtp: true,
        issuedBy: 'contoso-root',
      },
    ],
    authorities: [{ name: 'fabrikam-root', file: 'root.pem', trustedOn: ['EDGE1'] }],
    partners: [{ name: 'fabrikam', domains: ['fabrikam.com'], issuedBy: 'fabrikam-root' }],
    tlsSendDomainSecureList: ['fabrikam.com'],
    receiveConnectors: [
      receiveConnector({
        name: 'Clients',
        server: 'MBX1',
        bindings: [{ address: '10.0.0.11', port: 2525 }],
        remoteIPRanges: anywhere,
        extendedRights: [relay],
      }),
      receiveConnector({
        name: 'Default',
        server: 'EDGE1',
        bindings: [{ address: '192.0.2.25', port: 25 }],
        fqdn: 'mail.contoso.com',
        authMechanism: ['Tls', 'ExchangeServer'],
        permissionGroups: ['AnonymousUsers', 'ExchangeServers'],
      }),
    ],
    sendConnectors: [
      sendConnector({
        name: 'To Fabrikam',
        to: ['fabrikam.com'],
        sourceTransportServers: ['EDGE1'],
        domainSecureEnabled: true,
        fqdn: 'mail.contoso.com',
        ...connector,
      }),
    ],
    dns: [
      { name: 'fabrikam.com', mx: [[10, 'mail.fabrikam.com']] },
      { name: 'mail.fabrikam.com', a: ['198.51.100.10'] },
    ],
    rehearsal: {
      listen: [],
      clients: [],
      connect: [
        { remote: { address: '198.51.100.10', port: 25 }, local: { address: '127.0.0.1', port: sink.port } },
      ],
    },
  });
}

interface Running {
  readonly transport: Transport;
  seen(event: string): Promise<LogFields>;
}

async function run(context: TestContext, config: TransportConfig): Promise<Running> {
  const bundleFolder = temporaryFolder();
  mkdirSync(join(bundleFolder, 'keys'));
  writeFileSync(join(bundleFolder, 'mail.pem'), ours.certificate);
  writeFileSync(join(bundleFolder, 'root.pem'), fabrikamRoot.certificate);
  writeFileSync(join(bundleFolder, 'keys', 'mail.key'), ours.privateKey);
  const events: { event: string; fields: LogFields }[] = [];
  const watchers: (() => void)[] = [];
  const transport = await startTransport({
    config,
    bundleFolder,
    mode: 'rehearsal',
    log(_level, event, fields = {}) {
      events.push({ event, fields });
      for (const watch of watchers) watch();
    },
  });
  context.after(() => transport.stop(1000));
  return {
    transport,
    async seen(event) {
      for (;;) {
        const found = events.find((one) => one.event === event);
        if (found !== undefined) return found.fields;
        await new Promise<void>((resolve) => watchers.push(resolve));
      }
    },
  };
}

async function submit({ transport }: Running): Promise<void> {
  const endpoint = transport.endpoints.find(({ server }) => server === 'MBX1')?.local;
  assert.ok(endpoint);
  const client = new SmtpDialogue(endpoint);
  const lines = ['EHLO client', 'MAIL FROM:<ann@contoso.com>', 'RCPT TO:<bob@fabrikam.com>', 'DATA'];
  const replies = [await client.reply()];
  for (const line of [...lines, 'Subject: a\r\n\r\nHi\r\n.']) replies.push(await client.ask(line));
  assert.deepEqual(
    replies.map((reply) => reply.slice(0, 3)),
    ['220', '250', '250', '250', '354', '250'],
  );
  client.socket.destroy();
}

async function sinkWith(context: TestContext, certificate: Issued): Promise<SmtpSink> {
  const sink = await smtpSink({
    cert: certificate.certificate,
    key: certificate.privateKey,
    ca: contosoRoot.certificate,
  });
  context.after(() => sink.close());
  return sink;
}

test(
  'outbound: through the Edge server to a partner, over mutual TLS with the names of both domains',
  limit,
  async (context) => {
    const sink = await sinkWith(context, theirs);
    const running = await run(context, topology(sink));
    await submit(running);
    const [message] = await sink.arrived(1);
    assert.equal(message?.client, 'DNS:mail.contoso.com, DNS:contoso.com');
    assert.equal(message?.from, 'ann@contoso.com');
    assert.match(message?.text ?? '', /^Received: from mbx1\.contoso\.com /);
  },
);

const refusals = [
  { title: 'a host name instead of the domain', certificate: hostOnly, reason: 'SubjectMismatch' },
  { title: 'a root that nobody trusts', certificate: stranger, reason: 'UntrustedRoot' },
];

for (const { title, certificate, reason } of refusals) {
  test(`outbound: mail for a domain-secure domain waits before ${title}`, limit, async (context) => {
    const sink = await sinkWith(context, certificate);
    const running = await run(context, topology(sink));
    await submit(running);
    const { reply, server: waits } = await running.seen('queue waits');
    assert.equal(reply, `454 4.7.5 Certificate validation failure, Reason:${reason}`);
    assert.equal(waits, 'EDGE1');
    assert.equal(sink.messages.length, 0);
  });
}

test(
  'outbound: a certificate that TlsCertificateName does not find holds mail back',
  limit,
  async (context) => {
    const sink = await sinkWith(context, theirs);
    const running = await run(context, topology(sink, { tlsCertificateName: '<I>CN=nobody<S>CN=nothing' }));
    await submit(running);
    const { reply } = await running.seen('queue waits');
    assert.match(String(reply), /^454 4\.7\.5 The certificate specified in TlsCertificateName/);
  },
);
