import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Failure } from '../base/failure.ts';
import { exitCode, type ExitCode } from '../run.ts';

/** Loads what `main.js` is going to load, so that files which are missing or broken are told apart from faults of a run. */
async function requireWhole(folder: string): Promise<void> {
  try {
    for (const path of ['topology.js', 'runtime/main.js']) {
      await import(pathToFileURL(resolve(folder, 'transport', path)).href);
    }
  } catch (cause) {
    throw new Failure('could-not-start', `the bundle in ${folder} is damaged; compile it again`, cause);
  }
}

/** Does what `node FOLDER/transport/main.js` does, in this process; the bundle sets the exit code when it ends. */
export async function startBundle(folder: string, argv: readonly string[]): Promise<ExitCode> {
  const main = resolve(folder, 'transport', 'main.js');
  if (!existsSync(main)) {
    const isInside = existsSync(resolve(folder, 'main.js'));
    const hint = isInside ? `; name the folder above: ${join(folder, '..')}` : '';
    throw new Failure(
      'could-not-start',
      `${folder} holds no bundle: there is no transport/main.js in it${hint}`,
    );
  }
  await requireWhole(folder);
  process.argv = [process.execPath, main, ...argv];
  await import(pathToFileURL(main).href);
  return (process.exitCode as ExitCode | undefined) ?? exitCode.clean;
}
