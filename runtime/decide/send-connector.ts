import type { AcceptedDomain, SendConnector, Server, TransportConfig } from '../config.ts';
import { closenessOfSpace, compareCloseness, normalDomain, type Closeness } from './address-space.ts';
import { acceptedDomainLookup } from './domain-match.ts';

/** Why a Send connector did not get the message, in the order in which the reasons are looked at. */
export type Elimination =
  | 'message too large'
  | 'disabled'
  | 'out of scope'
  | 'no matching address space'
  | 'less specific address space'
  | 'higher cost'
  | 'more hops'
  | 'later name';

/** A connector that lost, and the step at which it did. */
export interface EliminatedConnector {
  readonly connector: SendConnector;
  readonly reason: Elimination;
}

/** Which Send connector a recipient's mail takes; `too large` means that none takes a message of this size. */
export type SendConnectorChoice =
  | {
      readonly kind: 'chosen';
      readonly connector: SendConnector;
      readonly space: string;
      readonly eliminated: readonly EliminatedConnector[];
    }
  | { readonly kind: 'too large'; readonly eliminated: readonly EliminatedConnector[] }
  | { readonly kind: 'none'; readonly eliminated: readonly EliminatedConnector[] };

/** What the choice is asked for. */
export interface RoutingQuestion {
  /** The server whose queue holds the message. */
  readonly server: Server;
  readonly domain: string;
  /** Unit: bytes. */
  readonly size: number;
}

interface Candidate {
  readonly connector: SendConnector;
  readonly space: string;
  readonly closeness: Closeness;
  readonly cost: number;
  readonly hops: number;
}

/** Each comparison decides only where all before it are even; negative where the first candidate is better. */
const comparisons: readonly { readonly reason: Elimination; compare(a: Candidate, b: Candidate): number }[] =
  [
    { reason: 'less specific address space', compare: (a, b) => compareCloseness(b.closeness, a.closeness) },
    // The topology declares no site links, so every site costs the same and the address space's cost decides.
    { reason: 'higher cost', compare: (a, b) => a.cost - b.cost },
    { reason: 'more hops', compare: (a, b) => a.hops - b.hops },
    { reason: 'later name', compare: (a, b) => compareNames(a.connector.name, b.connector.name) },
  ];

/**
 * Chooses the Send connector for a recipient domain, and says of every other connector why it lost.
 *
 * Size comes first; then enabled, visible and matching; then the most specific address space, the lowest cost, the
 * fewest hops, the lowest name. A more specific space wins whatever its cost.
 * Source: EXCH connector selection in external message routing.
 */
export function chooseSendConnector(config: TransportConfig, question: RoutingQuestion): SendConnectorChoice {
  const eliminated: EliminatedConnector[] = [];
  const fitting = config.sendConnectors.filter((connector) => {
    const fits = connector.maxMessageSize === 'unlimited' || question.size <= connector.maxMessageSize;
    if (!fits) eliminated.push({ connector, reason: 'message too large' });
    return fits;
  });
  if (fitting.length === 0 && config.sendConnectors.length > 0) return { kind: 'too large', eliminated };

  const accepted = acceptedDomainLookup(config.acceptedDomains)(normalDomain(question.domain));
  let candidates: Candidate[] = [];
  for (const connector of fitting) {
    const candidate = candidateOf(config, question, connector, accepted);
    if (typeof candidate === 'string') eliminated.push({ connector, reason: candidate });
    else candidates.push(candidate);
  }
  for (const { reason, compare } of comparisons) {
    const best = candidates.reduce<Candidate | undefined>(
      (one, other) => (one === undefined || compare(other, one) < 0 ? other : one),
      undefined,
    );
    if (best === undefined) break;
    for (const candidate of candidates) {
      if (compare(best, candidate) < 0) eliminated.push({ connector: candidate.connector, reason });
    }
    candidates = candidates.filter((candidate) => compare(best, candidate) === 0);
  }
  const [winner] = candidates;
  if (winner === undefined) return { kind: 'none', eliminated };
  return { kind: 'chosen', connector: winner.connector, space: winner.space, eliminated };
}

/**
 * The site a server belongs to; an Edge server stands at the edge of the site that it is subscribed to.
 *
 * Fails: returns undefined for an Edge server without subscription, which is in no site. Other servers without a
 * declared site share one, as servers do in an organization that never divided its network.
 */
export function siteOf(server: Server): string | undefined {
  if (server.role === 'edge') return server.subscribedTo;
  return server.site ?? '';
}

/** Tells whether mail of this server may use the connector at all, leaving address spaces aside. */
export function seesConnector(config: TransportConfig, server: Server, connector: SendConnector): boolean {
  // An Edge server knows its own connectors only: local ones, or those that EdgeSync copied to it as a source server.
  if (server.role === 'edge') return connector.sourceTransportServers.includes(server.name);
  const sources = sourceServers(config, connector).filter(
    (source) => source.role !== 'edge' || source.subscribedTo !== undefined,
  );
  if (!connector.isScopedConnector) return sources.length > 0;
  return sources.some((source) => siteOf(source) === siteOf(server));
}

/** The servers that a connector names as its sources, as far as the topology has them. */
export function sourceServers(config: TransportConfig, connector: SendConnector): readonly Server[] {
  return config.servers.filter(({ name }) => connector.sourceTransportServers.includes(name));
}

function candidateOf(
  config: TransportConfig,
  { server, domain }: RoutingQuestion,
  connector: SendConnector,
  accepted: AcceptedDomain | undefined,
): Candidate | Elimination {
  if (!connector.enabled) return 'disabled';
  if (!seesConnector(config, server, connector)) return 'out of scope';
  let best: Candidate | undefined;
  for (const { space, cost } of connector.addressSpaces) {
    // Inside the organization `--` would send mail back to the Edge server that it came from.
    if (space === '--' && server.role !== 'edge') continue;
    const closeness = closenessOfSpace(space, domain, accepted);
    if (closeness === undefined) continue;
    const better =
      best === undefined ||
      compareCloseness(closeness, best.closeness) > 0 ||
      (compareCloseness(closeness, best.closeness) === 0 && cost < best.cost);
    if (better) best = { connector, space, closeness, cost, hops: hopsTo(config, server, connector) };
  }
  return best ?? 'no matching address space';
}

/** 0 where the server itself sends, 1 where a server of its site does, 2 where one of another site does. */
function hopsTo(config: TransportConfig, server: Server, connector: SendConnector): number {
  if (connector.sourceTransportServers.includes(server.name)) return 0;
  const near = sourceServers(config, connector).some((source) => siteOf(source) === siteOf(server));
  return near ? 1 : 2;
}

/** Alphanumeric order without regard to case, the same on every machine. */
export function compareNames(a: string, b: string): number {
  const [left, right] = [a.toLowerCase(), b.toLowerCase()];
  if (left !== right) return left < right ? -1 : 1;
  return a < b ? -1 : a > b ? 1 : 0;
}
