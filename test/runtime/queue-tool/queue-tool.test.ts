import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import type { TransportConfig } from '../../../runtime/config.ts';
import type { Envelope } from '../../../runtime/message.ts';
import { lockFolder } from '../../../runtime/queue/lock.ts';
import { queueFolder } from '../../../runtime/queue/open-queue.ts';
import { queueTool } from '../../../runtime/queue-tool/queue-tool.ts';
import { runQueue } from '../../support/running-queue.ts';
import { smtpSink } from '../../support/smtp-sink.ts';
import { temporaryFolder } from '../../support/spool.ts';
import { sendConnector, transportConfig } from '../../support/transport-config.ts';

const limit = { timeout: 20_000 };
const queueName = 'connector out to fabrikam.com';

/** Mail for Fabrikam goes to a port of this machine, which nobody may listen on. */
function towards(port: number): TransportConfig {
  return transportConfig({
    sendConnectors: [sendConnector({ name: 'out', to: ['fabrikam.com'], sourceTransportServers: ['MBX1'] })],
    dns: [
      { name: 'fabrikam.com', mx: [[10, 'mail.fabrikam.com']] },
      { name: 'mail.fabrikam.com', a: ['198.51.100.10'] },
    ],
    rehearsal: {
      listen: [],
      clients: [],
      connect: [{ remote: { address: '198.51.100.10', port: 25 }, local: { address: '127.0.0.1', port } }],
    },
  });
}

interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

async function ask(config: TransportConfig, dataFolder: string, ...argv: readonly string[]): Promise<Ran> {
  let out = '';
  let err = '';
  const code = await queueTool(config, '/bundle', [...argv, '--data', dataFolder], {
    out: (text) => void (out += text),
    err: (text) => void (err += text),
  });
  return { code, out, err };
}

async function askJson(config: TransportConfig, dataFolder: string, ...argv: readonly string[]) {
  const { code, out, err } = await ask(config, dataFolder, ...argv, '--format', 'json');
  assert.equal(err, '');
  return { code, ...JSON.parse(out).servers[0] };
}

/** Puts messages into a queue whose next hop is away, and stops it or lets it run. */
async function waiting(
  context: TestContext,
  then: 'stopped' | 'running',
  messages: readonly { text?: string; to?: readonly string[]; envelope?: Partial<Envelope> }[] = [{}],
) {
  const dataFolder = temporaryFolder();
  const gone = await smtpSink();
  gone.close();
  const config = towards(gone.port);
  const made = await runQueue(context, config, { dataFolder });
  const ids: string[] = [];
  for (const { text = 'Subject: Lunch\r\n\r\nHi\r\n', to = ['bob@fabrikam.com'], envelope } of messages)
    ids.push(String(await made.put(text, to, envelope)));
  await made.seen('queue waits');
  if (then === 'stopped') await made.queue.stop();
  return { dataFolder, config, ids, port: gone.port, ...made };
}

