import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { test, type TestContext } from 'node:test';

import type { Endpoint, ReceiveConnector, TransportConfig } from '../../runtime/config.ts';
import { startTransport, type Transport } from '../../runtime/main.ts';
import { StartFailure } from '../../runtime/start-failure.ts';
import { receiveConnector, type ReceiveConnectorChanges } from '../support/receive-connector.ts';
import { SmtpDialogue } from '../support/smtp-dialogue.ts';
import { smtpSink } from '../support/smtp-sink.ts';
import { temporaryFolder } from '../support/spool.ts';
import { sendConnector, server, transportConfig } from '../support/transport-config.ts';

const limit = { timeout: 20_000 };
const mayRelay = {
  principal: 'NT AUTHORITY\\ANONYMOUS LOGON',
  rights: ['ms-Exch-SMTP-Accept-Any-Recipient'],
};

function connector(changes: ReceiveConnectorChanges = {}): ReceiveConnector {
  return receiveConnector({
    name: 'Everybody',
    server: 'MBX1',
    bindings: [{ address: '10.0.0.11', port: 25 }],
    extendedRights: [mayRelay],
    ...changes,
  });
}

/** Mail for others goes to the smart host at a port of this machine. */
function topology(port: number, more: Partial<TransportConfig> = {}): TransportConfig {
  const remote = { address: '198.51.100.30', port: 25 };
  return transportConfig({
    servers: [server({ name: 'MBX1', addresses: ['10.0.0.11'] })],
    receiveConnectors: [connector()],
    sendConnectors: [
      sendConnector({
        name: 'Out',
        to: ['*'],
        sourceTransportServers: ['MBX1'],
        smartHosts: [{ host: remote.address, kind: 'address' }],
      }),
    ],
    rehearsal: { listen: [], clients: [], connect: [{ remote, local: { address: '127.0.0.1', port } }] },
    ...more,
  });
}

async function started(context: TestContext, config: TransportConfig): Promise<Transport> {
  const transport = await startTransport({ config, bundleFolder: temporaryFolder(), mode: 'rehearsal' });
  context.after(() => transport.stop(0));
  return transport;
}

function endpointOf({ endpoints }: Transport): Endpoint {
  return endpoints[0]!.local;
}

async function greeted(context: TestContext, endpoint: Endpoint): Promise<SmtpDialogue> {
  const client = new SmtpDialogue(endpoint, '127.0.0.1');
  context.after(() => client.close());
  await client.reply();
  await client.ask('EHLO a');
  return client;
}

async function begun(client: SmtpDialogue): Promise<void> {
  assert.equal(await client.ask('MAIL FROM:<ann@contoso.com>'), '250 2.1.0 Sender OK');
  assert.equal(await client.ask('RCPT TO:<bob@fabrikam.com>'), '250 2.1.5 Recipient OK');
  await client.ask('DATA');
  client.send('Subject: begun before\r\n\r\n');
}

test(
  'reload: a session in the middle of its message goes on, and its mail goes the new way',
  limit,
  async (context) => {
    const [before, after] = [await smtpSink(), await smtpSink()];
    context.after(() => void (before.close(), after.close()));
    const transport = await started(context, topology(before.port));
    const endpoint = endpointOf(transport);
    const client = await greeted(context, endpoint);
    await begun(client);
    const receiveConnectors = [connector({ extendedRights: [], fqdn: 'new.contoso.com' })];
    await transport.reload(topology(after.port, { receiveConnectors }));
    assert.deepEqual(endpointOf(transport), endpoint);
    assert.match(await client.ask('end\r\n.'), /^250 2\.6\.0 /);
    assert.match((await after.arrived(1))[0]!.text, /Subject: begun before/);
    assert.equal(before.messages.length, 0);
    // The old session keeps the rights that it had, a new one has none of them.
    assert.equal(await client.ask('MAIL FROM:<>'), '250 2.1.0 Sender OK');
    assert.equal(await client.ask('RCPT TO:<bob@fabrikam.com>'), '250 2.1.5 Recipient OK');
    const next = new SmtpDialogue(endpoint, '127.0.0.1');
    context.after(() => next.close());
    assert.match(await next.reply(), /^220 new\.contoso\.com /);
    await next.ask('EHLO a');
    await next.ask('MAIL FROM:<>');
    assert.match(await next.ask('RCPT TO:<bob@fabrikam.com>'), /^550 /);
  },
);

test('reload: what waits for a way finds the new one', limit, async (context) => {
  const sink = await smtpSink();
  context.after(() => sink.close());
  const transport = await started(context, topology(1));
  const client = await greeted(context, endpointOf(transport));
  await begun(client);
  assert.match(await client.ask('.'), /^250 2\.6\.0 /);
  while (transport.counts().get('MBX1')?.retry !== 1) await new Promise((resolve) => setTimeout(resolve, 10));
  await transport.reload(topology(sink.port));
  await sink.arrived(1);
});

