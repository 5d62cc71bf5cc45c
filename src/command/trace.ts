import type { Diagnostic } from '../base/diagnostic.ts';
import { Failure } from '../base/failure.ts';
import { printable } from '../base/printable.ts';
import { readPemFile } from '../certificate/pem-files-beside.ts';
import { exitCode, type ExitCode, type Streams } from '../run.ts';
import type { Askable } from '../trace-source.ts';
import { findingOf } from '../trace/finding.ts';
import { jsonTraces } from '../trace/json.ts';
import { prettyTrace } from '../trace/pretty.ts';
import { readScenario } from '../trace/read-scenario.ts';
import { trace as ask, type Trace } from '../trace/trace.ts';
import type { ScenarioKey, WrittenScenario } from '../trace/written-scenario.ts';
import { readAskable } from './askable.ts';
import { writeReports } from './formats.ts';
import { paintFor } from './terminal.ts';

export interface TraceArguments extends WrittenScenario {
  readonly to: readonly string[];
  readonly scenarios?: string;
  readonly format: string;
  readonly expect?: string;
  /** Unit: milliseconds since 1970. */
  readonly now?: number;
}

/** The option that a part of a scenario is given by. */
const flags: Readonly<Record<ScenarioKey, string>> = {
  from: '--from',
  to: '--to',
  client: '--client',
  server: '--server',
  binding: '--binding',
  tls: '--tls',
  clientCertificate: '--client-certificate',
  size: '--size',
  helo: '--helo',
  auth: '--auth',
  dialect: '--dialect',
};

/** A trace, and under which name its scenario stands in a file; absent for that of the options. */
export interface NamedTrace {
  readonly name?: string;
  readonly trace: Trace;
}

/** `mailtopo trace FILE`: what happens to a message, and why. */
export async function trace(path: string, args: TraceArguments, streams: Streams): Promise<ExitCode> {
  const { expect, format, scenarios } = args;
  if (!['pretty', 'json', 'sarif'].includes(format))
    throw new Failure('usage', 'a trace is printed as pretty, json or sarif');
  if (expect !== undefined && expect !== 'accepted' && expect !== 'rejected')
    throw new Failure('usage', '--expect is accepted or rejected');
  const askable = await readAskable(path, args.now ?? Date.now(), streams);
  if (askable === undefined) return exitCode.findings;
  const traces =
    scenarios === undefined
      ? [{ trace: await traceOf(askable, args) }]
      : await (await import('./scenarios.ts')).tracesIn(scenarios, askable, args.dialect);
  await write(traces, askable, format, streams);
  const isOtherwise = traces.some((one) => expect !== undefined && one.trace.verdict.kind !== expect);
  return isOtherwise ? exitCode.findings : exitCode.clean;
}

async function traceOf({ world, certificateIn }: Askable, args: TraceArguments): Promise<Trace> {
  const scenario = readScenario(world, writtenIn(args), (file) => {
    const pem = readPemFile(file);
    return pem.kind === 'missing' ? undefined : certificateIn(file, pem);
  });
  if ('message' in scenario) throw new Failure('usage', `${flags[scenario.key]}: ${scenario.message}`);
  return ask(world, scenario);
}

function writtenIn(args: TraceArguments): WrittenScenario {
  const { from, to, client, server, binding, tls, clientCertificate, size, helo, auth, dialect } = args;
  const single = { from, client, server, binding, tls, clientCertificate, size, helo, auth, dialect };
  const given = Object.fromEntries(Object.entries(single).filter(([, value]) => value !== undefined));
  return { ...given, ...(to.length > 0 && { to }) };
}

async function write(
  traces: readonly NamedTrace[],
  { topology, text, placeOf, originOf }: Askable,
  format: string,
  streams: Streams,
): Promise<void> {
  if (format === 'json') {
    streams.out(jsonTraces(traces, placeOf));
    return;
  }
  if (format === 'sarif') {
    const diagnostics = traces.map(({ name, trace: one }): Diagnostic => {
      const at = { file: topology.file, start: 0, end: 0, path: '' };
      const words = { rule: 'trace', severity: 'info', at } as const;
      const finding = findingOf(one, words, originOf);
      return name === undefined ? finding : { ...finding, message: `${name}: ${finding.message}` };
    });
    await writeReports(
      { diagnostics, sources: new Map([[topology.file, text]]) },
      [{ format: 'sarif' }],
      streams,
    );
    return;
  }
  const paint = paintFor(process.stdout, process.env);
  const blocks = traces.map(({ name, trace: one }) => {
    const title = name === undefined ? '' : `${paint.strong(`== ${printable(name)}`)}\n`;
    return title + prettyTrace(one, placeOf, paint);
  });
  streams.out(blocks.join('\n'));
}
