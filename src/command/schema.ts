import { readFileSync } from 'node:fs';
import { inPackage } from '../package.ts';
import { exitCode, type ExitCode, type Streams } from '../run.ts';

/** `mailtopo schema`: the JSON Schema of the language, for editors. */
export function printSchema(streams: Streams): ExitCode {
  streams.out(readFileSync(inPackage('dist/src/schema/topology.schema.json'), 'utf8'));
  return exitCode.clean;
}