test('reload: a message under way is finished on its session, and arrives once', limit, async (context) => {
  let answer: (text: string) => void = () => undefined;
  const held = new Promise<string>((resolve) => (answer = resolve));
  const sink = createServer((socket) => void serveSlowly(socket));
  let arrived = 0;
  async function serveSlowly(socket: import('node:net').Socket): Promise<void> {
    socket.setEncoding('latin1').on('error', () => undefined);
    socket.write('220 slow\r\n');
    for await (const text of socket as AsyncIterable<string>) {
      if (text.endsWith('\r\n.\r\n')) {
        arrived += 1;
        socket.write(await held);
      } else if (/^DATA/m.test(text)) socket.write('354 go\r\n');
      else if (!text.startsWith('Received')) socket.write('250 ok\r\n');
    }
  }
  sink.listen(0, '127.0.0.1');
  await once(sink, 'listening');
  context.after(() => sink.close());
  const config = topology((sink.address() as Endpoint).port);
  const transport = await started(context, config);
  const client = await greeted(context, endpointOf(transport));
  await begun(client);
  assert.match(await client.ask('.'), /^250 2\.6\.0 /);
  while (arrived === 0) await new Promise((resolve) => setTimeout(resolve, 10));
  const reloaded = transport.reload(config);
  setTimeout(() => answer('250 got it\r\n'), 50);
  await reloaded;
  while (transport.counts().get('MBX1')?.messages !== 0)
    await new Promise((resolve) => setTimeout(resolve, 10));
  assert.equal(arrived, 1);
});

test('reload: endpoints come and go, and limits go on counting', limit, async (context) => {
  const limits = { maxInboundConnectionPerSource: 2 };
  const second = connector({ name: 'Second', bindings: [{ address: '10.0.0.11', port: 2525 }] });
  const transport = await started(context, topology(1, { receiveConnectors: [connector({ limits })] }));
  await greeted(context, endpointOf(transport));
  await transport.reload(topology(1, { receiveConnectors: [connector({ limits }), second] }));
  assert.equal(transport.endpoints.length, 2);
  const added = transport.endpoints.find(({ port }) => port === 2525)!.local;
  await greeted(context, added);
  await greeted(context, endpointOf(transport));
  const third = new SmtpDialogue(endpointOf(transport), '127.0.0.1');
  context.after(() => third.close());
  assert.match(await third.reply(), /^421 4\.3\.2 /);
  await transport.reload(topology(1, { receiveConnectors: [connector({ limits })] }));
  assert.equal(transport.endpoints.length, 1);
  const late = new SmtpDialogue(added, '127.0.0.1');
  assert.equal(await late.reply(), 'closed');
});

const refusals: readonly {
  readonly title: string;
  readonly change: (config: TransportConfig) => TransportConfig;
  readonly reason: RegExp;
}[] = [
  {
    title: 'another server',
    change: (config) => ({ ...config, servers: [server({ name: 'MBX2' })] }),
    reason: /other servers now, which needs a restart/,
  },
  {
    title: 'one more server',
    change: (config) => ({ ...config, servers: [...config.servers, server({ name: 'MBX2' })] }),
    reason: /other servers now, which needs a restart/,
  },
  {
    title: 'the form of another version',
    change: (config) => ({ ...config, configVersion: 2 as 1 }),
    reason: /compiled for another version/,
  },
  {
    title: 'a certificate that is not there',
    change: (config) => ({
      ...config,
      certificates: [
        {
          name: 'new',
          file: 'none.pem',
          keyFile: 'none.key',
          domains: [],
          installedOn: ['MBX1'],
          smtp: true,
          issuedBy: 'public',
        },
      ],
    }),
    reason: /cannot read certificate "new"/,
  },
];

for (const { title, change, reason } of refusals) {
  test(`reload: ${title} is refused, and everything goes on`, limit, async (context) => {
    const sink = await smtpSink();
    context.after(() => sink.close());
    const config = topology(sink.port);
    const transport = await started(context, config);
    await assert.rejects(
      transport.reload(change(config)),
      (thrown: Error) => thrown instanceof StartFailure && reason.test(thrown.message),
    );
    const client = await greeted(context, endpointOf(transport));
    await begun(client);
    assert.match(await client.ask('.'), /^250 2\.6\.0 /);
    await sink.arrived(1);
  });
}

test('reload: an endpoint that is in use is refused, and everything goes on', limit, async (context) => {
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  context.after(() => other.close());
  const { port } = other.address() as Endpoint;
  const config = topology(1);
  const transport = await started(context, config);
  const second = connector({ name: 'Second', bindings: [{ address: '10.0.0.11', port: 2525 }] });
  const listen = [{ binding: { address: '10.0.0.11', port: 2525 }, local: { address: '127.0.0.1', port } }];
  const next = topology(1, {
    receiveConnectors: [connector(), second],
    rehearsal: { ...config.rehearsal, listen },
  });
  await assert.rejects(transport.reload(next), /the port is in use/);
  assert.equal(transport.endpoints.length, 1);
  await greeted(context, endpointOf(transport));
});
