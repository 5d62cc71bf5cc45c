import { readFileSync } from 'node:fs';
import { pemFilesBeside, readPemFile } from '../../src/certificate/pem-files-beside.ts';
import { plain } from '../../src/report/report.ts';
import { askableSource, type Askable } from '../../src/trace-source.ts';
import { prettyTrace } from '../../src/trace/pretty.ts';
import { readScenario } from '../../src/trace/read-scenario.ts';
import { trace, type Trace } from '../../src/trace/trace.ts';
import type { WrittenScenario } from '../../src/trace/written-scenario.ts';

/** The day on which the tests of traces take place; the certificates of the examples are in date then. */
export const day: number = Date.UTC(2026, 10, 24);

/** Prepares a topology for questions; lint stays out of it. */
export function askable(text: string, file = 'topology.yaml'): Askable {
  const { askable: found, diagnostics } = askableSource(file, text, {
    rules: [],
    fileExists: () => true,
    certificateOf: pemFilesBeside(file),
    now: day,
  });
  if (found === undefined) throw new Error(diagnostics.map(({ message }) => message).join('\n'));
  return found;
}

/** Prepares an example for questions. */
export function askableExample(name: string): Askable {
  const file = `examples/${name}/topology.yaml`;
  return askable(readFileSync(file, 'utf8'), file);
}

/** Asks what happens to a message; a fault of the scenario is thrown. */
export async function asked({ world, certificateIn }: Askable, written: WrittenScenario): Promise<Trace> {
  const scenario = readScenario(world, written, (path) => certificateIn(path, readPemFile(path)));
  if ('message' in scenario) throw new Error(`${scenario.key}: ${scenario.message}`);
  return trace(world, scenario);
}

/** The same as people see it, without places in the file. */
export async function told(topology: Askable, written: WrittenScenario): Promise<string> {
  return prettyTrace(await asked(topology, written), () => undefined, plain);
}
