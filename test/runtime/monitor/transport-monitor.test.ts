import assert from 'node:assert/strict';
import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { test, type TestContext } from 'node:test';

import type { Endpoint, TransportConfig } from '../../../runtime/config.ts';
import { startTransport, type Transport } from '../../../runtime/main.ts';
import { issue, makeAuthority } from '../../support/certificates.ts';
import { bundleWith, mailCertificate } from '../../support/mail-certificate.ts';
import { receiveConnector } from '../../support/receive-connector.ts';
import { SmtpDialogue } from '../../support/smtp-dialogue.ts';
import { smtpSink } from '../../support/smtp-sink.ts';
import { temporaryFolder } from '../../support/spool.ts';
import { sendConnector, server, transportConfig } from '../../support/transport-config.ts';

const limit = { timeout: 20_000 };
const root = await makeAuthority('contoso-root');
const ours = await issue({ authority: root, domains: ['mbx1.contoso.com'] });

function topology(port: number): TransportConfig {
  const relay = { principal: 'NT AUTHORITY\\ANONYMOUS LOGON', rights: ['ms-Exch-SMTP-Accept-Any-Recipient'] };
  return transportConfig({
    servers: [server({ name: 'MBX1' })],
    certificates: [mailCertificate],
    receiveConnectors: [
      receiveConnector({
        name: 'Clients',
        server: 'MBX1',
        fqdn: 'mbx1.contoso.com',
        bindings: [{ address: '10.0.0.11', port: 2525 }],
        remoteIPRanges: [{ first: '0.0.0.0', last: '255.255.255.255' }],
        authMechanism: ['Tls'],
        extendedRights: [relay],
      }),
    ],
    sendConnectors: [
      sendConnector({
        name: 'Out',
        to: ['*'],
        sourceTransportServers: ['MBX1'],
        smartHosts: [{ host: '198.51.100.30', kind: 'address' }],
      }),
      sendConnector({
        name: 'Nowhere',
        to: ['fabrikam.com'],
        sourceTransportServers: ['MBX1'],
        smartHosts: [{ host: '198.51.100.40', kind: 'address' }],
      }),
    ],
    rehearsal: {
      listen: [],
      clients: [],
      connect: [{ remote: { address: '198.51.100.30', port: 25 }, local: { address: '127.0.0.1', port } }],
    },
  });
}

interface Watched {
  readonly transport: Transport;
  readonly at: Endpoint;
  seen(event: string): Promise<void>;
}

async function run(context: TestContext): Promise<Watched> {
  const sink = await smtpSink({
    reply: (line) => (line.startsWith('RCPT TO:<nobody@') ? '550 5.1.1 No such mailbox' : undefined),
  });
  context.after(() => sink.close());
  const bundleFolder = bundleWith(ours);
  const events = new Set<string>();
  const watchers: (() => void)[] = [];
  const transport = await startTransport({
    config: topology(sink.port),
    bundleFolder,
    mode: 'rehearsal',
    monitor: { address: '127.0.0.1', port: 0 },
    log(_level, event, { recipients } = {}) {
      events.add(`${event} ${String(recipients)}`);
      for (const watch of watchers) watch();
    },
  });
  let stopped: Promise<void> | undefined;
  const stop = (within?: number): Promise<void> => (stopped ??= transport.stop(within));
  context.after(() => stop(1000));
  assert.ok(transport.monitor);
  return {
    transport: { ...transport, stop },
    at: transport.monitor,
    async seen(start) {
      while (![...events].some((event) => event.startsWith(start)))
        await new Promise<void>((resolve) => watchers.push(resolve));
    },
  };
}

interface Got {
  readonly status: number | undefined;
  readonly headers: IncomingMessage['headers'];
  readonly text: string;
}

async function ask({ port }: Endpoint, path: string, method = 'GET', host = 'localhost'): Promise<Got> {
  const asking = request({ host: '127.0.0.1', port, path, method, headers: { host }, agent: false });
  asking.end();
  const [response] = (await once(asking, 'response')) as [IncomingMessage];
  let text = '';
  for await (const chunk of response.setEncoding('utf8')) text += chunk;
  return { status: response.statusCode, headers: response.headers, text };
}

