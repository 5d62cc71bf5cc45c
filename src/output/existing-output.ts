import { lstatSync, readdirSync, readFileSync, realpathSync, statSync, type Stats } from 'node:fs';
import { basename, dirname, isAbsolute, join, relative, resolve } from 'node:path';
import { Failure } from '../base/failure.ts';
import { reasonOf } from '../base/reason-of.ts';
import { manifestName, parseManifest, sha256Of, type Manifest } from './manifest.ts';

/** Folders in which a running transport and its operator keep what is theirs; compiling again leaves it alone. */
const dataFolders: readonly string[] = ['data', 'transport/data'];
const keysFolder = 'transport/keys';

/** What file managers leave behind; nobody misses it. */
const litter: ReadonlySet<string> = new Set(['.DS_Store', 'Thumbs.db', 'desktop.ini']);

/** What stands in an output folder. */
export interface ExistingOutput {
  /** Unit: permission bits of the folder. */
  readonly mode: number;
  /** Undefined for a folder that holds nothing. */
  readonly manifest?: Manifest;
  /** Of mailtopo, as it wrote them. */
  readonly unchanged: readonly string[];
  /** Of mailtopo, and changed since. */
  readonly changed: readonly string[];
  /** Of nobody that mailtopo knows. */
  readonly foreign: readonly string[];
  /** Of the operator: entries of the folder of keys, and whole data folders. */
  readonly operators: readonly string[];
}

/** Finds the real place of an output folder that need not be there yet; its parents may be links, itself may not. */
export function outputPlace(folder: string): string {
  const path = resolve(folder);
  let parent = dirname(path);
  const below = [basename(path)];
  for (;;) {
    try {
      const real = realpathSync(parent);
      if (statSync(real).isDirectory()) return join(real, ...below);
      throw new Failure('unwritable-output', `cannot write ${folder}: ${real} is not a folder`);
    } catch (cause) {
      if (cause instanceof Failure) throw cause;
      if ((cause as NodeJS.ErrnoException).code !== 'ENOENT' || parent === dirname(parent)) {
        throw new Failure('unwritable-output', `cannot write ${folder}: ${reasonOf(cause)}`, cause);
      }
      below.unshift(basename(parent));
      parent = dirname(parent);
    }
  }
}

/** Refuses places that no flag makes safe to replace. */
export function refusePlace(folder: string, place: string, topologyFolder: string): void {
  const refuse = (why: string): never => {
    throw new Failure('refused', `${folder} ${why}; choose another folder with -o`);
  };
  if (place === dirname(place)) refuse('is the root of the file system');
  const holds = (inner: string): boolean => {
    const way = relative(place, inner);
    return way === '' || (!/^\.\.([\\/]|$)/.test(way) && !isAbsolute(way));
  };
  if (holds(realpathSync(topologyFolder))) refuse('is the folder of the topology or one around it');
  if (holds(realpathSync(process.cwd()))) refuse('is the current folder or one around it');
  const stat = statOf(place);
  if (stat?.isSymbolicLink()) refuse('is a symbolic link');
  if (stat !== undefined && !stat.isDirectory()) refuse('is not a folder');
}

/** Looks at what stands in an output folder; undefined where there is none. */
export function lookAt(place: string): ExistingOutput | undefined {
  const stat = statOf(place);
  if (stat === undefined) return undefined;
  const found = { unchanged: [], changed: [], foreign: [], operators: [] } as Record<Kind, string[]>;
  const manifest = manifestIn(place);
  // Without a manifest nothing is ours, and the folder may be as large as a disk.
  if (manifest === undefined) {
    const foreign = readdirSync(place).filter((name) => !litter.has(name));
    return { ...found, mode: stat.mode & 0o777, foreign };
  }
  for (const path of walk(place, '')) {
    const kind = kindOf(place, path, manifest);
    if (kind !== undefined) found[kind].push(path);
  }
  return { ...found, mode: stat.mode & 0o777, manifest };
}

type Kind = 'unchanged' | 'changed' | 'foreign' | 'operators';

function kindOf(place: string, path: string, { files }: Manifest): Kind | undefined {
  if (litter.has(basename(path)) || path === manifestName) return undefined;
  const sum = Object.hasOwn(files, path) ? files[path] : undefined;
  if (sum === undefined) return isOperators(path) ? 'operators' : 'foreign';
  const stat = statOf(join(place, path));
  if (stat?.isFile() && sha256Of(readFileSync(join(place, path))) === sum) return 'unchanged';
  return 'changed';
}

/** Says whether a path belongs to the operator unless the manifest lists it. */
export function isOperators(path: string): boolean {
  return dataFolders.includes(path) || dirname(path) === keysFolder;
}

/** Lists files; of what belongs to the operator as a whole, the folder alone. */
function walk(place: string, folder: string): readonly string[] {
  return readdirSync(join(place, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
    const isWhole = dataFolders.includes(path) || folder === keysFolder;
    return entry.isDirectory() && !isWhole ? walk(place, path) : [path];
  });
}

function manifestIn(place: string): Manifest | undefined {
  const path = join(place, manifestName);
  return statOf(path)?.isFile() ? parseManifest(readFileSync(path, 'utf8')) : undefined;
}

/** Looks without following a link; undefined where nothing is. */
export function statOf(path: string): Stats | undefined {
  return lstatSync(path, { throwIfNoEntry: false });
}
