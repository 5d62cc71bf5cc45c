import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import type { SecureContextOptions, SecureVersion } from 'node:tls';

import { readArguments } from '../../runtime/arguments.ts';
import type { TransportConfig } from '../../runtime/config.ts';
import type { LogFields } from '../../runtime/log.ts';
import { startTransport } from '../../runtime/main.ts';
import type { OldestTls } from '../../runtime/oldest-tls.ts';
import { issue } from '../support/certificates.ts';
import { receiveConnector } from '../support/receive-connector.ts';
import { SmtpDialogue } from '../support/smtp-dialogue.ts';
import { smtpSink } from '../support/smtp-sink.ts';
import { temporaryFolder } from '../support/spool.ts';
import { sendConnector, server, transportConfig } from '../support/transport-config.ts';

const limit = { timeout: 15_000 };
const theirs = await issue({ domains: ['mail.fabrikam.com'] });

interface Case {
  /** What stands behind `--min-tls`; nothing where absent. */
  readonly asked?: readonly string[];
  /** The one version that the other side speaks. */
  readonly spoken: SecureVersion;
  readonly receiving: 'works' | 'refused';
  readonly sending: 'works' | 'refused';
}

const cases: readonly Case[] = [
  { spoken: 'TLSv1', receiving: 'refused', sending: 'refused' },
  { spoken: 'TLSv1.1', receiving: 'refused', sending: 'refused' },
  { spoken: 'TLSv1.2', receiving: 'works', sending: 'works' },
  { asked: ['1.0'], spoken: 'TLSv1', receiving: 'works', sending: 'works' },
  { asked: ['1.0'], spoken: 'TLSv1.3', receiving: 'works', sending: 'works' },
  { asked: ['1.1'], spoken: 'TLSv1', receiving: 'refused', sending: 'refused' },
  { asked: ['1.1'], spoken: 'TLSv1.1', receiving: 'works', sending: 'works' },
  { asked: ['receive=1.0'], spoken: 'TLSv1', receiving: 'works', sending: 'refused' },
  { asked: ['send=1.0', '1.3'], spoken: 'TLSv1', receiving: 'refused', sending: 'works' },
  { asked: ['1.3'], spoken: 'TLSv1.2', receiving: 'refused', sending: 'refused' },
];

function only(version: SecureVersion): SecureContextOptions {
  return { minVersion: version, maxVersion: version, ciphers: 'DEFAULT@SECLEVEL=0' };
}

/** One server that takes mail from anybody and sends all of it over TLS, without regard to the certificate. */
function topology(port: number): TransportConfig {
  const relay = { principal: 'NT AUTHORITY\\ANONYMOUS LOGON', rights: ['ms-Exch-SMTP-Accept-Any-Recipient'] };
  return transportConfig({
    servers: [server({ name: 'MBX1', addresses: ['10.0.0.11'] })],
    receiveConnectors: [
      receiveConnector({
        name: 'Clients',
        server: 'MBX1',
        fqdn: 'mbx1.contoso.com',
        bindings: [{ address: '10.0.0.11', port: 25 }],
        remoteIPRanges: [{ first: '0.0.0.0', last: '255.255.255.255' }],
        extendedRights: [relay],
      }),
    ],
    sendConnectors: [
      sendConnector({
        name: 'Out',
        to: ['*'],
        sourceTransportServers: ['MBX1'],
        smartHosts: [{ host: '198.51.100.10', kind: 'address' }],
        requireTLS: true,
      }),
    ],
    rehearsal: {
      listen: [],
      clients: [],
      connect: [{ remote: { address: '198.51.100.10', port: 25 }, local: { address: '127.0.0.1', port } }],
    },
  });
}

interface Running {
  greeted(): Promise<SmtpDialogue>;
  /** What the log says of an event, in the order in which it came. */
  logged(event: string): readonly LogFields[];
  /** Resolves when the log names an event. */
  seen(event: string): Promise<void>;
}

