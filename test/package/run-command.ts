import { spawnSync } from 'node:child_process';
import { delimiter } from 'node:path';

/** How a command ended, and what it said. */
export interface Ran {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

export interface RunOptions {
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly input?: string;
}

/** Unit: milliseconds. Installing over a slow line takes minutes; what takes longer hangs. */
const longest = 10 * 60 * 1000;

/** What npm and git put into the environment of their own scripts and hooks; a user's shell has none of it. */
const foreign =
  /^(npm_(package|lifecycle)_|npm_(command|execpath|node_execpath)$|INIT_CWD$|GIT_|(NO|FORCE)_COLOR$)/;

/** The environment of a user's shell: without the programs of this project, which `npm run` puts on the path. */
function usersEnvironment(): NodeJS.ProcessEnv {
  const own = Object.entries(process.env).filter(([name]) => !foreign.test(name));
  const path = (process.env['PATH'] ?? '')
    .split(delimiter)
    .filter((folder) => !/node_modules|node-gyp-bin/.test(folder));
  return { ...Object.fromEntries(own), PATH: path.join(delimiter) };
}

/** Runs a command as a user would, and waits for its end. */
export function runCommand(command: readonly string[], { cwd, env = {}, input = '' }: RunOptions): Ran {
  const [tool = '', ...rest] = command;
  const ran = spawnSync(tool, rest, {
    cwd,
    input,
    encoding: 'utf8',
    env: { ...usersEnvironment(), ...env },
    timeout: longest,
    maxBuffer: 64 * 1024 * 1024,
  });
  // Whoever stops a check wants the whole lane to stop.
  if (ran.signal === 'SIGINT' || ran.status === 130) process.exit(1);
  return { code: ran.status, out: ran.stdout ?? '', err: ran.error?.message ?? ran.stderr };
}

/** Runs a command that has to succeed before anything can be checked, and gives what it printed. */
export function mustRun(command: readonly string[], options: RunOptions): string {
  const { code, out, err } = runCommand(command, options);
  if (code !== 0) throw new Error(`${command.join(' ')} ended with ${code}\n${out}${err}`);
  return out;
}
