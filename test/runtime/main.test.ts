import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import type { ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { after, before, test } from 'node:test';

import type { Endpoint, TransportConfig } from '../../runtime/config.ts';
import { openInternalHop } from '../../runtime/server/internal-hop.ts';
import { issue, makeAuthority } from '../support/certificates.ts';
import type { Issued } from '../support/certificates.ts';
import { receiveConnector } from '../support/receive-connector.ts';
import { SmtpDialogue } from '../support/smtp-dialogue.ts';
import { sendConnector, server, transportConfig } from '../support/transport-config.ts';

const bundle = mkdtempSync(join(tmpdir(), 'mailtopo-bundle-'));
let partner: Issued;

before(async () => {
  const contosoRoot = await makeAuthority('Contoso Root');
  const fabrikamRoot = await makeAuthority('Fabrikam Root');
  const mail = await issue({ authority: contosoRoot, domains: ['mail.contoso.com', 'contoso.com'] });
  partner = await issue({ authority: fabrikamRoot, domains: ['mail.fabrikam.com', 'fabrikam.com'] });
  mkdirSync(join(bundle, 'certificates'));
  mkdirSync(join(bundle, 'keys'));
  writeFileSync(join(bundle, 'certificates', 'mail.pem'), mail.certificate);
  writeFileSync(join(bundle, 'certificates', 'fabrikam-root.pem'), fabrikamRoot.certificate);
  writeFileSync(join(bundle, 'keys', 'mail.key'), mail.privateKey);
  const main = JSON.stringify(new URL('../../runtime/main.js', import.meta.url));
  writeFileSync(
    join(bundle, 'main.mjs'),
    `import { readFileSync } from 'node:fs';
    import { main } from ${main};
    const topology = JSON.parse(readFileSync(new URL('./topology.json', import.meta.url), 'utf8'));
    process.exitCode = await main(topology, ${JSON.stringify(bundle)}, process.argv.slice(2));`,
  );
  writeTopology(topology());
});

after(() => rmSync(bundle, { recursive: true }));

function writeTopology(config: TransportConfig): void {
  writeFileSync(join(bundle, 'topology.json'), JSON.stringify(config));
}

/** Fabrikam's mail comes to the Edge server over mutual TLS and goes on to the mailbox server, which delivers it. */
function topology(changes: Partial<TransportConfig> = {}): TransportConfig {
  const edge = server({
    name: 'EDGE01',
    role: 'edge',
    fqdn: 'mail.contoso.com',
    addresses: ['192.0.2.25'],
    subscribedTo: 'Munich',
  });
  const mailbox = server({ name: 'MBX01', addresses: ['10.0.0.11'], site: 'Munich' });
  const anywhere = [{ first: '0.0.0.0', last: '255.255.255.255' }];
  return transportConfig({
    servers: [edge, mailbox],
    certificates: [
      {
        name: 'contoso-mail',
        file: 'certificates/mail.pem',
        keyFile: 'mail.key',
        domains: ['mail.contoso.com', 'contoso.com'],
        installedOn: ['EDGE01'],
        smtp: true,
        issuedBy: 'contoso-root',
      },
    ],
    authorities: [{ name: 'fabrikam-root', file: 'certificates/fabrikam-root.pem', trustedOn: ['EDGE01'] }],
    partners: [{ name: 'fabrikam', domains: ['fabrikam.com'], issuedBy: 'fabrikam-root' }],
    tlsReceiveDomainSecureList: ['fabrikam.com'],
    receiveConnectors: [
      receiveConnector({
        name: 'From Fabrikam',
        server: 'EDGE01',
        bindings: [{ address: '192.0.2.25', port: 25 }],
        remoteIPRanges: [{ first: '198.51.100.0', last: '198.51.100.255' }],
        requireTLS: true,
        domainSecureEnabled: true,
        permissionGroups: ['AnonymousUsers', 'Partners'],
      }),
      receiveConnector({
        name: 'Default MBX01',
        server: 'MBX01',
        fqdn: mailbox.fqdn,
        bindings: [{ address: '0.0.0.0', port: 25 }],
        remoteIPRanges: anywhere,
        authMechanism: ['Tls', 'ExchangeServer'],
        permissionGroups: ['ExchangeServers'],
      }),
    ],
    sendConnectors: [
      sendConnector({
        name: 'EdgeSync - Inbound to Munich',
        source: 'setup',
        to: ['--'],
        sourceTransportServers: ['EDGE01'],
        smartHosts: [{ host: '--', kind: 'fqdn' }],
      }),
    ],
    rehearsal: { listen: [], connect: [], clients: [{ local: '127.0.0.1', address: '198.51.100.10' }] },
    ...changes,
  });
}

type Child = ChildProcessByStdio<null, Readable, Readable | null>;

interface Run {
  readonly child: Child;
  readonly out: () => string;
  readonly errors: () => string;
}

function start(...argv: string[]): Run {
  return startWith('pipe', ...argv);
}

function startWith(log: 'pipe' | number, ...argv: string[]): Run {
  const child = spawn(process.execPath, [join(bundle, 'main.mjs'), ...argv], {
    stdio: ['ignore', 'pipe', log],
  }) as Child;
  let out = '';
  let errors = '';
  child.stdout.on('data', (bytes: Buffer) => (out += bytes.toString()));
  child.stderr?.on('data', (bytes: Buffer) => (errors += bytes.toString()));
  return { child, out: () => out, errors: () => errors };
}

async function exitOf({ child }: Run): Promise<number | null> {
  const [code] = (await once(child, 'close')) as [number | null];
  return code;
}

/** Waits until the transport says where a server listens. */
async function listening(run: Run, name: string): Promise<Endpoint> {
  for (;;) {
    const [, address, port] =
      new RegExp(`^listening ${name} \\S+ on ([0-9.]+):(\\d+)$`, 'm').exec(run.out()) ?? [];
    if (address !== undefined) return { address, port: Number(port) };
    await Promise.race([once(run.child.stdout, 'data'), once(run.child, 'close')]);
    assert.equal(run.child.exitCode, null, run.errors());
  }
}

/** Connects as Fabrikam, as far as the EHLO after STARTTLS. */
async function partnerSession(endpoint: Endpoint): Promise<SmtpDialogue> {
  const client = new SmtpDialogue(endpoint, '127.0.0.1');
  await client.reply();
  await client.ask('EHLO mail.fabrikam.com');
  await client.ask('STARTTLS');
  await client.secure({ cert: partner.certificate, key: partner.privateKey });
  await client.ask('EHLO mail.fabrikam.com');
  return client;
}

async function freePort(): Promise<number> {
  const listener = createServer().listen(0, '127.0.0.1');
  await once(listener, 'listening');
  const { port } = listener.address() as Endpoint;
  listener.close();
  return port;
}

async function deliveredTo(folder: string): Promise<string> {
  const started = Date.now();
  for (;;) {
    const files = mailFiles(folder);
    const [file] = files;
    if (file !== undefined) return readFileSync(file, 'utf8');
    assert.ok(Date.now() - started < 20_000, 'nothing is delivered');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** Finds what lies in a `new` folder of a Maildir, however the Maildirs are arranged. */
function mailFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => /(^|\/)new\/[^/]+$/.test(path.replaceAll('\\', '/')))
    .map((path) => join(folder, path))
    .filter((path) => statSync(path).isFile());
}

test('main: mail comes in over mutual TLS, goes from server to server and is delivered; then all stops cleanly', async () => {
  const run = start('--rehearse');
  try {
    const client = await partnerSession(await listening(run, 'EDGE01'));
    assert.equal(await client.ask('MAIL FROM:<bob@fabrikam.com>'), '250 2.1.0 Sender OK');
    assert.equal(await client.ask('RCPT TO:<ann@contoso.com>'), '250 2.1.5 Recipient OK');
    await client.ask('DATA');
    assert.match(
      await client.ask('Message-ID: <1@fabrikam.com>\r\nSubject: hello\r\n\r\nbody\r\n.'),
      /^250 2\.6\.0 /,
    );
    const text = await deliveredTo(join(bundle, 'data'));
    assert.match(
      text,
      /by mbx01\.contoso\.com\r?\n with ESMTPS .*\r?\n.*\r?\nReceived: from mail\.fabrikam\.com /,
    );
    client.close();
    const code = exitOf(run);
    run.child.kill('SIGTERM');
    assert.equal(await code, 0, run.errors());
  } finally {
    run.child.kill('SIGKILL');
  }
  for (const line of run.errors().trim().split('\n')) JSON.parse(line);
});

const deaf: readonly {
  readonly title: string;
  readonly skip: boolean;
  readonly errors: () => 'pipe' | number;
}[] = [
  { title: 'nobody reads', skip: false, errors: () => 'pipe' },
  // A device on which every write fails as on a full disk.
  { title: 'has no room', skip: !existsSync('/dev/full'), errors: () => openSync('/dev/full', 'w') },
];

for (const { title, skip, errors } of deaf) {
  test(`main: mail goes on where the log ${title}`, { skip }, async () => {
    const run = startWith(errors(), '--rehearse', '--data', join(bundle, 'deaf'));
    const local = await listening(run, 'EDGE01');
    run.child.stdout.destroy();
    run.child.stderr?.destroy();
    const client = new SmtpDialogue(local, '127.0.0.1');
    assert.match(await client.reply(), /^220 /);
    assert.match(await client.ask('EHLO mail.fabrikam.com'), /^250/);
    client.close();
    const code = once(run.child, 'exit');
    run.child.kill('SIGTERM');
    assert.deepEqual(await code, [0, null]);
  });
}

test('main: mail goes on where the log is not read, which is told how much it missed', async () => {
  writeTopology(
    topology({
      receiveConnectors: topology().receiveConnectors.map((connector) => ({
        ...connector,
        protocolLoggingLevel: 'Verbose' as const,
      })),
    }),
  );
  const run = startWith('pipe', '--rehearse', '--data', join(bundle, 'slow'));
  run.child.stderr?.pause();
  try {
    const client = new SmtpDialogue(await listening(run, 'EDGE01'), '127.0.0.1');
    await client.reply();
    await client.ask('EHLO mail.fabrikam.com');
    const noop = `NOOP ${'x'.repeat(480)}`;
    for (let batch = 0; batch < 300; batch += 1) {
      await client.ask(Array.from({ length: 10 }, () => noop).join('\r\n'));
      for (let number = 1; number < 10; number += 1) await client.reply();
    }
    run.child.stderr?.resume();
    const code = exitOf(run);
    while (!run.errors().includes('log lines dropped')) {
      await client.ask('NOOP');
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    client.close();
    run.child.kill('SIGTERM');
    assert.equal(await code, 0);
    const lines = run.errors().trim().split('\n');
    const told = lines.map((line) => JSON.parse(line)).find(({ event }) => event === 'log lines dropped');
    assert.ok(told.count > 100);
  } finally {
    run.child.kill('SIGKILL');
    writeTopology(topology());
  }
});

test('main: SIGHUP goes on by the topology that lies there now, unless that is broken', async () => {
  const put = (text: string): void => writeFileSync(join(bundle, 'topology.js'), text);
  const config = topology();
  const renamed = {
    ...config,
    receiveConnectors: config.receiveConnectors.map((connector) => ({ ...connector, banner: '220 renewed' })),
  };
  writeFileSync(join(bundle, 'package.json'), '{"type":"module"}');
  const run = start('--rehearse', '--data', join(bundle, 'renewed'));
  try {
    const endpoint = await listening(run, 'EDGE01');
    const client = new SmtpDialogue(endpoint, '127.0.0.1');
    assert.match(await client.reply(), /^220 mail\.contoso\.com /);
    put('export const topology = {');
    run.child.kill('SIGHUP');
    await logged(run, 'reload refused');
    put(`export const topology = ${JSON.stringify(renamed)};`);
    run.child.kill('SIGHUP');
    await logged(run, 'reloaded');
    assert.match(await client.ask('EHLO mail.fabrikam.com'), /^250-mail\.contoso\.com /);
    const next = new SmtpDialogue(endpoint, '127.0.0.1');
    assert.equal(await next.reply(), '220 renewed');
    for (const one of [client, next]) one.close();
    const code = exitOf(run);
    run.child.kill('SIGTERM');
    assert.equal(await code, 0, run.errors());
  } finally {
    run.child.kill('SIGKILL');
  }
});

test('main: SIGHUP during the start is no end of it', async () => {
  writeFileSync(join(bundle, 'package.json'), '{"type":"module"}');
  writeFileSync(join(bundle, 'topology.js'), `export const topology = ${JSON.stringify(topology())};`);
  const folder = join(bundle, 'early');
  const run = start('--rehearse', '--data', folder);
  try {
    // The first thing that a start does outside its process.
    while (!existsSync(folder)) await new Promise((resolve) => setTimeout(resolve, 1));
    run.child.kill('SIGHUP');
    await listening(run, 'EDGE01');
    await logged(run, 'reloaded');
    const code = exitOf(run);
    run.child.kill('SIGTERM');
    assert.equal(await code, 0, run.errors());
  } finally {
    run.child.kill('SIGKILL');
  }
});

/** Waits until the log tells of an event. */
async function logged(run: Run, event: string): Promise<void> {
  const started = Date.now();
  while (!run.errors().includes(`"${event}"`)) {
    assert.ok(Date.now() - started < 15_000, `the log does not tell "${event}": ${run.errors()}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

test('main: one server of the topology runs alone', async () => {
  const run = start('--rehearse', '--server', 'mbx01', '--data', join(bundle, 'alone'));
  await listening(run, 'MBX01');
  assert.doesNotMatch(run.out(), /EDGE01/);
  const code = exitOf(run);
  run.child.kill('SIGINT');
  assert.equal(await code, 0, run.errors());
});

test('main: two processes with a data folder each are two servers that know each other', async () => {
  const port = await freePort();
  const config = topology();
  const listen = [{ binding: { address: '10.0.0.11', port: 25 }, local: { address: '127.0.0.1', port } }];
  writeTopology({ ...config, rehearsal: { ...config.rehearsal, listen } });
  mkdirSync(join(bundle, 'keys', 'internal'));
  for (const name of ['EDGE01', 'MBX01']) {
    const dataFolder = join(bundle, `data of ${name}`);
    openInternalHop({ config, serverNames: [name], dataFolder, keysFolder: dataFolder, now: Date.now });
    const file = `${name.toLowerCase()}.pem`;
    copyFileSync(
      join(dataFolder, name.toLowerCase(), 'internal.pem'),
      join(bundle, 'keys', 'internal', file),
    );
  }
  const runs = ['EDGE01', 'MBX01'].map((name) =>
    start('--rehearse', '--server', name, '--data', join(bundle, `data of ${name}`)),
  );
  try {
    const [edge, mailbox] = runs as [Run, Run];
    await listening(mailbox, 'MBX01');
    const client = await partnerSession(await listening(edge, 'EDGE01'));
    await client.ask('MAIL FROM:<bob@fabrikam.com>');
    await client.ask('RCPT TO:<ann@contoso.com>');
    await client.ask('DATA');
    assert.match(await client.ask('Subject: hello\r\n\r\nbody\r\n.'), /^250 2\.6\.0 /);
    assert.match(await deliveredTo(join(bundle, 'data of MBX01')), /Subject: hello/);
    assert.doesNotMatch(edge.errors() + mailbox.errors(), /certificate missing/);
    client.close();
  } finally {
    for (const run of runs) run.child.kill('SIGKILL');
    rmSync(join(bundle, 'keys', 'internal'), { recursive: true });
    writeTopology(topology());
  }
});

test('main: --help is no failure', async () => {
  const run = start('--help');
  assert.equal(await exitOf(run), 0);
  assert.match(run.out(), /--rehearse/);
});

const taken = createServer();

const failures: readonly {
  readonly title: string;
  readonly argv: () => Promise<readonly string[]>;
  readonly config?: () => Promise<TransportConfig>;
  readonly says: RegExp;
}[] = [
  {
    title: 'a server that the topology does not have',
    argv: async () => ['--server', 'EDGE\n09'],
    says: /^mailtopo: the topology has no server "EDGE 09"; it has [\w, ]+\n$/,
  },
  {
    title: 'an option that does not exist',
    argv: async () => ['--rehears'],
    says: /^mailtopo: Unknown option '--rehears'.*; see --help\n$/,
  },
  {
    title: 'a time scale for real mail',
    argv: async () => ['--time-scale', '60'],
    says: /^mailtopo: --time-scale is for rehearsals: add --rehearse\n$/,
  },
  {
    title: 'a time scale that is no number',
    argv: async () => ['--rehearse', '--time-scale', '1e9'],
    says: /^mailtopo: --time-scale takes a number from 1 to 100000, not "1e9"\n$/,
  },
  {
    title: 'a dialect that nobody speaks',
    argv: async () => ['--rehearse', '--dialect', 'klingon'],
    says: /^mailtopo: --dialect takes exchange or rfc, not "klingon"\n$/,
  },
  {
    title: 'a monitor for everybody on the network',
    argv: async () => ['--rehearse', '--monitor', '0.0.0.0:9100'],
    says: /^mailtopo: --monitor listens on a loopback address only, not on 0\.0\.0\.0\n$/,
  },
  {
    title: 'a viewer without a monitor',
    argv: async () => ['--rehearse', '--viewer'],
    says: /^mailtopo: --viewer needs --monitor, where it shows itself\n$/,
  },
  {
    title: 'a monitor that is no address',
    argv: async () => ['--rehearse', '--monitor', 'localhost:9100'],
    says: /^mailtopo: --monitor takes \[ADDRESS:\]PORT, not "localhost:9100"\n$/,
  },
  {
    title: 'no private key',
    argv: async () => ['--rehearse', '--keys', join(bundle, 'no keys')],
    says: /^mailtopo: cannot read private key of certificate "contoso-mail": .*mail\.key: no such file or folder\n$/,
  },
  {
    title: 'a folder whose name would steer the terminal',
    argv: async () => ['--rehearse', '--keys', join(bundle, 'no\u001b[2J\nkeys')],
    says: /^mailtopo: cannot read private key of certificate "contoso-mail": .*no \[2J keys\/mail\.key: .*\n$/,
  },
  {
    title: 'a data folder that is a file',
    argv: async () => ['--rehearse', '--data', join(bundle, 'topology.json')],
    says: /^mailtopo: cannot .*topology\.json.*: a part of the path is a file\n$/,
  },
  {
    title: 'an address that is not on this machine',
    argv: async () => ['--server', 'EDGE01', '--data', join(bundle, 'real')],
    says: /^mailtopo: cannot listen on 192\.0\.2\.25:25: .*\n$/,
  },
  {
    title: 'a port in use',
    argv: async () => ['--rehearse', '--data', join(bundle, 'port')],
    async config() {
      taken.listen(0, '127.0.0.1');
      await once(taken, 'listening');
      const { port } = taken.address() as Endpoint;
      const listen = [
        { binding: { address: '192.0.2.25', port: 25 }, local: { address: '127.0.0.1', port } },
      ];
      return topology({ rehearsal: { listen, connect: [], clients: [] } });
    },
    says: /^mailtopo: cannot listen on 127\.0\.0\.1:\d+: the port is in use\n$/,
  },
  {
    title: 'a topology of another version',
    argv: async () => ['--rehearse', '--data', join(bundle, 'version')],
    config: async () => ({ ...topology(), configVersion: 2 as 1 }),
    says: /^mailtopo: the topology was compiled for another version of this transport\n$/,
  },
];

for (const { title, argv, config, says } of failures) {
  test(`main: ${title} is one line and exit code 2`, async () => {
    if (config !== undefined) writeTopology(await config());
    try {
      const run = start(...(await argv()));
      assert.equal(await exitOf(run), 2);
      assert.match(run.errors(), says);
      assert.equal(run.out(), '');
    } finally {
      writeTopology(topology());
      taken.close();
    }
  });
}
