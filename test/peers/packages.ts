import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** Thrown where this machine lacks something that the lane cannot do without. */
export class Lacking extends Error {}

const cache = resolve('node_modules', '.cache', 'peers');

/**
 * Unpacks Debian's Postfix beside the project, with the libraries that the machine lacks, and gives the folder.
 *
 * Nothing is installed: no maintainer script runs, no daemon starts, and an MTA that the machine has stays as it is.
 * Fails: throws Lacking where the packages can neither be found unpacked nor be fetched.
 */
export function unpackedPostfix(): string {
  const folder = join(cache, 'postfix');
  if (existsSync(folder)) return folder;
  console.log('fetching Postfix from the package archive of this machine');
  const fetched = join(cache, `fetched-${process.pid}`);
  try {
    for (const deb of download(fetched)) run('dpkg', ['-x', deb, join(fetched, 'root')], fetched);
    renameSync(join(fetched, 'root'), folder);
  } finally {
    rmSync(fetched, { recursive: true, force: true });
  }
  return folder;
}

function download(folder: string): readonly string[] {
  mkdirSync(folder, { recursive: true });
  try {
    run('apt-get', ['-qq', 'download', ...packageNames(folder)], folder);
  } catch {
    // The lists may be missing, as in a fresh container, or name a version that the archive no longer has.
    run('apt-get', ['-qq', 'update'], folder);
    run('apt-get', ['-qq', 'download', ...packageNames(folder)], folder);
  }
  return readdirSync(folder).filter((name) => name.endsWith('.deb'));
}

/** Postfix, and the libraries that installing it would bring. */
function packageNames(folder: string): readonly string[] {
  const plan = run('apt-get', ['-s', '-qq', '--no-install-recommends', 'install', 'postfix'], folder);
  const libraries = [...plan.matchAll(/^Inst (lib\S+)/gm)].map(([, name = '']) => name);
  return ['postfix', ...libraries];
}

function run(tool: string, args: readonly string[], folder: string): string {
  const { status, stdout, stderr, error } = spawnSync(tool, args, {
    cwd: folder,
    encoding: 'utf8',
    timeout: 300_000,
  });
  if (status === 0) return stdout;
  const said = (error?.message ?? stderr).trim().split('\n').at(-1);
  throw new Lacking(`Debian's package of Postfix; ${tool} ${args.join(' ')} says: ${said}`);
}
