/**
 * Runs the bundled command line as a commit hook would and keeps what V8 compiled meanwhile, for the launcher of the same
 * version. Its first two arguments are the bundle and the file to write; it is started by build-cli.ts.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire, Module } from 'node:module';
import { dirname, resolve } from 'node:path';
import { Script } from 'node:vm';

const [bundle = '', cache = ''] = process.argv.splice(2, 2);
const file = resolve(bundle);
const script = new Script(Module.wrap(readFileSync(file, 'latin1')), { filename: file });
const start = script.runInThisContext() as (...arguments_: readonly unknown[]) => void;
process.on('exit', () => writeFileSync(cache, script.createCachedData()));
start({}, createRequire(file), { exports: {} }, file, dirname(file));
