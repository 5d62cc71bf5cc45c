import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { quote } from '../../src/emit/exchange-shell/quote.ts';

const sources = join('test', 'powershell', 'host');

/** The engine of PowerShell in a process of its own, which answers one request after the other. */
export interface Host {
  /** Fails: rejects where the host has a fault of its own, which is never what a script did. */
  readonly ask: (request: { readonly do: string; readonly [key: string]: unknown }) => Promise<unknown>;
  readonly stop: () => void;
}

/** What builds the host and runs it: the .NET SDK, or else a PowerShell, which has a compiler and the engine in it. */
export type Builder = 'dotnet' | 'pwsh';

/** Says which builder this machine has. */
export function builderHere(): Builder | undefined {
  const has = (tool: string): boolean => spawnSync(tool, ['--version'], { stdio: 'ignore' }).status === 0;
  return (['dotnet', 'pwsh'] as const).find(has);
}

/**
 * Builds the host of the PowerShell engine, once for each state of its sources, and gives the command that runs it.
 *
 * Fails: returns undefined and says why where there is nothing to build with, or it cannot build.
 */
export function buildHost(
  builder: Builder | undefined = builderHere(),
): readonly [string, ...(readonly string[])] | undefined {
  if (builder === undefined) {
    console.error('needs the .NET SDK 10 (dotnet), or PowerShell 7.6 (pwsh)');
    return undefined;
  }
  const hash = createHash('sha256').update(builder);
  for (const name of readdirSync(sources).toSorted())
    hash.update(name).update(readFileSync(join(sources, name)));
  const folder = join('node_modules', '.cache', 'pshost', hash.digest('hex').slice(0, 16));
  const library = join(process.cwd(), folder, 'out', 'pshost.dll');
  if (!existsSync(library) && !build(folder, builder)) return undefined;
  if (builder === 'dotnet') return ['dotnet', library, 'serve'];
  const serve = `Add-Type -Path ${quote(library)}; exit [Pshost.Program]::Main(@('serve'))`;
  return ['pwsh', ...quietly, '-Command', serve];
}

const quietly: readonly string[] = ['-NoProfile', '-NonInteractive'];

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

function build(folder: string, builder: Builder): boolean {
  console.log('building the host of the PowerShell engine');
  const out = join(process.cwd(), folder, 'out');
  mkdirSync(out, { recursive: true });
  const run = spawnSync(builder, builder === 'dotnet' ? withSdk(folder, out) : withPowerShell(out), {
    encoding: 'utf8',
    timeout: 900_000,
  });
  if (run.status === 0) return true;
  console.error(`the host does not build:\n${run.error?.message ?? ''}${run.stdout}${run.stderr}`);
  rmSync(folder, { recursive: true, force: true });
  return false;
}

function withSdk(folder: string, out: string): readonly string[] {
  return [
    ...['build', join(sources, 'pshost.csproj'), '--configuration', 'Release', '--nologo'],
    ...['--verbosity', 'quiet', '--output', out],
    `-p:BaseIntermediateOutputPath=${join(process.cwd(), folder, 'obj')}/`,
  ];
}

/** The compiler of PowerShell writes the same library, which another PowerShell then has in it. */
function withPowerShell(out: string): readonly string[] {
  const files = readdirSync(sources).filter((name) => name.endsWith('.cs'));
  copyFileSync(join(sources, 'Shims.ps1'), join(out, 'Shims.ps1'));
  const paths = files.map((name) => quote(join(process.cwd(), sources, name))).join(', ');
  const library = quote(join(out, 'pshost.dll'));
  return [...quietly, '-Command', `Add-Type -Path @(${paths}) -OutputAssembly ${library} -ErrorAction Stop`];
}
