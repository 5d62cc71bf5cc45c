import type { Dialect } from '../../runtime/config.ts';
import { parseByteSize } from '../mail/byte-size.ts';
import { pickForQueue } from './pick-server.ts';
import { sessionOf, theServer, type ReadCertificate } from './read-session.ts';
import type { Scenario } from './scenario.ts';
import { Faulty, quoted, requireLine, type ScenarioFault, type WrittenScenario } from './written-scenario.ts';
import type { World } from './world.ts';

/** Reads a scenario against the topology that it is about. */
export function readScenario(
  world: World,
  written: WrittenScenario,
  readCertificate: ReadCertificate,
): Scenario | ScenarioFault {
  try {
    return scenarioOf(world, written, readCertificate);
  } catch (thrown) {
    if (thrown instanceof Faulty) return thrown.fault;
    throw thrown;
  }
}

function scenarioOf(world: World, written: WrittenScenario, readCertificate: ReadCertificate): Scenario {
  const to = (written.to ?? []).map((path) => mailboxOf('to', path));
  if (to.some((path) => path === '')) throw new Faulty('to', 'a recipient is empty');
  const from = written.from === undefined ? undefined : mailboxOf('from', written.from);
  const size = sizeOf(written.size);
  const dialect = dialectOf(written.dialect);
  const message = { to, size, ...(dialect && { dialect }) };
  const isSession = sessionKeys.some((key) => written[key] !== undefined);
  if (!isSession) {
    if (to.length === 0) throw new Faulty('to', 'a message needs a recipient, or a session a client');
    const { server, because } = theServer(world, written.server, 'the message lies in', () =>
      pickForQueue(world),
    );
    return {
      ...message,
      ...picked(because),
      from: from ?? '',
      start: { kind: 'queue', server: server.name },
    };
  }
  if (to.length > 0 && from === undefined)
    throw new Faulty('from', 'a message needs a sender; <> is the null one');
  const { session, because } = sessionOf(world, written, readCertificate);
  return {
    ...message,
    ...picked(because),
    ...(from !== undefined && { from }),
    start: { kind: 'session', session },
  };
}

function picked(serverBecause: string | undefined): Partial<Scenario> {
  return serverBecause === undefined ? {} : { serverBecause };
}

const sessionKeys = ['client', 'binding', 'tls', 'clientCertificate', 'helo', 'auth'] as const;

/** Takes the brackets off; what it holds is left to the server, but for what no command line can carry. */
function mailboxOf(key: 'from' | 'to', written: string): string {
  const bare = /^<(.*)>$/s.exec(written.trim())?.[1] ?? written.trim();
  requireLine(key, bare);
  return bare;
}

/** Reads whose replies servers give, without regard to case; undefined for what is no dialect. */
export function parseDialect(written: string): Dialect | undefined {
  const word = written.toLowerCase();
  return word === 'exchange' || word === 'rfc' ? word : undefined;
}

function dialectOf(written: string | undefined): Dialect | undefined {
  if (written === undefined) return undefined;
  const dialect = parseDialect(written);
  if (dialect === undefined) throw new Faulty('dialect', `${quoted(written)} is none of exchange, rfc`);
  return dialect;
}

function sizeOf(written: string | undefined): number {
  if (written === undefined) return 0;
  const size = parseByteSize(written);
  if (size === undefined)
    throw new Faulty('size', `${quoted(written)} is no size; write a number of bytes, or one such as 25MB`);
  return size;
}
