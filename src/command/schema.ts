import { readFileSync } from 'node:fs';
import { packageRoot } from '../package.ts';
import { exitCode, type ExitCode, type Streams } from '../run.ts';

/** `mailtopo schema`: the JSON Schema of the language, for editors. */
export function printSchema(streams: Streams): ExitCode {
  streams.out(readFileSync(new URL('dist/src/schema/topology.schema.json', packageRoot), 'utf8'));
  return exitCode.clean;
}
