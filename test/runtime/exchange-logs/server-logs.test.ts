import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';

import { systemClock } from '../../../runtime/clock.ts';
import type { ExchangeVersion, ReceiveConnector, TransportConfig } from '../../../runtime/config.ts';
import { openServerLogs } from '../../../runtime/exchange-logs/server-logs.ts';
import { silentLog } from '../../../runtime/log.ts';
import { startTransport } from '../../../runtime/main.ts';
import { hashPassword } from '../../../runtime/users/password-hash.ts';
import { readLog } from '../../support/log-rows.ts';
import { receiveConnector } from '../../support/receive-connector.ts';
import { SmtpDialogue } from '../../support/smtp-dialogue.ts';
import { smtpSink } from '../../support/smtp-sink.ts';
import { temporaryFolder } from '../../support/spool.ts';
import { sendConnector, server, transportConfig } from '../../support/transport-config.ts';

const limit = { timeout: 20_000 };
const password = 'correct horse';
const base64 = (text: string): string => Buffer.from(text).toString('base64');

type Level = ReceiveConnector['protocolLoggingLevel'];

function topology(port: number, level: Level, exchangeVersion: ExchangeVersion): TransportConfig {
  return transportConfig({
    servers: [server({ name: 'MBX1', exchangeVersion })],
    credentials: [{ name: 'relay', username: 'contoso', passwordFrom: { env: 'MAILTOPO_TEST_LOGS' } }],
    receiveConnectors: [
      receiveConnector({
        name: 'Clients',
        server: 'MBX1',
        bindings: [{ address: '10.0.0.11', port: 2525 }],
        remoteIPRanges: [{ first: '0.0.0.0', last: '255.255.255.255' }],
        authMechanism: ['BasicAuth'],
        permissionGroups: ['ExchangeUsers'],
        protocolLoggingLevel: level,
      }),
    ],
    sendConnectors: [
      sendConnector({
        name: 'Out',
        to: ['*'],
        sourceTransportServers: ['MBX1'],
        smartHosts: [{ host: '198.51.100.30', kind: 'address' }],
        smartHostAuthMechanism: 'BasicAuth',
        credential: 'relay',
        protocolLoggingLevel: level,
      }),
    ],
    rehearsal: {
      listen: [],
      clients: [],
      connect: [{ remote: { address: '198.51.100.30', port: 25 }, local: { address: '127.0.0.1', port } }],
    },
  });
}

/** Sends one message to two strangers, of whom the next server refuses one, and returns the folder of the logs. */
async function runOnce(
  context: TestContext,
  level: Level,
  version: ExchangeVersion = '2019',
): Promise<string> {
  process.env['MAILTOPO_TEST_LOGS'] = password;
  const sink = await smtpSink({
    extensions: ['AUTH LOGIN'],
    reply(line) {
      if (line === 'AUTH LOGIN' || line === base64('contoso')) return '334 UGFzc3dvcmQ6';
      if (line === base64(password)) return '235 2.7.0 Welcome';
      return line.startsWith('RCPT TO:<nobody@') ? '550 5.1.1 No such, "mailbox" here' : undefined;
    },
  });
  context.after(() => sink.close());
  const bundleFolder = temporaryFolder();
  let tell = (): void => undefined;
  const delivered = new Promise<void>((resolve) => (tell = resolve));
  const transport = await startTransport({
    config: topology(sink.port, level, version),
    bundleFolder,
    mode: 'rehearsal',
    users: `ann:${await hashPassword(password)}:ann@contoso.com`,
    // The DSN is the last thing to arrive.
    log: (_level, event, { recipients } = {}) => {
      if (event === 'message delivered' && String(recipients).includes('ann@')) tell();
    },
  });
  const client = new SmtpDialogue(transport.endpoints[0]!.local);
  await client.reply();
  for (const line of ['EHLO client', 'AUTH LOGIN', base64('ann'), base64(password)]) await client.ask(line);
  await client.ask('MAIL FROM:<ann@contoso.com>');
  for (const name of ['bob', 'nobody']) await client.ask(`RCPT TO:<${name}@fabrikam.com>`);
  await client.ask('DATA');
  const subject = 'Re: "cost", \u000b2026-01-01T00:00:00.000Z,forged';
  assert.match(await client.ask(`Message-ID: <1@contoso.com>\r\nSubject: ${subject}\r\n\r\nHi\r\n.`), /^250/);
  await client.ask('QUIT');
  await delivered;
  await transport.stop(2000);
  return join(bundleFolder, 'data', 'mbx1', 'TransportRoles', 'Logs');
}

test(
  'server logs: message tracking follows a message from its client to its ends',
  limit,
  async (context) => {
    const { head, rows } = readLog(join(await runOnce(context, 'None'), 'MessageTracking'), 'MSGTRK');
    assert.deepEqual(
      head.map((line) => line.slice(0, line.indexOf(':'))),
      ['#Software', '#Version', '#Log-Type', '#Date', '#Fields'],
    );
    assert.equal(head[2], '#Log-Type: Message Tracking Log');
    assert.deepEqual(
      rows.map((row) => `${row['source']} ${row['event-id']}`),
      ['SMTP RECEIVE', 'SMTP SEND', 'DSN DSN', 'SMTP FAIL', 'STOREDRIVER DELIVER'],
    );
    const [receive, send, dsn, fail, deliver] = rows;
    assert.equal(receive?.['recipient-address'], 'bob@fabrikam.com;nobody@fabrikam.com');
    assert.equal(receive?.['connector-id'], 'MBX1\\Clients');
    assert.equal(receive?.['client-hostname'], 'client');
    assert.equal(receive?.['message-subject'], 'Re: "cost", 2026-01-01T00:00:00.000Z,forged');
    assert.equal(receive?.['directionality'], 'Originating');
    assert.equal(send?.['connector-id'], 'Out');
    assert.equal(send?.['server-ip'], '127.0.0.1');
    assert.equal(send?.['message-subject'], receive?.['message-subject']);
    assert.equal(send?.['recipient-status'], '250 2.6.0 Queued');
    assert.equal(fail?.['recipient-address'], 'nobody@fabrikam.com');
    assert.equal(fail?.['recipient-status'], '550 5.1.1 No such, "mailbox" here');
    assert.equal(dsn?.['reference'], '<1@contoso.com>');
    assert.equal(dsn?.['return-path'], '<>');
    assert.equal(dsn?.['message-id'], deliver?.['message-id']);
    for (const row of [send, fail])
      assert.equal(row?.['internal-message-id'], receive?.['internal-message-id']);
  },
);

