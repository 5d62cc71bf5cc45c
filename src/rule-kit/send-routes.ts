import { compareNames } from '../../runtime/decide/send-connector.ts';
import { oncePer } from '../base/once-per.ts';
import { printDomainPattern, type DomainPattern } from '../mail/smtp-domain.ts';
import type { AddressSpace } from '../mail/address-space.ts';
import { parseByteLimit } from '../mail/byte-size.ts';
import { serversOf } from '../model/connector-servers.ts';
import type { SendConnector, Server, Topology, Written } from '../model/topology.ts';
import { writtenTrue, writtenValue } from './written-value.ts';

/** One SMTP address space of an enabled Send connector, with what selection compares. */
export interface SendRoute {
  readonly connector: SendConnector;
  readonly space: Written<AddressSpace>;
  readonly pattern: DomainPattern;
  readonly cost: number;
  /** Whose connector it is: an Edge server without subscription has its own, all others are the organization's. */
  readonly owner: string;
  /** The source servers; equal texts are equal sets. */
  readonly sources: string;
  /** The sites of the source servers; equal texts cost every sender the same. Without sites, the servers themselves. */
  readonly sites: string;
  /** Only servers in the sites of its source servers see it. */
  readonly isScoped: boolean;
}

/**
 * Lists what enabled Send connectors serve, by owner and space: the routes under one key fit a domain equally well.
 *
 * Source: https://learn.microsoft.com/exchange/mail-flow/mail-routing/connector-selection
 */
export const sendRoutes: (topology: Topology) => ReadonlyMap<string, readonly SendRoute[]> =
  oncePer(indexRoutes);

function indexRoutes(topology: Topology): ReadonlyMap<string, readonly SendRoute[]> {
  const index = new Map<string, SendRoute[]>();
  for (const connector of topology.sendConnectors) {
    if (!connector.enabled.value) continue;
    for (const route of routesOf(connector)) {
      const key = routeKey(route.owner, printDomainPattern(route.pattern));
      const routes = index.get(key);
      if (!routes) index.set(key, [route]);
      // A space that one connector has twice is no second route.
      else if (routes.at(-1)?.connector !== connector) routes.push(route);
    }
  }
  return index;
}

/** Makes the key of a space, as `printDomainPattern` writes it, in the index. */
export function routeKey(owner: string, space: string): string {
  return `${owner}\n${space}`;
}

/** Says whose a connector is, in the words of `SendRoute.owner`. */
export function ownerOf({ server }: SendConnector): string {
  return server ? `server ${server.value.toLowerCase()}` : 'organization';
}

/**
 * Lists the spaces that hold all of a pattern, the most specific one first, the pattern itself among them: for
 * `a.b.com` these are `a.b.com`, `*.a.b.com`, `*.b.com`, `*.com`, `*`.
 */
export function spacesAround(pattern: DomainPattern): readonly string[] {
  if (pattern.kind === 'all') return ['*'];
  const { labels } = pattern.domain;
  const wildcards = labels.map((_, index) => `*.${labels.slice(index).join('.')}`);
  return [...(pattern.kind === 'domain' ? [pattern.domain.ascii] : []), ...wildcards, '*'];
}

/** Compares two routes of one space and the same sites as selection does; negative where the first is taken. */
export function compareRoutes(a: SendRoute, b: SendRoute): number {
  return a.cost - b.cost || compareNames(a.connector.name.value, b.connector.name.value);
}

/**
 * Says whether whoever sees `later` sees `earlier` as well, and no message is too large for `earlier` alone.
 *
 * Where only one of them writes a limit, the documents disagree on that of the other, so the answer is no.
 */
function standsInFor(earlier: SendRoute, later: SendRoute): boolean {
  if (earlier.isScoped && !later.isScoped) return false;
  const [theirs, ours] = [earlier, later].map(({ connector }) => writtenValue(connector, 'maxMessageSize'));
  if (!theirs || !ours) return theirs === ours;
  const [limit, other] = [parseByteLimit(theirs.value), parseByteLimit(ours.value)];
  if (limit === undefined || other === undefined) return false;
  return limit === 'unlimited' || (other !== 'unlimited' && other <= limit);
}

/** A route, and the one that is taken in its place while that one is enabled. */
export interface StandbyRoute {
  readonly route: SendRoute;
  readonly taken: SendRoute;
}

/**
 * Finds which of some routes that compete for the same mail never get any, and what stands before each.
 *
 * What a partner's own connector loses to another one is not among them: `captured-partner-mail` tells of it.
 */
export function* standbyRoutes(rivals: readonly SendRoute[]): Generator<StandbyRoute> {
  let taken: SendRoute | undefined;
  for (const route of rivals.toSorted(compareRoutes)) {
    if (!taken || !standsInFor(taken, route)) taken = route;
    else if (!losesPartnerMail(route, taken)) yield { route, taken };
  }
}

function losesPartnerMail({ connector: { partner } }: SendRoute, taken: SendRoute): boolean {
  return partner !== undefined && partner.value !== taken.connector.partner?.value;
}

function routesOf(connector: SendConnector): readonly SendRoute[] {
  const servers = serversOf(connector);
  const named = [...connector.sourceTransportServers, ...(connector.server ? [connector.server] : [])];
  const sources = setText(named.map(({ value }) => value));
  const sites = servers.map(siteOf);
  const isKnown = servers.length === named.length && sites.every((site) => site !== undefined);
  const shared = {
    connector,
    owner: ownerOf(connector),
    sources,
    sites: isKnown ? `sites ${setText(sites.flatMap((site) => site ?? []))}` : `servers ${sources}`,
    isScoped: writtenTrue(connector, 'isScopedConnector') !== undefined,
  };
  return connector.addressSpaces.flatMap((space): readonly SendRoute[] =>
    space.parsed?.kind === 'smtp'
      ? [{ ...shared, space, pattern: space.parsed.pattern, cost: space.parsed.cost }]
      : [],
  );
}

/** The site of a server, that which it is subscribed to where it is an Edge server; undefined where none is declared. */
export function siteOf({ role, site, subscribedTo }: Server): string | undefined {
  return (role.value === 'edge' ? subscribedTo : site)?.value;
}

function setText(names: readonly string[]): string {
  return [...new Set(names.map((name) => name.toLowerCase()))].sort().join('\n');
}
