#!/usr/bin/env node
/**
 * Starts the command line, which lies beside this file in two bundles. Most of the time that a commit hook takes is spent on
 * reading and compiling JavaScript, so what V8 made of it when the package was built lies there, too. V8 refuses it where
 * version, processor or flags differ; then Node keeps a cache of its own, from 22.1 on.
 */
const fs: typeof import('node:fs') = require('node:fs');
const path: typeof import('node:path') = require('node:path');

/** What each bundle is: the function that Node makes of a module. */
type Start = (require: NodeRequire, module: NodeModule, file: string, folder: string) => void;

// What a commit hook runs is a bundle of its own, which is smaller.
const [, , command, ...words] = process.argv;
const isHook = command === 'lint' && words.length > 0 && words.every((word) => !word.startsWith('-'));
const name = isHook ? 'lint' : 'cli';
const file = path.join(__dirname, `${name}.cjs`);
const cache = path.join(__dirname, `${name}-${process.version}-${process.arch}.cache`);

function fromCache(): Start {
  const { Script }: typeof import('node:vm') = require('node:vm');
  // The bundle is ASCII, and Latin-1 is read without decoding.
  const source = fs.readFileSync(file, 'latin1');
  return new Script(source, {
    filename: file,
    cachedData: fs.readFileSync(cache),
  }).runInThisContext() as Start;
}

function compiled(): Start {
  // The types are those of the oldest Node that is supported.
  const modules: typeof import('node:module') & {
    readonly enableCompileCache?: (folder: string) => unknown;
  } = require('node:module');
  const home =
    process.env['XDG_CACHE_HOME'] ?? (process.env['HOME'] && path.join(process.env['HOME'], '.cache'));
  if (home && path.isAbsolute(home)) modules.enableCompileCache?.(path.join(home, 'mailtopo'));
  return require(file) as Start;
}

// In a script that is compiled by hand import() does not work without a warning, and these import what was compiled.
const imports = ['queue', 'run', 'user'].includes(command ?? '');
const start = !imports && fs.existsSync(cache) ? fromCache() : compiled();
start(require, module, file, __dirname);
