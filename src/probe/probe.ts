import { connectorAttempts } from '../../runtime/client/next-hop-carriers.ts';
import { mostAttempts } from '../../runtime/client/smtp-carrier.ts';
import type { Clock } from '../../runtime/clock.ts';
import type { Endpoint, SendConnector, Server } from '../../runtime/config.ts';
import type { TlsDemand } from '../../runtime/decide/outbound-tls.ts';
import type { PlannedPartner } from '../plan/step.ts';
import { traceRoute, type StepEnd } from '../trace/route.ts';
import type { World } from '../trace/world.ts';
import { probeHost, type SeenHost } from './host.ts';
import type { StsAnswer } from './mta-sts.ts';
import type { Names } from './names.ts';
import { staleNames, type StaleNames } from './stale-names.ts';
import { probingTls, type ProbeFiles, type ProbeIdentity } from './probing-tls.ts';

/** What a probe is made with. */
export interface ProbeOptions {
  readonly world: World;
  /** The server whose queue holds the mail. */
  readonly from: Server;
  readonly names: Names;
  readonly files: ProbeFiles;
  readonly clock: Clock;
  /** Connects there instead of to every address that is found. */
  readonly connect?: Endpoint;
}

/** The Send connector that mail for a domain takes, and what was found at its end. */
export interface SeenWay {
  readonly connector: SendConnector;
  readonly server: Server;
  /** What the connector demands of each host, in the order of the hosts. */
  readonly demands: readonly TlsDemand[];
  readonly identity: ProbeIdentity;
  readonly hosts: readonly SeenHost[];
  /** What the queue shows where no host was found. */
  readonly reply?: string;
}

/** Whether mail for a domain would go: `every` host takes it, `some` do, or none, so that it waits or goes back. */
export type Reach = 'every host' | 'some hosts' | 'no host';

/** What was found out about one domain of a partner. */
export interface DomainProbe {
  readonly domain: string;
  readonly reach: Reach;
  /** Absent where no Send connector leads out. */
  readonly way?: SeenWay;
  /** What the queue shows where the message does not come as far as a Send connector. */
  readonly reply?: string;
  readonly sts: StsAnswer;
  /** Absent where `dns` of the topology is right, or says nothing. */
  readonly stale?: StaleNames;
}

/** Tests the connection to a partner, one domain after another. Source: DOC S13. */
export async function probePartner(
  { domains }: PlannedPartner,
  options: ProbeOptions,
): Promise<readonly DomainProbe[]> {
  const probes: DomainProbe[] = [];
  for (const domain of domains) probes.push(await probeDomain(domain, options));
  return probes;
}

async function probeDomain(domain: string, options: ProbeOptions): Promise<DomainProbe> {
  const { world, from, names, connect } = options;
  const mail = { reversePath: '', forwardPath: `postmaster@${domain}`, size: 0 };
  const last = (await traceRoute(world, from, mail)).at(-1);
  // A rehearsal does not leave the machine.
  const sts: StsAnswer =
    connect === undefined
      ? await names.sts(domain)
      : { kind: 'not looked up', reason: 'the probe connects to an address of its own' };
  const hop = last?.decision.hop;
  if (last === undefined || hop?.kind !== 'connector') {
    const reply = last && replyOf(last.end);
    return { domain, reach: 'no host', sts, ...(reply !== undefined && { reply }) };
  }
  const way = await wayThrough(hop.connector, last.server, domain, options);
  const stale = hop.connector.dnsRoutingEnabled
    ? await staleNames(domain, world.names, names.nameServer)
    : undefined;
  return { domain, reach: reachOf(way), way, sts, ...(stale && { stale }) };
}

function reachOf({ hosts }: SeenWay): Reach {
  const tried = hosts.filter(({ outcome }) => outcome.kind !== 'no way from here');
  const ready = tried.filter(({ outcome }) => outcome.kind === 'ready').length;
  if (ready === 0) return 'no host';
  return ready === tried.length ? 'every host' : 'some hosts';
}

function replyOf(end: StepEnd): string | undefined {
  return 'reply' in end ? end.reply : undefined;
}

async function wayThrough(
  connector: SendConnector,
  server: Server,
  domain: string,
  { world, names, files, clock, connect }: ProbeOptions,
): Promise<SeenWay> {
  const { tls, identity } = probingTls(world, server, connector, files);
  const context = { config: world.config, server, tls, nameServer: names.nameServer, random: Math.random };
  const found = await connectorAttempts(context, connector, domain);
  if (found.kind !== 'attempts')
    return { connector, server, identity, demands: [], hosts: [], reply: found.reply };
  const attempts = found.attempts.slice(0, mostAttempts);
  const hosts: SeenHost[] = [];
  for (const attempt of attempts)
    hosts.push(await probeHost(attempt, { tls, names, clock, ...(connect && { connect }) }));
  return { connector, server, identity, demands: attempts.map(({ request }) => request.tls), hosts };
}