test('monitor: metrics count what happened and tell how things stand', limit, async (context) => {
  const { transport, at, seen } = await run(context);
  const client = new SmtpDialogue(transport.endpoints[0]!.local);
  await client.reply();
  for (const line of ['EHLO client', 'WHAT', 'MAIL FROM:<ann@contoso.com>']) await client.ask(line);
  for (const to of ['bob@example.com', 'nobody@example.com', 'eve@fabrikam.com'])
    await client.ask(`RCPT TO:<${to}>`);
  await client.ask('DATA');
  assert.match(await client.ask('Subject: a\r\n\r\nHi\r\n.'), /^250/);
  await seen('queue waits');
  await seen('message delivered ann@contoso.com');
  const { status, headers, text } = await ask(at, '/metrics');
  assert.equal(status, 200);
  assert.equal(headers['content-type'], 'text/plain; version=0.0.4; charset=utf-8');
  const lines = text.split('\n');
  for (const line of [
    'mailtopo_received_messages_total{server="MBX1",connector="Clients"} 1',
    'mailtopo_refused_replies_total{server="MBX1",connector="Clients",code="500"} 1',
    'mailtopo_delivered_recipients_total{server="MBX1",source="SMTP",connector="Out"} 1',
    'mailtopo_delivered_recipients_total{server="MBX1",source="STOREDRIVER",connector=""} 1',
    'mailtopo_failed_recipients_total{server="MBX1",source="SMTP"} 1',
    'mailtopo_queue_retries_total{server="MBX1"} 1',
    'mailtopo_dsns_total{server="MBX1"} 1',
    'mailtopo_held_messages{server="MBX1"} 1',
    'mailtopo_sessions{server="MBX1",connector="Clients"} 1',
    'mailtopo_back_pressure{server="MBX1"} 0',
  ])
    assert.ok(lines.includes(line), `${line} is missing in\n${text}`);
  assert.match(text, /^mailtopo_queue_length\{server="MBX1",queue="connector Nowhere",state="retry"\} 1$/m);
  const days =
    /^mailtopo_certificate_days_left\{server="MBX1",connector="Clients",side="receive"\} (.*)$/m.exec(text);
  assert.ok(Number(days?.[1]) > 0, text);
  for (const line of lines.slice(0, -1))
    assert.match(
      line,
      /^(?:# (?:HELP|TYPE) [a-z_]+ .+|[a-z_]+(?:\{(?:[a-z]+="(?:[^"\\\n]|\\.)*",?)*\})? [\d.e+]+)$/,
    );
  client.socket.destroy();
});

test('monitor: it is healthy and ready, and only looked at', limit, async (context) => {
  const { at } = await run(context);
  const health = await ask(at, '/healthz');
  assert.deepEqual([health.status, health.text], [200, 'ok\n']);
  const ready = await ask(at, '/readyz?verbose');
  assert.deepEqual([ready.status, ready.text], [200, 'ready\n']);
  const head = await ask(at, '/metrics', 'HEAD');
  assert.deepEqual([head.status, head.text], [200, '']);
  assert.ok(Number(head.headers['content-length']) > 0);
  const posted = await ask(at, '/healthz', 'POST');
  assert.deepEqual([posted.status, posted.headers.allow], [405, 'GET, HEAD']);
  assert.equal((await ask(at, '/../keys/mail.key')).status, 404);
});

test('monitor: while it drains, the transport is healthy and not ready', limit, async (context) => {
  const { transport, at } = await run(context);
  const client = new SmtpDialogue(transport.endpoints[0]!.local);
  await client.reply();
  for (const line of ['EHLO client', 'MAIL FROM:<ann@contoso.com>']) await client.ask(line);
  const stopped = transport.stop(5000);
  const ready = await ask(at, '/readyz');
  assert.deepEqual([ready.status, ready.text], [503, 'stopping\n']);
  assert.equal((await ask(at, '/healthz')).status, 200);
  await client.ask('QUIT');
  await stopped;
  const gone = connect(at.port, '127.0.0.1');
  const [error] = (await once(gone, 'error')) as [NodeJS.ErrnoException];
  assert.equal(error.code, 'ECONNREFUSED');
});

const hosts: readonly (readonly [host: string, status: number])[] = [
  ['localhost:9100', 200],
  ['127.0.0.1', 200],
  ['[::1]:9100', 200],
  ['evil.example', 403],
  ['localhost.evil.example', 403],
  ['127.0.0.1.evil.example', 403],
  ['10.0.0.1', 403],
];

test('monitor: a name that somebody points to this machine is refused', limit, async (context) => {
  const { at } = await run(context);
  for (const [host, status] of hosts)
    assert.equal((await ask(at, '/metrics', 'GET', host)).status, status, host);
});

test('monitor: a port in use is a StartFailure, and nothing is held', limit, async (context) => {
  const { at } = await run(context);
  const bundleFolder = temporaryFolder();
  const config = transportConfig({ servers: [server({ name: 'MBX1' })] });
  const start = { config, bundleFolder, mode: 'rehearsal' } as const;
  await assert.rejects(
    startTransport({ ...start, monitor: at }),
    /cannot listen on 127\.0\.0\.1:\d+: the port is in use/,
  );
  const again = await startTransport(start);
  assert.equal(again.monitor, undefined);
  await again.stop(1000);
});
