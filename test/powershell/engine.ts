import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

const sources = join('test', 'powershell', 'host');

/** What a run of the engine's host gives; its exit code only says whether it did. */
export type Host = (args: readonly string[], input?: string) => unknown;

/**
 * Builds the host of the PowerShell engine, once for each state of its sources.
 *
 * Fails: returns undefined and says why where there is no .NET SDK or it cannot build.
 */
export function buildHost(): Host | undefined {
  const hash = createHash('sha256');
  for (const name of readdirSync(sources).toSorted())
    hash.update(name).update(readFileSync(join(sources, name)));
  const folder = join('node_modules', '.cache', 'pshost', hash.digest('hex').slice(0, 16));
  const library = join(folder, 'out', 'pshost.dll');
  if (!existsSync(library) && !build(folder)) return undefined;
  return (args, input) => {
    const run = spawnSync('dotnet', [library, ...args], {
      encoding: 'utf8',
      input,
      maxBuffer: 2 ** 28,
      timeout: 300_000,
    });
    if (run.status !== 0)
      throw new Error(`pshost ${args[0]} ended with ${run.status}: ${run.stderr}${run.error}`);
    return JSON.parse(run.stdout);
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
