/**
 * The lane of real third parties: Postfix, Exim and OpenSMTPD face to face with the compiled bundle. Prints
 * `N passed, N failed`.
 */
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { ownNamespaces } from './mail-server.ts';
import { servers } from './mail-servers.ts';
import { nsd } from './name-server.ts';
import { Lacking, unpacked } from './packages.ts';

const ownGround = ['--net', ...ownNamespaces];

/** Fails: ends the process with 2 where this machine lacks something. */
function askForAll(): void {
  try {
    const { status, stderr, error } = spawnSync('unshare', [...ownGround, 'ip', 'link', 'set', 'lo', 'up'], {
      encoding: 'utf8',
    });
    if (status !== 0)
      throw new Lacking(`root, iproute2 and namespaces; unshare says: ${error?.message ?? stderr.trim()}`);
    for (const program of [...servers, nsd]) unpacked(program);
  } catch (thrown) {
    if (!(thrown instanceof Lacking)) throw thrown;
    console.error(`needs ${thrown.message}`);
    process.exit(2);
  }
}

askForAll();
const folder = mkdtempSync(join(tmpdir(), 'mailtopo-peers-'));
process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));

let passed = 0;
let failed = 0;

/** Runs all cases of a mail server, in a network of their own, so that those of another may run at the same time. */
async function runAll(name: string): Promise<void> {
  const own = join(folder, name);
  mkdirSync(own);
  const worker = [process.execPath, join('dist', 'test', 'peers', 'worker.js'), name, own];
  const ground = ['bash', join('test', 'peers', 'ground.sh'), own, ...worker, process.argv[2] ?? ''];
  // It ends when its standard input does, so with this process, however that ends.
  const child = spawn('unshare', [...ownGround, ...ground], { stdio: ['pipe', 'pipe', 'inherit'] });
  let isDone = false;
  for await (const line of createInterface({ input: child.stdout })) {
    if (line.startsWith('ok: ')) passed += 1;
    if (line.startsWith('not ok: ')) failed += 1;
    if (line === `done: ${name}`) isDone = true;
    else console.log(line);
  }
  if (isDone) return;
  failed += 1;
  console.log(`not ok: ${name}: the cases ended before their end`);
}

await Promise.all(servers.map(({ name }) => runAll(name)));
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
