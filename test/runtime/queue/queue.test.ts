import assert from 'node:assert/strict';
import { usualOldestTls } from '../../../runtime/oldest-tls.ts';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import type { SendConnector, TransportConfig } from '../../../runtime/config.ts';
import { silentLog } from '../../../runtime/log.ts';
import { openAttemptMark } from '../../../runtime/queue/attempt-mark.ts';
import { startQueue } from '../../../runtime/queue/queue.ts';
import { serverFolder } from '../../../runtime/server/internal-hop.ts';
import { StartFailure } from '../../../runtime/start-failure.ts';
import { issue, makeAuthority } from '../../support/certificates.ts';
import { manualClock } from '../../support/manual-clock.ts';
import { runQueue } from '../../support/running-queue.ts';
import { smtpSink, type SinkOptions, type SmtpSink } from '../../support/smtp-sink.ts';
import { temporaryFolder } from '../../support/spool.ts';
import { sendConnector, transportConfig } from '../../support/transport-config.ts';

const limit = { timeout: 10_000 };

/** A topology whose Send connector leads to a sink on this machine. */
function towards(port: number, connector: Partial<SendConnector> = {}): TransportConfig {
  return transportConfig({
    sendConnectors: [
      sendConnector({ name: 'out', to: ['*'], sourceTransportServers: ['MBX1'], ...connector }),
    ],
    dns: [
      { name: 'fabrikam.com', mx: [[10, 'mail.fabrikam.com']] },
      { name: 'tailspin.example', mx: [[10, 'mail.fabrikam.com']] },
      { name: 'mail.fabrikam.com', a: ['198.51.100.10'] },
      { name: 'silent.example', mx: [[0, '.']] },
    ],
    rehearsal: {
      listen: [],
      clients: [],
      connect: [{ remote: { address: '198.51.100.10', port: 25 }, local: { address: '127.0.0.1', port } }],
    },
  });
}

async function sink(context: TestContext, options: SinkOptions = {}): Promise<SmtpSink> {
  const made = await smtpSink(options);
  context.after(() => made.close());
  return made;
}

test('queue: a message goes out once, to each domain in its own queue', limit, async (context) => {
  const { messages, port } = await sink(context);
  const { put, seen, queue } = await runQueue(context, towards(port));
  await put('Subject: a\r\n\r\nHi\r\n', ['bob@fabrikam.com', 'eve@fabrikam.com', 'joe@tailspin.example']);
  await seen('message delivered', 2);
  assert.deepEqual(messages.map(({ from, to, text }) => `${from} ${to.join('+')} ${text.length}`).sort(), [
    'ann@contoso.com bob@fabrikam.com+eve@fabrikam.com 18',
    'ann@contoso.com joe@tailspin.example 18',
  ]);
  assert.equal(queue.counts().get('MBX1')?.messages, 0);
});

test('queue: many messages share kept-open sessions, up to the limit of each', limit, async (context) => {
  const { messages, port, sessions } = await sink(context);
  const { put, seen } = await runQueue(context, towards(port, { smtpMaxMessagesPerConnection: 10 }));
  for (let index = 0; index < 25; index += 1) await put(`${index}\r\n`, ['bob@fabrikam.com']);
  await seen('message delivered', 25);
  assert.equal(new Set(messages.map(({ text }) => text)).size, 25);
  assert.ok(sessions() >= 3 && sessions() <= 8, `${sessions()} sessions`);
});

test(
  'queue: mail for an accepted domain goes into a Maildir, whatever its local-part',
  limit,
  async (context) => {
    const dataFolder = temporaryFolder();
    const { put, seen } = await runQueue(context, transportConfig({}), { dataFolder });
    await put('Subject: a\r\n\r\nHi\r\n', ['../../x@contoso.com', 'Ann@contoso.com']);
    await seen('message delivered');
    const folder = join(dataFolder, 'mailboxes', 'contoso.com');
    assert.deepEqual(
      readdirSync(dataFolder).filter((name) => name === 'x'),
      [],
    );
    const texts = readdirSync(join(folder, 'new')).map((name) =>
      readFileSync(join(folder, 'new', name), 'utf8'),
    );
    const textFor = (to: string): string =>
      `Return-Path: <ann@contoso.com>\r\nDelivered-To: ${to}\r\nSubject: a\r\n\r\nHi\r\n`;
    assert.deepEqual(texts.sort(), [textFor('../../x@contoso.com'), textFor('Ann@contoso.com')].sort());
    assert.deepEqual(readdirSync(join(folder, 'tmp')), []);
  },
);

