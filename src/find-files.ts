import { readdirSync } from 'node:fs';
import { Failure } from './base/failure.ts';

const magic = /[*?{]/;

/** Turns a glob into an expression over `/`-separated paths: `**` crosses folders, `*` and `?` do not, `{a,b}` is a choice. */
function expressionOf(glob: string): RegExp {
  let depth = 0;
  const source = glob.replaceAll(/\*\*\/|\*\*|\*|\?|[{},]|[\\^$.|+()[\]]/g, (found) => {
    if (found === '**/') return '(?:[^/]+/)*';
    if (found === '**') return '.*';
    if (found === '*') return '[^/]*';
    if (found === '?') return '[^/]';
    if (found === '{') return (depth++, '(?:');
    if (found === '}' && depth > 0) return (depth--, ')');
    if (found === ',' && depth > 0) return '|';
    return found === ',' || found === '}' ? found : `\\${found}`;
  });
  return new RegExp(`^${source}${')'.repeat(depth)}$`);
}

function* filesBelow(folder: string): Generator<string> {
  for (const entry of readdirSync(folder === '' ? '.' : folder, { withFileTypes: true })) {
    const path = `${folder}${entry.name}`;
    if (entry.isDirectory()) {
      if (entry.name !== 'node_modules' && entry.name !== '.git') yield* filesBelow(`${path}/`);
    } else if (entry.isFile()) yield path;
  }
}

function expand(glob: string): readonly string[] {
  const fixed = glob.slice(0, glob.search(magic));
  const folder = fixed.slice(0, fixed.lastIndexOf('/') + 1);
  const expression = expressionOf(glob);
  try {
    return [...filesBelow(folder)].filter((path) => expression.test(path)).sort();
  } catch {
    // A folder that is not there matches nothing, and the caller says so.
    return [];
  }
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
  return [...new Set(found)];
}
