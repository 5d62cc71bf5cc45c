import { Failure } from '../base/failure.ts';
import { printable } from '../base/printable.ts';
import { pemFilesBeside } from '../certificate/pem-files-beside.ts';
import { exitCode, type ExitCode, type Streams } from '../run.ts';
import type { Askable } from '../trace-source.ts';
import { parseDialect } from '../trace/read-scenario.ts';
import type { ReadCertificate } from '../trace/read-session.ts';
import { inDialect, type World } from '../trace/world.ts';
import { runTests } from '../verify/expectations.ts';
import { jsonTests, junitTests, prettyTests } from '../verify/test-reports.ts';
import { readAskable } from './askable.ts';
import { paintFor } from './terminal.ts';

export interface TestArguments {
  readonly format: string;
  /** Whose replies the servers give to a test that does not say it itself. */
  readonly dialect?: string;
  /** Unit: milliseconds since 1970. */
  readonly now?: number;
}

/** Reads the certificates that a test names, beside the topology. */
export function certificatesBeside({ topology, certificateIn }: Askable): ReadCertificate {
  const read = pemFilesBeside(topology.file);
  return (path) => {
    const pem = read(path);
    return pem.kind === 'missing' ? undefined : certificateIn(path, pem);
  };
}

/** The topology with servers that give these replies where a scenario does not say it itself. */
export function speaking(world: World, dialect: string | undefined): World {
  if (dialect === undefined) return world;
  const known = parseDialect(dialect);
  if (known === undefined)
    throw new Failure('usage', `--dialect is exchange or rfc, not ${printable(dialect)}`);
  return inDialect(world, known);
}

/** `mailtopo test FILE`: asks for the traces under `tests` and compares them with what is expected. */
export async function test(path: string, args: TestArguments, streams: Streams): Promise<ExitCode> {
  const { format, dialect } = args;
  if (!['pretty', 'json', 'junit'].includes(format))
    throw new Failure('usage', 'test prints pretty, json or junit');
  const askable = await readAskable(path, args.now ?? Date.now(), streams);
  if (askable === undefined) return exitCode.findings;
  const { world, topology, placeOf } = askable;
  if (topology.tests.length === 0) throw new Failure('usage', `${topology.file} states no tests`);
  const tested = await runTests(speaking(world, dialect), topology.tests, certificatesBeside(askable));
  switch (format) {
    case 'json':
      streams.out(jsonTests(tested, placeOf));
      break;
    case 'junit':
      streams.out(junitTests(topology.file, tested, placeOf));
      break;
    default:
      streams.out(prettyTests(tested, placeOf, paintFor(process.stdout, process.env)));
  }
  return tested.some(({ failures }) => failures.length > 0) ? exitCode.findings : exitCode.clean;
}
