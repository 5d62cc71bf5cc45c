import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const sources = join('test', 'powershell', 'host');

/** The engine of PowerShell in a process of its own, which answers one request after the other. */
export interface Host {
  /** Fails: rejects where the host has a fault of its own, which is never what a script did. */
  readonly ask: (request: { readonly do: string; readonly [key: string]: unknown }) => Promise<unknown>;
  readonly stop: () => void;
}

/**
 * Builds the host of the PowerShell engine, once for each state of its sources, and gives the command that runs it.
 *
 * Fails: returns undefined and says why where there is no .NET SDK or it cannot build.
 */
export function buildHost(): readonly [string, ...(readonly string[])] | undefined {
  const hash = createHash('sha256');
  for (const name of readdirSync(sources).toSorted())
    hash.update(name).update(readFileSync(join(sources, name)));
  const folder = join('node_modules', '.cache', 'pshost', hash.digest('hex').slice(0, 16));
  const library = join(folder, 'out', 'pshost.dll');
  if (!existsSync(library) && !build(folder)) return undefined;
  return ['dotnet', library, 'serve'];
}

/** Starts a host. */
export function startHost([command, ...args]: readonly [string, ...(readonly string[])]): Host {
  const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'inherit'] });
  const waiting: ((line: string | undefined) => void)[] = [];
  createInterface({ input: child.stdout }).on('line', (line) => waiting.shift()?.(line));
  child.on('exit', () => {
    for (const one of waiting.splice(0)) one(undefined);
  });
  return {
    ask: async (request) => {
      const line = await new Promise<string | undefined>((resolve) => {
        waiting.push(resolve);
        child.stdin.write(`${JSON.stringify(request)}\n`);
      });
      if (line === undefined) throw new Error(`the host ended during ${request.do}`);
      const answer: unknown = JSON.parse(line);
      if (typeof answer === 'object' && answer !== null && 'fault' in answer)
        throw new Error(`the host failed at ${request.do}: ${String(answer.fault)}`);
      return answer;
    },
    stop: () => child.stdin.end(),
  };
}

function build(folder: string): boolean {
  console.log('building the host of the PowerShell engine');
  mkdirSync(folder, { recursive: true });
  const run = spawnSync(
    'dotnet',
    [
      ...[
        'build',
        join(sources, 'pshost.csproj'),
        '--configuration',
        'Release',
        '--nologo',
        '--verbosity',
        'quiet',
      ],
      ...[
        '--output',
        join(folder, 'out'),
        `-p:BaseIntermediateOutputPath=${join(process.cwd(), folder, 'obj')}/`,
      ],
    ],
    { encoding: 'utf8', timeout: 900_000 },
  );
  if (run.status === 0) return true;
  console.error(
    run.error ? 'needs the .NET SDK 10 (dotnet)' : `the host does not build:\n${run.stdout}${run.stderr}`,
  );
  rmSync(folder, { recursive: true, force: true });
  return false;
}