for (const state of ['stopped', 'running'] as const) {
  test(`queue list and show: of a transport that is ${state}`, limit, async (context) => {
    const { dataFolder, config, ids } = await waiting(context, state, [{}, { to: ['eve@nowhere.example'] }]);
    const listed = await askJson(config, dataFolder, 'list');
    assert.equal(listed.code, 0);
    assert.equal(listed.state, state);
    assert.equal(listed.total, 2);
    assert.deepEqual(
      listed.queues.map(({ queue, status, messages }: Record<string, unknown>) => [queue, status, messages]),
      [
        [queueName, state === 'running' ? 'retry' : 'waiting', 1],
        ['unreachable', 'unreachable', 1],
      ],
    );
    assert.deepEqual(
      listed.messages.map(({ id }: { id: string }) => id),
      ids,
    );
    const [first] = (await askJson(config, dataFolder, 'show', ids[0] ?? '')).messages;
    assert.equal(first.subject, 'Lunch');
    assert.equal(first.from, 'ann@contoso.com');
    assert.deepEqual(first.recipients[0].queue, queueName);
    const { out } = await ask(config, dataFolder, 'list', '--queue', queueName);
    assert.match(out, new RegExp(`^MBX1 \\(${state}\\)\n`));
    assert.match(out, /<ann@contoso\.com> +<bob@fabrikam\.com>/);
    assert.doesNotMatch(out, /eve@/);
  });

  test(`queue suspend and resume: of a transport that is ${state}`, limit, async (context) => {
    const { dataFolder, config, ids, seen, port, queue } = await waiting(context, state);
    assert.equal((await ask(config, dataFolder, 'suspend', ids[0] ?? '')).code, 0);
    const [message] = (await askJson(config, dataFolder, 'list')).messages;
    assert.equal(message.status, 'suspended');
    const again = await smtpSink({}, port);
    context.after(() => again.close());
    let run = { queue, seen };
    if (state === 'stopped') run = await runQueue(context, config, { dataFolder });
    const tried = await ask(config, dataFolder, 'retry', ids[0] ?? '');
    assert.equal(tried.code, 1);
    assert.match(tried.out, /NOT DONE: is suspended/);
    await ask(config, dataFolder, 'retry', '--all');
    assert.equal(run.queue.counts().get('MBX1')?.messages, 1);
    assert.equal((await ask(config, dataFolder, 'resume', ids[0] ?? '')).code, 0);
    await run.seen('message delivered');
    assert.equal(again.messages.length, 1);
  });

  test(`queue remove: of a transport that is ${state}`, limit, async (context) => {
    const { dataFolder, config, ids } = await waiting(context, state, [
      {},
      {},
      { envelope: { reversePath: '' } },
    ]);
    const [first = '', second = '', third = ''] = ids;
    const brake = await ask(config, dataFolder, 'remove', first);
    assert.equal(brake.code, 3);
    assert.match(brake.err, /^mailtopo: .*--with-dsn.*--without-dsn.*\n$/);
    const removed = await ask(config, dataFolder, 'remove', first, '--without-dsn');
    assert.match(removed.out, new RegExp(`${first}: removed\n`));
    assert.match((await ask(config, dataFolder, 'remove', third, '--with-dsn')).out, /: removed\n/);
    const told = await ask(config, dataFolder, 'remove', '--queue', queueName, '--with-dsn');
    assert.match(told.out, new RegExp(`${second}: removed, and its sender is told\n`));
    if (state === 'stopped') {
      const { messages } = await askJson(config, dataFolder, 'list');
      assert.deepEqual(
        messages.map(({ from, recipients }: { from: string; recipients: { address: string }[] }) => [
          from,
          recipients[0]?.address,
        ]),
        [['', 'ann@contoso.com']],
      );
    }
    const missing = await ask(config, dataFolder, 'remove', first, '--without-dsn');
    assert.equal(missing.code, 1);
    assert.match(missing.out, /NOT DONE: there is no such message/);
  });

  test(`queue export: of a transport that is ${state}, and over no other file`, limit, async (context) => {
    const text = `Subject: long\r\n\r\n${'x'.repeat(70)}\r\n`.repeat(8000);
    const { dataFolder, config, ids } = await waiting(context, state, [{}, { text }]);
    const output = join(temporaryFolder(), 'out');
    const { code, out } = await ask(config, dataFolder, 'export', '--all', '--output', output);
    assert.equal(code, 0, out);
    assert.deepEqual(readdirSync(output).sort(), ids.map((id) => `${id}.eml`).sort());
    assert.equal(readFileSync(join(output, `${ids[1]}.eml`), 'utf8'), text);
    writeFileSync(join(output, `${ids[0]}.eml`), 'mine');
    const again = await ask(config, dataFolder, 'export', ids[0] ?? '', '--output', output);
    assert.equal(again.code, 1);
    assert.match(again.out, /NOT DONE: .*it is there already, and left alone/);
    assert.equal(readFileSync(join(output, `${ids[0]}.eml`), 'utf8'), 'mine');
    assert.deepEqual(readdirSync(join(queueFolder(dataFolder, 'MBX1'), 'requests')), []);
  });
}

test('queue retry: the next hop is tried at once', limit, async (context) => {
  const { dataFolder, config, port, seen } = await waiting(context, 'running');
  const again = await smtpSink({}, port);
  context.after(() => again.close());
  const { out } = await ask(config, dataFolder, 'retry', '--queue', queueName);
  assert.match(out, /connector out to fabrikam\.com: is tried now/);
  await seen('message delivered');
  assert.equal(again.messages.length, 1);
});