test('queue: a refused recipient is told of in a DSN, the others get their mail', limit, async (context) => {
  const { messages, port } = await sink(context, {
    reply: (line) => (line.startsWith('RCPT TO:<eve') ? '550 5.1.1 User unknown' : undefined),
  });
  const dataFolder = temporaryFolder();
  const { put, seen } = await runQueue(context, towards(port), { dataFolder });
  await put('Subject: Lunch\r\n\r\nHi\r\n', ['bob@fabrikam.com', 'eve@fabrikam.com']);
  await seen('message failed');
  await seen('message delivered', 2);
  assert.deepEqual(
    messages.map(({ to }) => to),
    [['bob@fabrikam.com']],
  );
  const mailbox = join(dataFolder, 'mailboxes', 'contoso.com', 'new');
  const dsn = readFileSync(join(mailbox, readdirSync(mailbox)[0] ?? ''), 'utf8');
  assert.match(dsn, /^Return-Path: <>\r\n/);
  assert.match(dsn, /\r\nSubject: Undeliverable: Lunch\r\n/);
  assert.match(dsn, /\r\nFinal-Recipient: rfc822;eve@fabrikam.com\r\nAction: failed\r\nStatus: 5.1.1\r\n/);
  assert.doesNotMatch(dsn, /Final-Recipient: rfc822;bob/);
});

const silences: readonly { title: string; envelope: object; event: string }[] = [
  { title: 'the null reverse-path', envelope: { reversePath: '' }, event: 'message failed' },
  {
    title: 'NOTIFY=NEVER',
    envelope: { recipients: [{ forwardPath: 'eve@fabrikam.com', notify: ['NEVER'] }] },
    event: 'message failed',
  },
];

for (const { title, envelope, event } of silences) {
  test(`queue: ${title} gets no DSN`, limit, async (context) => {
    const { port } = await sink(context, {
      reply: (line) => (line.startsWith('RCPT') ? '550 5.1.1 No' : undefined),
    });
    const { put, seen, events, queue } = await runQueue(context, towards(port));
    await put('a\r\n', ['eve@fabrikam.com'], envelope);
    await seen(event);
    assert.equal(queue.counts().get('MBX1')?.messages, 0);
    assert.ok(!events.some((one) => one.event === 'DSN sent'));
  });
}

test('queue: a domain that takes no mail fails at once', limit, async (context) => {
  const { put, seen } = await runQueue(context, towards(1));
  await put('a\r\n', ['bob@silent.example']);
  assert.equal(
    (await seen('message failed')).reply,
    '556 5.1.10 The recipient domain takes no mail (null MX)',
  );
});

test(
  'queue: in a rehearsal, what nothing stands for is named and not connected to',
  limit,
  async (context) => {
    const config = { ...towards(1), rehearsal: { listen: [], clients: [], connect: [] } };
    const { put, seen } = await runQueue(context, config);
    await put('a\r\n', ['bob@fabrikam.com']);
    const reply = (await seen('queue waits')).reply;
    assert.equal(reply, '451 4.4.0 rehearsal.connect has no entry for 198.51.100.10:25');
    await put('a\r\n', ['bob@northwind.example']);
    assert.match(String((await seen('queue waits', 2)).reply), /dns has no entry for northwind\.example/);
  },
);

test('queue: a next hop that cannot be reached is tried again by the retry clock', limit, async (context) => {
  const made = await smtpSink();
  made.close();
  const clock = manualClock();
  const { put, seen, events } = await runQueue(context, towards(made.port), { clock });
  await put('a\r\n', ['bob@fabrikam.com']);
  const delays: unknown[] = [];
  for (let failure = 1; failure <= 12; failure += 1) {
    const { seconds } = await seen('queue waits', failure);
    delays.push(seconds);
    if (failure < 12) clock.pass(Number(seconds) * 1000);
  }
  assert.deepEqual(delays, [60, 60, 60, 60, 300, 300, 300, 300, 300, 300, 600, 600]);
  const again = await smtpSink({}, made.port);
  context.after(() => again.close());
  clock.pass(600_000);
  await seen('message delivered');
  assert.equal(events.filter(({ event }) => event === 'message put off').length, 0);
});

