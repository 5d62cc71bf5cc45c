import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { after } from 'node:test';

/** What a run of the command line left behind. */
export interface Ran {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** The built command line in a folder of its own, which is removed when the tests of the file are done. */
export interface CliFolder {
  readonly folder: string;
  /** Writes a file of the folder, and gives its name. */
  write(name: string, text: string): string;
  /** Runs the command line in the folder, without colours. */
  run(args: readonly string[], input?: string | Uint8Array): Ran;
}

/** Makes a folder to run the command line in. */
export function cliFolder(): CliFolder {
  const cli = resolve('dist/bin/mailtopo.js');
  const folder = mkdtempSync(join(tmpdir(), 'mailtopo-command-'));
  after(() => rmSync(folder, { recursive: true, force: true }));
  return {
    folder,
    write(name, text) {
      writeFileSync(join(folder, name), text);
      return name;
    },
    run(args, input = '') {
      const env = { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined } as NodeJS.ProcessEnv;
      const ran = spawnSync(process.execPath, [cli, ...args], { cwd: folder, input, encoding: 'utf8', env });
      return { code: ran.status, out: ran.stdout, err: ran.stderr };
    },
  };
}