async function run(context: TestContext, port: number, oldestTls?: OldestTls): Promise<Running> {
  const events: { event: string; fields: LogFields }[] = [];
  const watchers: (() => void)[] = [];
  const transport = await startTransport({
    config: topology(port),
    bundleFolder: temporaryFolder(),
    mode: 'rehearsal',
    ...(oldestTls && { oldestTls }),
    log(_level, event, fields = {}) {
      events.push({ event, fields });
      for (const watch of watchers) watch();
    },
  });
  context.after(() => transport.stop(1000));
  return {
    async greeted() {
      const [endpoint] = transport.endpoints;
      assert.ok(endpoint);
      const client = new SmtpDialogue(endpoint.local);
      context.after(() => client.close());
      await client.reply();
      await client.ask('EHLO client');
      return client;
    },
    logged: (event) => events.filter((one) => one.event === event).map(({ fields }) => fields),
    async seen(event) {
      while (!events.some((one) => one.event === event))
        await new Promise<void>((resolve) => watchers.push(resolve));
    },
  };
}

for (const { asked = [], spoken, receiving, sending } of cases) {
  const title = `${asked.length === 0 ? 'nothing said' : `--min-tls ${asked.join(' ')}`}, ${spoken}`;
  test(`oldest TLS: ${title}: receiving ${receiving}, sending ${sending}`, limit, async (context) => {
    const sink = await smtpSink({
      cert: theirs.certificate,
      key: theirs.privateKey,
      versions: only(spoken),
    });
    context.after(() => sink.close());
    const argv = asked.flatMap((text) => ['--min-tls', text]);
    const wanted = readArguments(topology(sink.port), argv);
    assert.ok(wanted !== 'help');
    const running = await run(context, sink.port, wanted.oldestTls);

    const client = await running.greeted();
    assert.equal(await client.ask('STARTTLS'), '220 2.0.0 SMTP server ready');
    if (receiving === 'refused') await assert.rejects(client.secure(only(spoken)));
    else assert.equal((await client.secure(only(spoken))).getProtocol(), spoken);

    const sender = await running.greeted();
    for (const line of [
      'MAIL FROM:<ann@contoso.com>',
      'RCPT TO:<bob@fabrikam.com>',
      'DATA',
      'Hi: a\r\n\r\nb\r\n.',
    ])
      assert.match(await sender.ask(line), /^[23]/);
    await (sending === 'works' ? sink.arrived(1) : running.seen('queue waits'));
    assert.equal(sink.messages.length, sending === 'works' ? 1 : 0);
  });
}

const warnings = [
  { asked: [], says: [] },
  { asked: ['1.3'], says: [] },
  {
    asked: ['1.0'],
    says: [
      { way: 'receive', from: 'TLSv1' },
      { way: 'send', from: 'TLSv1' },
    ],
  },
  { asked: ['send=1.1'], says: [{ way: 'send', from: 'TLSv1.1' }] },
];

for (const { asked, says } of warnings) {
  test(
    `oldest TLS: the log at the start, with ${asked.join(' ') || 'nothing said'}`,
    limit,
    async (context) => {
      const wanted = readArguments(
        topology(1),
        asked.flatMap((text) => ['--min-tls', text]),
      );
      assert.ok(wanted !== 'help');
      const running = await run(context, 1, wanted.oldestTls);
      assert.deepEqual(running.logged('outdated TLS is allowed'), says);
    },
  );
}

for (const text of ['1', '1.4', 'TLSv1', '', 'receive=', 'both=1.0', 'receive=1.0\n']) {
  test(`oldest TLS: --min-tls ${JSON.stringify(text)} is refused`, () => {
    assert.throws(
      () => readArguments(topology(1), [`--min-tls=${text}`]),
      /^StartFailure: --min-tls takes 1\.0/,
    );
  });
}