test('queue: what is said of one message holds back that message only', limit, async (context) => {
  let refusals = 1;
  const { messages, port } = await sink(context, {
    reply: (line) =>
      line.startsWith('RCPT TO:<eve') && refusals-- > 0 ? '452 4.2.2 Mailbox full' : undefined,
  });
  const clock = manualClock();
  const { put, seen } = await runQueue(context, towards(port), { clock });
  await put('first\r\n', ['eve@fabrikam.com']);
  await seen('message put off');
  await put('second\r\n', ['bob@fabrikam.com']);
  await seen('message delivered');
  assert.deepEqual(
    messages.map(({ text }) => text),
    ['second\r\n'],
  );
  clock.pass(900_000);
  await seen('message delivered', 2);
  assert.deepEqual(
    messages.map(({ text }) => text),
    ['second\r\n', 'first\r\n'],
  );
});

test('queue: a message tells of its delay once, and expires', limit, async (context) => {
  const clock = manualClock();
  const dataFolder = temporaryFolder();
  const { put, seen, events, queue } = await runQueue(context, towards(1), { clock, dataFolder });
  await put('Subject: a\r\n\r\n', ['bob@fabrikam.com']);
  await seen('queue waits');
  clock.pass(4 * 3_600_000 + 60_000);
  await seen('message delivered');
  clock.pass(60_000);
  assert.equal(events.filter(({ event }) => event === 'DSN sent').length, 1);
  clock.pass(44 * 3_600_000);
  await seen('message expired');
  await seen('message delivered', 2);
  const mailbox = join(dataFolder, 'mailboxes', 'contoso.com', 'new');
  const texts = readdirSync(mailbox).map((name) => readFileSync(join(mailbox, name), 'utf8'));
  const told = texts.map((text) =>
    /\r\nAction: (.*)\r\nStatus: (.*)\r\nDiagnostic-Code: (.{20})/.exec(text)?.slice(1).join(' '),
  );
  assert.deepEqual(told.sort(), ['delayed 4.4.1 smtp;441 4.4.1 Error', 'failed 4.4.7 smtp;550 4.4.7 QUEUE']);
  assert.equal(queue.counts().get('MBX1')?.messages, 0);
});

const jumps: readonly { title: string; jump: number }[] = [
  { title: 'forward', jump: 365 * 86_400_000 },
  { title: 'back', jump: -365 * 86_400_000 },
];

for (const { title, jump } of jumps) {
  test(
    `queue: a time of day that jumps ${title} expires nothing, and what is old all the same`,
    limit,
    async (context) => {
      const clock = manualClock();
      const { put, seen, events } = await runQueue(context, towards(1), { clock });
      const id = await put('a\r\n', ['bob@fabrikam.com']);
      await seen('queue waits');
      clock.jump(jump);
      clock.pass(3 * 3_600_000);
      assert.deepEqual(
        events.filter(({ event }) => event === 'message expired' || event === 'DSN sent'),
        [],
      );
      clock.pass(46 * 3_600_000);
      assert.equal((await seen('message expired')).message, id);
    },
  );
}

test('queue: after a long standstill mail is tried before it expires', limit, async (context) => {
  const dataFolder = temporaryFolder();
  const clock = manualClock();
  const before = await runQueue(context, towards(1), { dataFolder, clock });
  const id = await before.put('a\r\n', ['bob@fabrikam.com']);
  await before.seen('queue waits');
  await before.queue.stop();
  clock.jump(30 * 86_400_000);
  const after = await runQueue(context, towards(1), { dataFolder, clock });
  await after.seen('queue waits');
  clock.pass(22 * 3_600_000);
  assert.ok(!after.events.some(({ event }) => event === 'message expired'));
  clock.pass(3 * 3_600_000);
  assert.equal((await after.seen('message expired')).message, id);
});