test('queue suspend: a queue stays so over a restart', limit, async (context) => {
  const { dataFolder, config, port, queue } = await waiting(context, 'running');
  await ask(config, dataFolder, 'suspend', '--queue', queueName);
  await queue.stop();
  const again = await smtpSink({}, port);
  context.after(() => again.close());
  const after = await runQueue(context, config, { dataFolder });
  assert.equal((await askJson(config, dataFolder, 'list')).queues[0].status, 'suspended');
  assert.equal(again.messages.length, 0);
  await ask(config, dataFolder, 'resume', '--queue', queueName);
  await after.seen('message delivered');
  assert.deepEqual((await askJson(config, dataFolder, 'list')).queues, []);
});

test('queue list: what others wrote neither steers the terminal nor makes lines', limit, async (context) => {
  const hostile = 'a\u001b[2J\r\n\u202eevil\u0085';
  const { dataFolder, config, ids } = await waiting(context, 'stopped', [
    {
      text: 'Subject: \u001b]0;x\u0007 \u202eab\r\n\r\n',
      to: [`"${hostile}"@fabrikam.com`],
      envelope: { reversePath: hostile, messageId: hostile },
    },
  ]);
  for (const argv of [['list'], ['show', ids[0] ?? ''], ['list', '--format', 'json']]) {
    const { out } = await ask(config, dataFolder, ...argv);
    assert.match(out, /evil/);
    assert.doesNotMatch(out, /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
  }
});

const faults: readonly { title: string; argv: readonly string[]; code: number; says: RegExp }[] = [
  { title: 'no such action', argv: ['drop'], code: 2, says: /there is no "queue drop"/ },
  { title: 'no message', argv: ['retry'], code: 2, says: /retry needs message numbers/ },
  {
    title: 'two ways to choose',
    argv: ['retry', '1', '--all'],
    code: 2,
    says: /retry needs message numbers/,
  },
  { title: 'to remove all', argv: ['remove', '--all', '--with-dsn'], code: 2, says: /not --all/ },
  {
    title: 'both ways to remove',
    argv: ['remove', '1', '--with-dsn', '--without-dsn'],
    code: 3,
    says: /gone/,
  },
  { title: 'a number that is none', argv: ['show', '../1'], code: 2, says: /"\.\.\/1" is no message number/ },
  { title: 'an export to nowhere', argv: ['export', '1'], code: 2, says: /--output FOLDER/ },
  { title: 'a server that is not there', argv: ['list', '--server', 'X'], code: 2, says: /no server "X"/ },
  { title: 'an option that is not there', argv: ['list', '--x'], code: 2, says: /see queue --help/ },
];

for (const { title, argv, code, says } of faults) {
  test(`queue: ${title} is one line and exit code ${code}`, async () => {
    const ran = await ask(transportConfig({}), temporaryFolder(), ...argv);
    assert.equal(ran.code, code);
    assert.equal(ran.out, '');
    assert.match(ran.err, says);
    assert.match(ran.err, /^mailtopo: .*\n$/);
  });
}

test('queue: a server that never ran has no queue, and gets none', async () => {
  const dataFolder = temporaryFolder();
  const { code, out } = await ask(transportConfig({}), dataFolder, 'list');
  assert.equal(code, 0);
  assert.equal(out, 'MBX1 (no queue yet)\n');
  assert.deepEqual(readdirSync(dataFolder), []);
});

test('queue: a request that nobody answers is taken back', { ...limit, timeout: 30_000 }, async (context) => {
  const { dataFolder, config } = await waiting(context, 'stopped');
  const folder = queueFolder(dataFolder, 'MBX1');
  mkdirSync(join(folder, 'requests'), { recursive: true });
  const release = lockFolder(folder);
  const { code, err } = await ask(config, dataFolder, 'list');
  release();
  assert.equal(code, 2);
  assert.match(err, /^mailtopo: .* is in use by process \d+, which does not answer\n$/);
  assert.deepEqual(readdirSync(join(folder, 'requests')), []);
  assert.ok(!existsSync(join(folder, 'lock')));
});
