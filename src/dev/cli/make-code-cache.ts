/**
 * Runs the bundled command line as people would and keeps what V8 compiled meanwhile, for the launcher of the same version.
 * Its arguments are the bundle, the file to write, and a list of runs in JSON; it is started by build-cli.ts.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, resolve } from 'node:path';
import { Script } from 'node:vm';

type Start = (require: NodeJS.Require, module: object, file: string, folder: string) => void;

const [node = '', launcher = '', bundle = '', cache = '', listed = ''] = process.argv;
const runs = JSON.parse(listed) as (readonly string[])[];
const file = resolve(bundle);
const script = new Script(readFileSync(file, 'latin1'), { filename: file });
process.on('exit', () => writeFileSync(cache, script.createCachedData()));

/** Does the next run; each ends when nothing is left to be done. */
function next(): void {
  const run = runs.shift();
  if (run === undefined) return;
  process.argv = [node, launcher, ...run];
  (script.runInThisContext() as Start)(createRequire(file), { exports: {} }, file, dirname(file));
}

process.on('beforeExit', next);
next();