test('queue: what can be neither delivered nor returned is kept as bad mail', limit, async (context) => {
  const { port } = await sink(context, {
    reply: (line) => (line.startsWith('RCPT') ? '550 5.1.1 No' : undefined),
  });
  const dataFolder = temporaryFolder();
  const { put, seen, queue } = await runQueue(context, towards(port), { dataFolder });
  // Its DSN goes to a mailbox that refuses it as well.
  await put('Subject: Lunch\r\n\r\nHi\r\n', ['bob@fabrikam.com'], { reversePath: 'eve@fabrikam.com' });
  await seen('bad mail kept');
  await seen('message failed', 2);
  assert.equal(queue.counts().get('MBX1')?.messages, 0);
  const folder = join(serverFolder(dataFolder, 'MBX1'), 'bad-mail');
  const [name = '', ...others] = readdirSync(folder);
  assert.deepEqual(others, []);
  const text = readFileSync(join(folder, name), 'utf8');
  assert.match(
    text,
    /^Return-Path: <>\r\nX-Undelivered-To: eve@fabrikam.com\r\nX-Undelivered-Reason: 550 5.1.1 No\r\n/,
  );
  assert.match(text, /\r\nSubject: Undeliverable: Lunch\r\n/);
});

test('queue: messages beyond the memory that they may take are felt as pressure', limit, async (context) => {
  const clock = manualClock();
  const { put, seen, queue } = await runQueue(context, transportConfig({}), { clock, memoryShare: 4000 });
  const spool = queue.spool('MBX1');
  assert.equal(spool.pressure, 'normal');
  for (let index = 0; index < 5; index += 1) await put('a\r\n', ['bob@fabrikam.com']);
  await seen('message unreachable', 5);
  clock.pass(2000);
  assert.equal((await seen('back pressure')).resource, 'memory');
  assert.equal(spool.pressure, 'high');
});

test('queue: mail without a way stays in the Unreachable queue', limit, async (context) => {
  const { put, seen, queue } = await runQueue(context, transportConfig({}));
  await put('a\r\n', ['bob@fabrikam.com']);
  await seen('message unreachable');
  assert.deepEqual(queue.counts().get('MBX1'), {
    messages: 1,
    active: 0,
    retry: 0,
    unreachable: 1,
    poison: 0,
  });
});

test('queue: a message too large for every connector fails', limit, async (context) => {
  const { put, seen } = await runQueue(context, towards(1, { maxMessageSize: 10 }));
  await put('0123456789\r\n', ['bob@fabrikam.com']);
  assert.match(String((await seen('message failed')).reply), /^550 5\.3\.4 ROUTING\.SizeLimit/);
});

const policies: readonly { policy: string; reply: string; event: string }[] = [
  { policy: 'Default', reply: '550 5.7.1 Policy', event: 'message failed' },
  { policy: 'DowngradeCustomFailures', reply: '550 5.7.1 Policy', event: 'message put off' },
  { policy: 'DowngradeCustomFailures', reply: '550 5.1.1 User unknown', event: 'message failed' },
  { policy: 'UpgradeCustomFailures', reply: '451 4.7.1 Greylisted', event: 'message failed' },
  { policy: 'UpgradeCustomFailures', reply: '451 4.3.0 Later', event: 'message put off' },
];

for (const { policy, reply, event } of policies) {
  test(`queue: with ${policy}, ${reply} means ${event}`, limit, async (context) => {
    const { port } = await sink(context, { reply: (line) => (line.startsWith('RCPT') ? reply : undefined) });
    const { put, seen } = await runQueue(context, towards(port, { errorPolicies: [policy] }));
    await put('a\r\n', ['bob@fabrikam.com']);
    assert.equal((await seen(event)).reply, reply);
  });
}

test('queue: DowngradeDnsFailures keeps what the DNS would end', limit, async (context) => {
  const { put, seen } = await runQueue(context, towards(1, { errorPolicies: ['DowngradeDnsFailures'] }));
  await put('a\r\n', ['bob@silent.example']);
  assert.match(String((await seen('queue waits')).reply), /^556 5\.1\.10/);
});

