#!/usr/bin/env node
/**
 * Starts the command line, which lies beside this file in two bundles. Most of the time that a commit hook takes is spent on
 * reading and compiling JavaScript, so what V8 made of it when the package was built lies there, too. V8 refuses it where
 * version, processor or flags differ; then Node keeps a cache of its own, from 22.1 on.
 */
const fs: typeof import('node:fs') = require('node:fs');
const path: typeof import('node:path') = require('node:path');
const vm: typeof import('node:vm') = require('node:vm');
// The types are those of the oldest Node that is supported.
const modules: typeof import('node:module') & {
  readonly enableCompileCache?: (folder: string) => unknown;
} = require('node:module');

type Start = (
  exports: object,
  require: NodeRequire,
  module: NodeModule,
  file: string,
  folder: string,
) => void;

// What a commit hook runs is a bundle of its own, which is smaller, and alone has a cache: in a script that is compiled by
// hand import() does not work, and other commands import what they compiled.
const name = process.argv[2] === 'lint' ? 'lint' : 'cli';
const file = path.join(__dirname, `${name}.cjs`);
const cache = path.join(__dirname, `${name}-${process.version}-${process.arch}.cache`);

if (fs.existsSync(cache)) {
  // The bundle is ASCII, and Latin-1 is read without decoding.
  const source = modules.wrap(fs.readFileSync(file, 'latin1'));
  const script = new vm.Script(source, { filename: file, cachedData: fs.readFileSync(cache) });
  (script.runInThisContext() as Start)(exports, require, module, file, __dirname);
} else {
  const home =
    process.env['XDG_CACHE_HOME'] ?? (process.env['HOME'] && path.join(process.env['HOME'], '.cache'));
  if (home && path.isAbsolute(home)) modules.enableCompileCache?.(path.join(home, 'mailtopo'));
  require(file);
}
