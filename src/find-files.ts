import { readdirSync, statSync, type Dirent } from 'node:fs';
import { resolve } from 'node:path';
import { Failure } from './base/failure.ts';
import { reasonOf } from './base/reason-of.ts';

const magic = /[*?{]/;

/**
 * Turns a glob into an expression over `/`-separated paths: `**` crosses folders, `*` and `?` do not, `{a,b}` is a choice.
 *
 * As in a shell, a name that begins with a dot is met only by a glob that writes the dot.
 */
function expressionOf(glob: string): RegExp {
  let depth = 0;
  const source = glob.replaceAll(/\*\*\/|\*\*|\*|\?|[{},]|[\\^$.|+()[\]]/g, (found) => {
    if (found === '**/') return '(?:(?!\\.)[^/]+/)*';
    if (found === '**') return '(?:(?!\\.)[^/]+/)*(?!\\.)[^/]*';
    if (found === '*') return '(?!(?<=^|/)\\.)[^/]*';
    if (found === '?') return '(?!(?<=^|/)\\.)[^/]';
    if (found === '{') return (depth++, '(?:');
    if (found === '}' && depth > 0) return (depth--, ')');
    if (found === ',' && depth > 0) return '|';
    return found === ',' || found === '}' ? found : `\\${found}`;
  });
  return new RegExp(`^${source}${')'.repeat(depth)}$`);
}

function entriesOf(folder: string): readonly Dirent[] {
  try {
    return readdirSync(folder === '' ? '.' : folder, { withFileTypes: true });
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    // A folder that is not there matches nothing, and the caller says so; one that cannot be read may hold matches.
    if (code === 'ENOENT' || code === 'ENOTDIR') return [];
    throw new Failure('unreadable-file', `cannot read ${folder || '.'}: ${reasonOf(cause)}`, cause);
  }
}

/** A link to a file counts as the file; one to a folder is not followed, for it may lead back up. */
function isFile(entry: Dirent, path: string): boolean {
  return entry.isSymbolicLink() ? leadsToFile(path) : entry.isFile();
}

/** A link that leads nowhere, or in a circle, is no file; one that may not be followed is one that cannot be read. */
function leadsToFile(path: string): boolean {
  try {
    return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code === 'ELOOP' || code === 'ENOTDIR') return false;
    throw new Failure('unreadable-file', `cannot read ${path}: ${reasonOf(cause)}`, cause);
  }
}

function* filesBelow(folder: string, skips: RegExp): Generator<string> {
  for (const entry of entriesOf(folder)) {
    const path = `${folder}${entry.name}`;
    if (skips.test(entry.name)) continue;
    if (entry.isDirectory()) yield* filesBelow(`${path}/`, skips);
    else if (isFile(entry, path)) yield path;
  }
}

function expand(glob: string): readonly string[] {
  const fixed = glob.slice(0, glob.search(magic));
  const folder = fixed.slice(0, fixed.lastIndexOf('/') + 1);
  const expression = expressionOf(glob);
  const writesDot = /(^|[/{,])\./.test(glob.slice(folder.length));
  const skips = writesDot ? /^(node_modules|\.git)$/ : /^(node_modules|\..*)$/;
  return [...filesBelow(folder, skips)].filter((path) => expression.test(path)).sort();
}

/**
 * Turns arguments into file names, each once, in the order given; a glob in its alphabetic order.
 *
 * Fails: with `no-file-matched` where a glob matches nothing. A plain name is passed on: reading it says what is wrong.
 */
export function findFiles(patterns: readonly string[]): readonly string[] {
  const found = patterns.flatMap((pattern) => {
    const path = pattern.replaceAll('\\', '/');
    if (!magic.test(path)) return [path];
    const files = expand(path);
    if (files.length === 0) throw new Failure('no-file-matched', `no file matches ${pattern}`);
    return files;
  });
  const first = new Map<string, string>();
  for (const file of found) {
    const place = file === '-' ? file : resolve(file);
    if (!first.has(place)) first.set(place, file);
  }
  return [...first.values()];
}
