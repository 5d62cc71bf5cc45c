import { spawnSync } from 'node:child_process';
import { copyFileSync, cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { startNode, type Peer, type PeerSetup } from './peer.ts';

const version = 'Haraka@3.3.4';

/** The folder of Haraka, installed for the benchmark alone. Fails: throws with npm's words. */
function installed(): string {
  const folder = resolve('node_modules', '.cache', 'bench-transport');
  const program = join(folder, 'node_modules', 'Haraka');
  if (existsSync(join(folder, 'whole'))) return program;
  console.log(`installing ${version} for the benchmark`);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{ "private": true }\n');
  const args = ['install', '--no-audit', '--no-fund', '--ignore-scripts', version];
  const { status, stderr } = spawnSync('npm', args, { cwd: folder, encoding: 'utf8' });
  if (status !== 0) throw new Error(`npm ${args.join(' ')}: ${stderr}`);
  writeFileSync(join(folder, 'whole'), '');
  return program;
}

/** Takes everything from this machine into its outbound queue, and relays it to the sink. */
function writeConfig(program: string, { folder, port, sinkPort, certificates }: PeerSetup): void {
  for (const name of ['plugins', 'queue']) mkdirSync(join(folder, name), { recursive: true });
  cpSync(join(program, 'config'), join(folder, 'config'), { recursive: true });
  const connection = readFileSync(join(program, 'config', 'connection.ini'), 'utf8');
  const sink = `{ exchange: '127.0.0.2', port: ${sinkPort}, priority: 0 }`;
  const files = new Map([
    ['config/smtp.ini', `listen=127.0.0.1:${port}\n`],
    ['config/plugins', 'tls\nto_sink\n'],
    ['config/me', 'relay.example\n'],
    ['config/loglevel', 'NOTICE\n'],
    ['config/connection.ini', connection.replace(/^bytes=.*/m, 'bytes=209715200')],
    ['config/tls.ini', '[redis]\ndisable_for_failed_hosts=false\n[outbound]\nrejectUnauthorized=false\n'],
    ['config/outbound.ini', 'concurrency_max=100\nenable_tls=true\n'],
    [
      'plugins/to_sink.js',
      `exports.register = function () {
  this.register_hook('connect', 'relay');
  this.register_hook('rcpt', 'take');
  this.register_hook('get_mx', 'sink');
};
exports.relay = (next, connection) => { connection.relaying = true; next(); };
exports.take = (next) => next(OK);
exports.sink = (next) => next(OK, ${sink});
`,
    ],
  ]);
  for (const [name, text] of files) writeFileSync(join(folder, name), text);
  copyFileSync(certificates.server.certificateFile, join(folder, 'config', 'tls_cert.pem'));
  copyFileSync(certificates.server.privateKeyFile, join(folder, 'config', 'tls_key.pem'));
}

/** Haraka, which writes its queue to the disk before 250. */
export const haraka: Peer = {
  name: 'Haraka',
  kind: 'relays',
  idle: 1000,
  start(setup) {
    const program = installed();
    writeConfig(program, setup);
    return startNode(setup, [join(program, 'bin', 'haraka'), '-c', setup.folder]);
  },
};
