import { spawn } from 'node:child_process';
import { createWriteStream, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { patience } from './partner.ts';

export interface RunningBundle {
  /** Resolves with the file of the first message in the Maildir of a domain. */
  nextDelivered(domain: string): Promise<string>;
  /** Fails: throws where the bundle does not end with exit code 0. */
  stop(): Promise<void>;
}

function delivered(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /[/\\]new$/.test(entry.parentPath))
    .map((entry) => join(entry.parentPath, entry.name));
}

async function until<T>(what: string, look: () => T | undefined): Promise<T> {
  const end = Date.now() + patience;
  for (;;) {
    const found = look();
    if (found !== undefined) return found;
    if (Date.now() > end) throw new Error(`waited in vain for ${what}`);
    await pause(50);
  }
}

/** Starts the compiled bundle as its own process, as an administrator would, and waits until it listens. */
export async function startBundle(
  output: string,
  data: string,
  log: string,
  options: readonly string[] = ['--rehearse'],
): Promise<RunningBundle> {
  const main = join(output, 'transport', 'main.js');
  const child = spawn(process.execPath, [main, ...options, '--data', data], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const file = createWriteStream(log);
  let said = '';
  let code: number | undefined;
  // It does not stay behind when the story breaks off.
  const endWithUs = (): boolean => child.kill('SIGKILL');
  process.once('exit', endWithUs);
  child.once('exit', (ended) => {
    code = ended ?? 1;
    process.off('exit', endWithUs);
  });
  for (const stream of [child.stdout, child.stderr]) {
    stream.pipe(file, { end: false });
    stream.on('data', (chunk: Buffer) => (said += chunk.toString()));
  }
  await until('the bundle to listen', () => {
    if (code !== undefined) throw new Error(`the bundle ended with exit code ${code}:\n${said}`);
    return /^ready$/m.test(said) ? true : undefined;
  });
  return {
    nextDelivered: (domain) =>
      until(`mail for ${domain}`, () => delivered(data).find((path) => path.includes(domain))),
    stop: async () => {
      child.kill('SIGTERM');
      const ended = await until('the bundle to stop', () => code);
      file.end();
      if (ended !== 0) throw new Error(`the bundle ended with exit code ${ended}:\n${said}`);
    },
  };
}
