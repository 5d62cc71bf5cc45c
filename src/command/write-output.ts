import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { Failure } from '../base/failure.ts';
import { reasonOf } from '../base/reason-of.ts';

/**
 * Writes what a command made of a topology into the file behind `-o`; what is there is replaced, but never the topology.
 *
 * Fails: `usage`, `unwritable-output`.
 */
export function writeOutput(file: string, text: string, topologyFile: string, what: string): void {
  if (file === '') throw new Failure('usage', 'no file stands behind -o');
  if (resolve(file) === resolve(topologyFile)) {
    throw new Failure('usage', `${file} is the topology; the ${what} needs a file of its own`);
  }
  try {
    writeFileSync(file, text);
  } catch (cause) {
    throw new Failure('unwritable-output', `cannot write ${file}: ${reasonOf(cause)}`, cause);
  }
}
