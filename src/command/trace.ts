import { readPemFile } from '../certificate/pem-files-beside.ts';
import { Failure } from '../base/failure.ts';
import { exitCode, type ExitCode, type Streams } from '../run.ts';
import { jsonTraces } from '../trace/json.ts';
import { prettyTrace } from '../trace/pretty.ts';
import { readScenario, type ScenarioKey, type WrittenScenario } from '../trace/read-scenario.ts';
import { trace as ask } from '../trace/trace.ts';
import { readAskable } from './askable.ts';
import { paintFor } from './terminal.ts';

export interface TraceArguments {
  readonly from?: string;
  readonly to: readonly string[];
  readonly client?: string;
  readonly server?: string;
  readonly binding?: string;
  readonly tls?: string;
  readonly clientCertificate?: string;
  readonly size?: string;
  readonly helo?: string;
  readonly auth?: string;
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
};

/** `mailtopo trace FILE`: what happens to a message, and why. */
export async function trace(path: string, args: TraceArguments, streams: Streams): Promise<ExitCode> {
  const { expect, format } = args;
  if (format !== 'pretty' && format !== 'json')
    throw new Failure('usage', 'a trace is printed as pretty or json');
  if (expect !== undefined && expect !== 'accepted' && expect !== 'rejected')
    throw new Failure('usage', '--expect is accepted or rejected');
  const askable = await readAskable(path, args.now ?? Date.now(), streams);
  if (askable === undefined) return exitCode.findings;
  const scenario = readScenario(askable.world, writtenIn(args), (file) => {
    const pem = readPemFile(file);
    return pem.kind === 'missing' ? undefined : askable.certificateIn(file, pem);
  });
  if ('message' in scenario) throw new Failure('usage', `${flags[scenario.key]}: ${scenario.message}`);
  const traced = await ask(askable.world, scenario);
  streams.out(
    format === 'json'
      ? jsonTraces([traced], askable.placeOf)
      : prettyTrace(traced, askable.placeOf, paintFor(process.stdout, process.env)),
  );
  return expect === undefined || expect === traced.verdict.kind ? exitCode.clean : exitCode.findings;
}

function writtenIn(args: TraceArguments): WrittenScenario {
  const { from, to, client, server, binding, tls, clientCertificate, size, helo, auth } = args;
  const single = { from, client, server, binding, tls, clientCertificate, size, helo, auth };
  const given = Object.fromEntries(Object.entries(single).filter(([, value]) => value !== undefined));
  return { ...given, ...(to.length > 0 && { to }) };
}