test(
  'server logs: protocol logs tell both dialogues line by line, and no password',
  limit,
  async (context) => {
    const logs = join(await runOnce(context, 'Verbose'), 'Hub', 'ProtocolLog');
    const received = readLog(join(logs, 'SmtpReceive'), 'RECV');
    const sent = readLog(join(logs, 'SmtpSend'), 'SEND');
    for (const { text } of [received, sent])
      for (const secret of [password, base64(password)]) assert.ok(!text.includes(secret), text);
    const events = (rows: typeof received.rows): string =>
      rows.map((row) => `${row['event']} ${row['data']} ${row['context']}`.trim()).join('\n');
    assert.match(events(received.rows), /^\+\n\* .*Set Session Permissions\n> 220 /);
    assert.match(events(received.rows), /\n< AUTH LOGIN\n> 334 .*\n< <authentication response>\n> 334/);
    assert.match(events(received.rows), /\n< QUIT\n> 221 .*\n- +Local$/);
    assert.match(
      events(sent.rows),
      /^\* +attempting to connect\n\+\n< 220 sink\n> EHLO .*\n< 250-sink\n< 250 AUTH LOGIN\n/,
    );
    assert.match(events(sent.rows), /\n> AUTH LOGIN\n< 334 .*\n> <authentication response>\n/);
    assert.match(events(sent.rows), /\n< 550 5\.1\.1 No such, "mailbox" here\n/);
    assert.ok(!sent.text.includes('Subject'), 'mail data is no part of the dialogue');
    assert.match(sent.rows[0]?.['remote-endpoint'] ?? '', /^[\d.]+:\d+$/);
    assert.equal(sent.rows[0]?.['local-endpoint'], '');
    for (const { rows } of [received, sent])
      assert.deepEqual(
        rows.map((row) => row['sequence-number']),
        rows.map((_, at) => String(at)),
      );
  },
);

test(
  'server logs: a connector without protocol logging leaves none, connections are told',
  limit,
  async (context) => {
    const logs = await runOnce(context, 'None');
    assert.equal(existsSync(join(logs, 'Hub', 'ProtocolLog')), false);
    const { rows } = readLog(join(logs, 'Hub', 'Connectivity'), 'CONNECTLOG');
    assert.deepEqual(
      rows.map((row) => row['direction']),
      ['+', '>', '-'],
    );
    assert.equal(rows[0]?.['destination'], 'fabrikam.com');
    assert.match(rows[1]?.['description'] ?? '', /^Established connection to 198\.51\.100\.30:25$/);
    assert.match(rows[2]?.['description'] ?? '', /^Messages: 1 Bytes: \d+$/);
  },
);

const layouts: readonly { version: ExchangeVersion; count: number; file: RegExp; send: string }[] = [
  { version: '2007', count: 21, file: /^MSGTRK\d{8}-1\.LOG$/, send: 'ProtocolLog/SmtpSend' },
  { version: '2010', count: 26, file: /^MSGTRK\d{8}-1\.LOG$/, send: 'ProtocolLog/SmtpSend' },
  { version: '2013', count: 27, file: /^MSGTRK\d{10}-1\.LOG$/, send: 'Hub/ProtocolLog/SmtpSend' },
  { version: 'SE', count: 30, file: /^MSGTRK\d{10}-1\.LOG$/, send: 'Hub/ProtocolLog/SmtpSend' },
];

for (const { version, count, file, send } of layouts) {
  test(`server logs: Exchange ${version} has its own fields, folders and file names`, async () => {
    const dataFolder = temporaryFolder();
    const config = transportConfig({ servers: [server({ name: 'MBX1', exchangeVersion: version })] });
    const clock = systemClock;
    const logs = openServerLogs({ config, serverNames: ['MBX1'], dataFolder, clock, log: silentLog });
    const { witness } = logs;
    witness.track({ server: 'MBX1', source: 'QUEUE', event: 'FAIL', id: 1, size: 2, recipients: [] });
    const subject = { side: 'send', server: 'MBX1', connector: 'Out', session: '1' } as const;
    witness.transcript(subject).note('<', '250 a\r\n#Fields: forged');
    await logs.close(2000);
    const folder = join(dataFolder, 'mbx1', 'TransportRoles', 'Logs');
    const tracking = readLog(join(folder, 'MessageTracking'), 'MSGTRK');
    assert.equal(Object.keys(tracking.rows[0] ?? {}).length, count);
    assert.match(readdirSync(join(folder, 'MessageTracking')).join(), file);
    assert.equal(readLog(join(folder, send), 'SEND').rows[0]?.['data'], '250 a\\u000d\\u000a#Fields: forged');
  });
}
