import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';

import { systemClock } from '../../../runtime/clock.ts';
import type { TransportConfig } from '../../../runtime/config.ts';
import { openServerLogs } from '../../../runtime/exchange-logs/server-logs.ts';
import { silentLog } from '../../../runtime/log.ts';
import { Deferrals } from '../../../runtime/queue/deferrals.ts';
import type { Waiting } from '../../../runtime/queue/parcel.ts';
import { readLog } from '../../support/log-rows.ts';
import { manualClock, type ManualClock } from '../../support/manual-clock.ts';
import { runQueue, type QueueUnderTest } from '../../support/running-queue.ts';
import { smtpSink } from '../../support/smtp-sink.ts';
import { temporaryFolder } from '../../support/spool.ts';
import { sendConnector, transportConfig } from '../../support/transport-config.ts';

const limit = { timeout: 15_000 };

function towards(port: number): TransportConfig {
  return transportConfig({
    sendConnectors: [
      sendConnector({
        name: 'Out',
        to: ['*'],
        sourceTransportServers: ['MBX1'],
        smartHosts: [{ host: '198.51.100.10', kind: 'address' }],
      }),
    ],
    rehearsal: {
      listen: [],
      clients: [],
      connect: [{ remote: { address: '198.51.100.10', port: 25 }, local: { address: '127.0.0.1', port } }],
    },
  });
}

/** Of each reply the codes, and what it quotes of the next hop's own words. */
function shortened(statuses = ''): string {
  return statuses
    .split(';')
    .map((status) => status.replace(/^(\d{3} \S+) .*"(.*)\.".*$/, '$1 $2'))
    .join(';');
}

interface Tracked extends QueueUnderTest {
  readonly clock: ManualClock;
  /** Ends the log of message tracking, and reads of each row what it says. */
  rows(): Promise<readonly string[]>;
}

async function run(context: TestContext, port: number): Promise<Tracked> {
  const dataFolder = temporaryFolder();
  const config = towards(port);
  const clock = manualClock();
  const logs = openServerLogs({
    config,
    serverNames: ['MBX1'],
    dataFolder,
    clock: systemClock,
    log: silentLog,
  });
  const running = await runQueue(context, config, { clock, witness: logs.witness });
  return {
    ...running,
    clock,
    async rows() {
      await logs.close(5000);
      const folder = join(dataFolder, 'mbx1', 'TransportRoles', 'Logs', 'MessageTracking');
      return readLog(folder, 'MSGTRK').rows.map((row) =>
        ['internal-message-id', 'source', 'event-id', 'connector-id', 'recipient-address', 'recipient-status']
          .map((field) => (field === 'recipient-status' ? shortened(row[field]) : row[field]))
          .join(' '),
      );
    },
  };
}

test(
  'deferrals: the tracking log tells once of each message behind a next hop that is out of reach',
  limit,
  async (context) => {
    const closed = await smtpSink();
    closed.close();
    const { put, seen, clock, rows } = await run(context, closed.port);
    const first = await put('a\r\n', ['bob@fabrikam.com', 'eve@fabrikam.com']);
    await seen('queue waits');
    const second = await put('b\r\n', ['joe@fabrikam.com']);
    for (let failure = 2; failure <= 4; failure += 1) {
      clock.pass(60_000);
      await seen('queue waits', failure);
    }
    let sessions = 0;
    const busy = await smtpSink(
      { reply: (line) => (line === '' && (sessions += 1) <= 2 ? `421 4.3.2 Busy, ${sessions}` : undefined) },
      closed.port,
    );
    context.after(() => busy.close());
    for (let failure = 5; failure <= 6; failure += 1) {
      clock.pass(300_000);
      await seen('queue waits', failure);
    }
    clock.pass(300_000);
    await busy.arrived(2);
    await seen('message delivered', 2);

    const unreachable = '441 4.4.1 421 4.2.1 Unable to connect: ECONNREFUSED';
    const both = 'bob@fabrikam.com;eve@fabrikam.com';
    const deferred = (await rows()).filter((row) => row.includes('DEFER'));
    assert.deepEqual(deferred, [
      `${first} SMTP DEFER Out ${both} ${unreachable};${unreachable}`,
      `${second} SMTP DEFER Out joe@fabrikam.com ${unreachable}`,
      `${first} SMTP DEFER Out ${both} 451 4.4.0 421 4.3.2 Busy, 1;451 4.4.0 421 4.3.2 Busy, 1`,
      `${second} SMTP DEFER Out joe@fabrikam.com 451 4.4.0 421 4.3.2 Busy, 1`,
    ]);
  },
);

test(
  'deferrals: a message that the next hop puts off is told of again only for another reason',
  limit,
  async (context) => {
    let tries = 0;
    const sink = await smtpSink({
      reply(line) {
        if (!line.startsWith('RCPT TO:<eve')) return undefined;
        tries += 1;
        if (tries <= 3) return `452 4.2.2 Mailbox full since ${tries} tries`;
        return tries === 4 ? '451 4.7.1 Come later' : undefined;
      },
    });
    context.after(() => sink.close());
    const { put, seen, clock, rows } = await run(context, sink.port);
    const id = await put('a\r\n', ['eve@fabrikam.com']);
    for (let time = 1; time <= 4; time += 1) {
      await seen('message put off', time);
      clock.pass(900_000);
    }
    await seen('message delivered');
    const deferred = (await rows()).filter((row) => row.includes('DEFER'));
    assert.deepEqual(deferred, [
      `${id} SMTP DEFER  eve@fabrikam.com 452 4.2.2 Mailbox full since 1 tries`,
      `${id} SMTP DEFER  eve@fabrikam.com 451 4.7.1 Come later`,
    ]);
  },
);

/** Messages of which only the number is looked at. */
function messages(count: number): readonly Waiting[] {
  const state = { recipients: [{}], crashes: 0 };
  return Array.from({ length: count }, (_, id) => {
    const message: object = { id, size: 1, enteredAt: 0, state };
    return { message: message as Waiting['message'], places: [0] };
  });
}

test('deferrals: a long queue is told of a few at a time, until its next hop is back', () => {
  const clock = manualClock();
  const told: string[] = [];
  let waits = true;
  const deferrals = new Deferrals({
    clock,
    stillWaits: () => waits,
    tell: ({ message }, reply) => told.push(`${message.id} ${reply}`),
  });
  const all = messages(700);
  deferrals.all(all, '421 4.4.1 first');
  assert.equal(told.length, 200);
  clock.pass(200);
  assert.equal(told.length, 400);
  // Another try begins anew, and tells of nobody twice.
  deferrals.all(all, '421 4.4.1 second');
  assert.equal(told.length, 600);
  clock.pass(10_000);
  assert.equal(new Set(told.map((row) => row.split(' ', 1)[0])).size, 700);
  assert.equal(told.length, 700);
  deferrals.all(all, '451 4.7.0 another reason');
  waits = false;
  clock.pass(10_000);
  assert.equal(told.length, 900);
});
