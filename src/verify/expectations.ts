import type { Span } from '../base/span.ts';
import type { TraceTest } from '../model/topology.ts';
import type { RouteStep } from '../trace/route.ts';
import { readScenario } from '../trace/read-scenario.ts';
import type { ReadCertificate } from '../trace/read-session.ts';
import { trace, type RecipientTrace, type Trace } from '../trace/trace.ts';
import type { World } from '../trace/world.ts';
import { singleKeys, type WrittenScenario } from '../trace/written-scenario.ts';

/** What became of an expectation. */
export interface Tested {
  readonly name: string;
  readonly at: Span;
  /** Absent where the scenario could not be read. */
  readonly trace?: Trace;
  /** What came out otherwise, in words without a full stop; none where all is as expected. */
  readonly failures: readonly string[];
}

/** Asks for the trace of every test and compares it with what is expected. */
export async function runTests(
  world: World,
  tests: readonly TraceTest[],
  readCertificate: ReadCertificate,
): Promise<readonly Tested[]> {
  const outcomes: Tested[] = [];
  for (const test of tests) outcomes.push(await runTest(world, test, readCertificate));
  return outcomes;
}

async function runTest(world: World, test: TraceTest, readCertificate: ReadCertificate): Promise<Tested> {
  const { name, at, expect } = test;
  const scenario = readScenario(world, writtenIn(test), readCertificate);
  if ('message' in scenario)
    return {
      name: name.value,
      at,
      failures: [`the scenario cannot be asked for: ${scenario.key}: ${scenario.message}`],
    };
  const traced = await trace(world, scenario);
  const failures = [...expect].flatMap(([key, { value }]) => {
    const found = foundAt(traced, key);
    if (found.length === 0) return [`${key} is nothing, not ${value}`];
    return found.filter((one) => !isAs(key, one, value)).map((one) => `${key} is ${one}, not ${value}`);
  });
  return { name: name.value, at, trace: traced, failures: [...new Set(failures)] };
}

/** The scenario of a test, as it is written. */
export function writtenIn({ scenario }: TraceTest): WrittenScenario {
  const entries = singleKeys.flatMap((key) => {
    const text = scenario.get(key)?.[0];
    return text === undefined ? [] : [[key, text.value] as const];
  });
  const to = scenario.get('to')?.map(({ value }) => value) ?? [];
  return { ...Object.fromEntries(entries), ...(to.length > 0 && { to }) };
}

/** A reply may be cut short, and names are written as one likes; all else is a word. */
function isAs(key: string, found: string, wanted: string): boolean {
  const [one, other] = [found.toLowerCase(), wanted.toLowerCase()];
  return key === 'reply' ? one.startsWith(other) : one === other;
}

/** Finds what a trace has under a key of `expect`; one for each recipient where it is about its way. */
function foundAt({ verdict, session, recipients }: Trace, key: string): readonly string[] {
  const ends = recipients.flatMap(({ route }) => route?.at(-1) ?? []);
  switch (key) {
    case 'verdict':
      return [verdict.kind];
    case 'reply':
      return verdict.kind === 'rejected' ? [verdict.reply] : ['that of a message that is accepted'];
    case 'receiveConnector':
      return [session?.connector?.name ?? 'none'];
    case 'sendConnector':
      return recipients.map((one) => sendConnectorOf(one) ?? 'none');
    case 'end':
      return ends.map(({ end }) => end.kind);
    case 'at':
      return ends.map(({ server }) => server.name);
    case 'tls':
      return ends.map((step) => levelOf(step) ?? 'nothing, for it does not leave');
    default:
      return [];
  }
}

/** The connector that the mail leaves through, or by which it is led to where it leaves. */
function sendConnectorOf({ route = [] }: RecipientTrace): string | undefined {
  const choices = route.flatMap(({ decision: { hop } }) =>
    hop.kind === 'connector'
      ? [hop.connector.name]
      : hop.kind === 'servers' && hop.connector
        ? [hop.connector.name]
        : [],
  );
  return choices.at(-1);
}

function levelOf({ end }: RouteStep): string | undefined {
  const departure = 'departure' in end ? end.departure : undefined;
  return departure?.destinations[0]?.session.tls.level;
}
