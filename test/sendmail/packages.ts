import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** Thrown where this machine lacks something that the lane cannot do without. */
export class Lacking extends Error {}

const folder = resolve('node_modules', '.cache', 'sendmail');

/**
 * Unpacks Debian's Sendmail with m4 beside the project, and gives the folder; nothing is installed.
 *
 * Fails: throws Lacking where the packages can neither be found unpacked nor be fetched.
 */
export function unpackedSendmail(): string {
  if (existsSync(folder)) return folder;
  console.log('fetching Sendmail and m4 from the package archive of this machine');
  const fetched = `${folder}-${process.pid}`;
  mkdirSync(fetched, { recursive: true });
  try {
    for (const deb of download(fetched)) run('dpkg', ['-x', deb, join(fetched, 'root')], fetched);
    // A program with the rights of a group would not look for libraries here.
    chmodSync(join(fetched, 'root/usr/libexec/sendmail/sendmail'), 0o755);
    renameSync(join(fetched, 'root'), folder);
  } finally {
    rmSync(fetched, { recursive: true, force: true });
  }
  return folder;
}

function download(into: string): readonly string[] {
  try {
    run('apt-get', ['-qq', 'download', ...packageNames(into)], into);
  } catch {
    // The lists may be missing, as in a fresh container, or name a version that the archive no longer has.
    run('apt-get', ['-qq', 'update'], into);
    run('apt-get', ['-qq', 'download', ...packageNames(into)], into);
  }
  return readdirSync(into).filter((name) => name.endsWith('.deb'));
}

/** Sendmail, its m4 files, m4 itself, and the libraries that installing them would bring. */
function packageNames(into: string): readonly string[] {
  const wanted = ['sendmail-bin', 'sendmail-cf', 'm4'];
  const plan = run('apt-get', ['-s', '-qq', '--no-install-recommends', 'install', ...wanted], into);
  const libraries = [...plan.matchAll(/^Inst (lib\S+)/gm)].map(([, name = '']) => name);
  return [...wanted, ...libraries];
}

function run(tool: string, args: readonly string[], cwd: string): string {
  const { status, stdout, stderr, error } = spawnSync(tool, args, {
    cwd,
    encoding: 'utf8',
    timeout: 300_000,
  });
  if (status === 0) return stdout;
  const said = (error?.message ?? stderr).trim().split('\n').at(-1);
  throw new Lacking(`Debian's packages of Sendmail; ${tool} ${args.join(' ')} says: ${said}`);
}
