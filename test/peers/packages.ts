import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** Thrown where this machine lacks something that the lane cannot do without. */
export class Lacking extends Error {}

/** A program of Debian that the lane runs. */
export interface Program {
  readonly name: string;
  readonly package: string;
  /** The release that it comes from, where that is not the machine's own. */
  readonly release?: string;
}

const cache = resolve('node_modules', '.cache', 'peers');

/**
 * Unpacks a program beside the project, with the libraries that the machine lacks, and gives the folder.
 *
 * Nothing is installed: no maintainer script runs, no daemon starts, and an MTA that the machine has stays as it is.
 * Fails: throws Lacking where the packages can neither be found unpacked nor be fetched.
 */
export function unpacked(program: Program): string {
  const folder = join(cache, program.name);
  if (existsSync(folder)) return folder;
  console.log(`fetching ${program.package} from the package archive of this machine`);
  const fetched = join(cache, `fetched-${process.pid}`);
  mkdirSync(join(fetched, 'root'), { recursive: true });
  try {
    for (const deb of download(program, fetched)) run('dpkg', ['-x', deb, join(fetched, 'root')], fetched);
    renameSync(join(fetched, 'root'), folder);
  } finally {
    rmSync(fetched, { recursive: true, force: true });
  }
  return folder;
}

function download(program: Program, folder: string): readonly string[] {
  const options = program.release === undefined ? [] : privateLists(program.release, folder);
  const get = (): string =>
    run('apt-get', [...options, '-qq', 'download', ...packageNames(program, options, folder)], folder);
  try {
    get();
  } catch {
    // The lists may be missing, as in a fresh container, or name a version that the archive no longer has.
    run('apt-get', [...options, '-qq', 'update'], folder);
    get();
  }
  return readdirSync(folder).filter((name) => name.endsWith('.deb'));
}

/** The package, and the libraries that installing it would bring. */
function packageNames(
  { package: name }: Program,
  options: readonly string[],
  folder: string,
): readonly string[] {
  const plan = run('apt-get', [...options, '-s', '-qq', '--no-install-recommends', 'install', name], folder);
  const libraries = [...plan.matchAll(/^Inst (lib\S+)/gm)].map(([, library = '']) => library);
  return [name, ...libraries];
}

/** Lets apt-get read another release from the same archive, while the lists of the machine stay as they are. */
function privateLists(release: string, folder: string): readonly string[] {
  mkdirSync(join(folder, 'lists', 'partial'), { recursive: true });
  const key = '/usr/share/keyrings/debian-archive-keyring.gpg';
  writeFileSync(join(folder, 'sources.list'), `deb [signed-by=${key}] ${archive()} ${release} main\n`);
  return [
    `Dir::Etc::sourcelist=${folder}/sources.list`,
    'Dir::Etc::sourceparts=-',
    `Dir::State::lists=${folder}/lists`,
    'Dir::Cache::pkgcache=',
    'Dir::Cache::srcpkgcache=',
  ].flatMap((option) => ['-o', option]);
}

/** The archive that the machine takes Debian from. */
function archive(): string {
  const parts = '/etc/apt/sources.list.d';
  const files = ['/etc/apt/sources.list', ...readdirSync(parts).map((name) => join(parts, name))];
  const text = files.map((file) => (existsSync(file) ? readFileSync(file, 'utf8') : '')).join('\n');
  const found = /^(?:URIs:|deb(?: \[[^\]]*\])?) +(\S+\/debian\/?)(?: |$)/m.exec(text)?.[1];
  return found ?? 'http://deb.debian.org/debian';
}

function run(tool: string, args: readonly string[], folder: string): string {
  const { status, stdout, stderr, error } = spawnSync(tool, args, {
    cwd: folder,
    encoding: 'utf8',
    timeout: 300_000,
  });
  if (status === 0) return stdout;
  const said = (error?.message ?? stderr).trim().split('\n').at(-1);
  throw new Lacking(`packages of Debian; ${tool} ${args.join(' ')} says: ${said}`);
}
