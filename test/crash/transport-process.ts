import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import type { TransportConfig } from '../../runtime/config.ts';

/** A transport in a process of its own, which can be killed at any moment. */
export interface TransportProcess {
  /** Ends it as the kernel does, without a word. */
  kill(): Promise<void>;
  /** Asks it to stop; the answer is its exit code. */
  stop(): Promise<number | null>;
}

/** A disk that refuses some of what it is asked. */
export interface Faults {
  /** Where the disk is bad. */
  readonly folder: string;
  /** How many of a hundred calls fail. */
  readonly rate: number;
  /** The file that tells of each fault. */
  readonly log: string;
}

/** Writes a bundle that runs this build of the transport. */
export function writeBundle(folder: string, config: TransportConfig): void {
  const main = JSON.stringify(new URL('../../runtime/main.js', import.meta.url));
  writeFileSync(join(folder, 'topology.json'), JSON.stringify(config));
  writeFileSync(
    join(folder, 'main.mjs'),
    `import { readFileSync } from 'node:fs';
    import { main } from ${main};
    const topology = JSON.parse(readFileSync(new URL('./topology.json', import.meta.url), 'utf8'));
    process.exitCode = await main(topology, ${JSON.stringify(folder)}, process.argv.slice(2));`,
  );
}

/** Starts a bundle, and resolves when it listens. Fails: rejects where it ends before that. */
export async function startTransportProcess(folder: string, faults?: Faults): Promise<TransportProcess> {
  const child = spawnBundle(folder, faults);
  let errors = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (errors = (errors + text).slice(-4000)));
  const ended = once(child, 'exit') as Promise<[number | null]>;
  const listening = once(child.stdout, 'data');
  const first = await Promise.race([listening.then(() => 'listening'), ended.then(() => 'ended')]);
  if (first === 'ended') throw new Error(`the transport did not start: ${errors}`);
  const end = async (signal: 'SIGKILL' | 'SIGTERM'): Promise<number | null> => {
    child.kill(signal);
    const [code] = await ended;
    return code;
  };
  return {
    kill: async () => void (await end('SIGKILL')),
    stop: () => end('SIGTERM'),
  };
}

/** Starts a bundle and kills it soon, mostly while it reads what the last kill has left. Unit: milliseconds. */
export async function killWhileStarting(folder: string, after: number): Promise<void> {
  const child = spawnBundle(folder, undefined);
  child.stderr.resume();
  child.stdout.resume();
  const ended = once(child, 'exit');
  await new Promise((resolve) => setTimeout(resolve, after));
  child.kill('SIGKILL');
  await ended;
}

function spawnBundle(
  folder: string,
  faults: Faults | undefined,
): ChildProcessByStdio<null, Readable, Readable> {
  const preload = faults === undefined ? [] : ['--import', new URL('./faulty-fs.js', import.meta.url).href];
  return spawn(process.execPath, [...preload, join(folder, 'main.mjs')], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      ...(faults && {
        MAILTOPO_FAULT_FOLDER: faults.folder,
        MAILTOPO_FAULT_RATE: String(faults.rate),
        MAILTOPO_FAULT_LOG: faults.log,
      }),
    },
  });
}
