/**
 * Compares the bundle with the mail servers that a user would pick instead: side by side in one run, in turns, with what
 * each message costs. Asserts nothing but that no message is lost or comes twice.
 *
 * npm run bench:transport -- [--rounds 3] [--seconds 4] [--peer NAME]... [--row WORDS]...
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { issue, makeAuthority } from '../../support/certificates.ts';
import { median } from '../paired.ts';
import { bundle } from './bundle.ts';
import { rawDiscard, smtpServer } from './discarding.ts';
import { haraka } from './haraka.ts';
import { idleCost } from './idle.ts';
import { runLoad, type Load, type LoadResult } from './load.ts';
import type { BenchCertificates, Peer, RunningPeer } from './peer.ts';
import { postfix } from './postfix.ts';
import { compare, goals, printGoals, printTable, type Row } from './table.ts';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '3' },
    seconds: { type: 'string', default: '4' },
    peer: { type: 'string', multiple: true, default: [] },
    row: { type: 'string', multiple: true, default: [] },
  },
});
const rounds = Math.max(1, Number(values.rounds));
const seconds = Math.max(0.5, Number(values.seconds));

const kept = { size: 1024, isTls: false };
const loads: readonly Load[] = [
  ...[1, 10, 50, 100].map((connections) => ({ ...kept, title: `1 KB, ${connections} conn`, connections })),
  { ...kept, title: '1 KB, TLS in and out, 10 conn', connections: 10, isTls: true },
  { ...kept, title: '1 KB, a TLS handshake each, 50 conn', connections: 50, perConnection: 1, isTls: true },
  { title: '10 KB, 50 conn', size: 10_240, connections: 50, isTls: false },
  { title: '100 KB, 10 conn', size: 102_400, connections: 10, isTls: false },
  { title: '100 KB, TLS in and out, 10 conn', size: 102_400, connections: 10, isTls: true },
  { title: '5 MB, 1 conn', size: 5_242_880, connections: 1, isTls: false },
  { title: '25 MB, 1 conn', size: 26_214_400, connections: 1, isTls: false },
  { title: '100 MB, 1 conn', size: 104_857_600, connections: 1, isTls: false },
];
const peers: readonly Peer[] = [bundle, postfix, haraka, smtpServer, rawDiscard];
/** No run takes fewer or more messages. */
const [least, most] = [3, 40_000];

/** What to keep of all names that hold one of the given words; without words it is all of them. */
function wanted<T>(all: readonly T[], nameOf: (one: T) => string, words: readonly string[]): readonly T[] {
  return words.length === 0 ? all : all.filter((one) => words.some((word) => nameOf(one).includes(word)));
}

const cache = resolve('node_modules', '.cache');
mkdirSync(cache, { recursive: true });
const folder = mkdtempSync(join(cache, 'bench-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
let port = 26_000;

/** Starts a server anew, so that none inherits what a load has left behind. */
async function withPeer<T>(
  peer: Peer,
  certificates: BenchCertificates,
  use: (running: RunningPeer, port: number, sinkPort: number) => Promise<T>,
): Promise<T> {
  port += 10;
  const own = join(folder, String(port));
  mkdirSync(own);
  const sinkPort = port + 5;
  const running = await peer.start({ folder: own, port, sinkPort, certificates });
  try {
    return await use(running, port, sinkPort);
  } finally {
    await running.stop();
    rmSync(own, { recursive: true, force: true });
  }
}

/** A short load tells how many messages fill the time; a longer one brings the server up to its speed. */
function measure(peer: Peer, load: Load, certificates: BenchCertificates): Promise<LoadResult> {
  return withPeer(peer, certificates, async ({ pid }, own, sink) => {
    const target = { port: own, pid, sinkPort: peer.kind === 'relays' ? sink : undefined };
    const few = load.size > 1e6 ? least : 2 * load.connections + 20;
    const first = await runLoad(target, load, few, certificates);
    const filling = (rate: number): number => Math.min(most, Math.max(few, Math.ceil(rate * seconds)));
    if (load.size > 1e6) return runLoad(target, load, filling(first.rate), certificates);
    const warm = await runLoad(target, load, filling(first.rate), certificates);
    return runLoad(target, load, filling(warm.rate), certificates);
  });
}

async function measureRow(
  load: Load,
  chosen: readonly Peer[],
  certificates: BenchCertificates,
): Promise<Row> {
  const results = new Map<string, LoadResult[]>(chosen.map(({ name }) => [name, []]));
  for (let round = 0; round < rounds; round += 1) {
    for (const place of chosen.keys()) {
      const peer = chosen[(place + round) % chosen.length];
      if (peer === undefined) continue;
      try {
        results.get(peer.name)?.push(await measure(peer, load, certificates));
      } catch (thrown) {
        // A peer that cannot take a load has no figure; we have no such excuse.
        if (peer === bundle) throw thrown;
        console.error(`${peer.name}: ${String(thrown).slice(0, 2000)}`);
      }
    }
  }
  return compare(load.title, results);
}

async function main(): Promise<void> {
  const authority = await makeAuthority('Bench Root');
  const server = await issue({ authority, domains: ['relay.example', 'localhost'] });
  const certificates = { server };
  const chosen = wanted(peers, ({ name }) => name, values.peer);
  console.log(`node ${process.version}, medians of ${rounds} rounds of about ${seconds} s\n`);
  const rows: Row[] = [];
  for (const load of wanted(loads, ({ title }) => title, values.row)) {
    rows.push(await measureRow(load, chosen, certificates));
    printTable(
      rows.slice(-1),
      chosen.map(({ name }) => name),
    );
  }
  const idle = new Map<string, number>();
  for (const how of ['plain', 'tls'] as const) {
    if (wanted([`idle, ${how}`], (title) => title, values.row).length === 0) continue;
    for (const peer of chosen) {
      const costs: number[] = [];
      for (let round = 0; round < rounds; round += 1) {
        costs.push(
          await withPeer(peer, certificates, ({ pid }, own) => idleCost({ port: own, pid }, peer.idle, how)),
        );
      }
      idle.set(`${peer.name}, ${how}`, median(costs));
      console.log(`idle connection, ${how}, ${peer.name}: ${median(costs).toFixed(1)} KiB of ${peer.idle}`);
    }
  }
  console.log('\nAll rows\n');
  printTable(
    rows,
    chosen.map(({ name }) => name),
  );
  printGoals(goals(rows, idle));
}

await main();