test('queue: a server that hangs up in the middle does not stop the queue', limit, async (context) => {
  const { messages, port } = await sink(context, {
    reply: (line, session) => (line === '.' && session === 1 ? 'close' : undefined),
  });
  const clock = manualClock();
  const { put, seen } = await runQueue(context, towards(port), { clock });
  await put('a\r\n', ['bob@fabrikam.com']);
  assert.match(String((await seen('queue waits')).reply), /^421 4\.4\.2 Connection dropped/);
  clock.pass(60_000);
  await seen('message delivered');
  assert.equal(messages.length, 1);
});

test('queue: a domain-secure domain gets its mail over mutual TLS or not at all', limit, async (context) => {
  const stranger = await issue({ authority: await makeAuthority('other-root'), domains: ['fabrikam.com'] });
  const { messages, port } = await sink(context, { cert: stranger.certificate, key: stranger.privateKey });
  const config = {
    ...towards(port, { domainSecureEnabled: true }),
    tlsSendDomainSecureList: ['fabrikam.com'],
  };
  const { put, seen } = await runQueue(context, config);
  await put('a\r\n', ['bob@fabrikam.com']);
  const { reply } = await seen('queue waits');
  assert.equal(reply, '454 4.7.5 Certificate validation failure, Reason:UntrustedRoot');
  await put('a\r\n', ['joe@tailspin.example']);
  await seen('message delivered');
  assert.deepEqual(
    messages.map(({ to }) => to),
    [['joe@tailspin.example']],
  );
});

test('queue: what only servers of the organization may read does not leave it', limit, async (context) => {
  const { messages, port } = await sink(context);
  const { put, seen } = await runQueue(context, towards(port));
  const secret = 'X-MS-Exchange-Organization-AuthAs: Internal\r\n folded\r\nx-ms-exchange-forest-b: c\r\n';
  await put(`Subject: a\r\n${secret}X-MS-Exchange-Other: d\r\n\r\n${secret}`, ['bob@fabrikam.com']);
  await seen('message delivered');
  assert.equal(messages[0]?.text, `Subject: a\r\nX-MS-Exchange-Other: d\r\n\r\n${secret}`);
});

test('queue: a message that broke two processes is set aside and named', limit, async (context) => {
  const dataFolder = temporaryFolder();
  const clock = manualClock();
  const before = await runQueue(context, transportConfig({}), { dataFolder, clock });
  const id = await before.put('a\r\n', ['bob@fabrikam.com']);
  await before.seen('message unreachable');
  await before.queue.stop();
  for (const event of ['message processing crashed', 'message poisoned']) {
    const mark = openAttemptMark(join(serverFolder(dataFolder, 'MBX1'), 'queue'));
    mark.set(id);
    mark.close();
    const after = await runQueue(context, transportConfig({}), { dataFolder, clock });
    assert.equal((await after.seen(event)).message, id);
    await after.queue.stop();
  }
  const last = await runQueue(context, transportConfig({}), { dataFolder, clock });
  assert.equal(last.queue.counts().get('MBX1')?.poison, 1);
  assert.deepEqual(last.events, []);
});

test('queue: what it holds when it stops is there when it starts', limit, async (context) => {
  const dataFolder = temporaryFolder();
  const { port, messages } = await sink(context);
  const before = await runQueue(context, towards(1), { dataFolder });
  await before.put('a\r\n', ['bob@fabrikam.com', 'eve@fabrikam.com']);
  await before.seen('queue waits');
  await before.queue.stop();
  const after = await runQueue(context, towards(port), { dataFolder });
  await after.seen('message delivered');
  assert.deepEqual(
    messages.map(({ to }) => to),
    [['bob@fabrikam.com', 'eve@fabrikam.com']],
  );
});

test('queue: a second process on one data folder is refused in one line', limit, async (context) => {
  const dataFolder = temporaryFolder();
  await runQueue(context, transportConfig({}), { dataFolder });
  const second = startQueue({
    config: transportConfig({}),
    serverNames: ['MBX1'],
    dataFolder,
    mode: 'rehearsal',
    material: { certificates: [], authorities: [], installations: new Map(), oldestTls: usualOldestTls },
    hop: { identityOf: () => undefined, serverOf: () => undefined },
    clock: manualClock(),
    log: silentLog,
  });
  const folder = join(serverFolder(dataFolder, 'MBX1'), 'queue');
  await assert.rejects(
    second,
    new StartFailure(`the data folder ${folder} is in use by process ${process.pid}`),
  );
});
