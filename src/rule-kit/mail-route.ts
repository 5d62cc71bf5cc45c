import type { SendConnector as RoutedConnector, TransportConfig } from '../../runtime/config.ts';
import { nextHop, type NextHop } from '../../runtime/decide/next-hop.ts';
import { parseSmtpDomain, printDomainPattern } from '../mail/smtp-domain.ts';
import type { SendConnector, Server, Topology } from '../model/topology.ts';
import { groupedBy } from '../base/grouped-by.ts';
import { oncePer } from '../base/once-per.ts';
import { ownHops, type OwnHop } from './own-hops.ts';
import { routingConfig } from './routing-config.ts';
import { spacesAround } from './send-routes.ts';

/** One step of a message inside the topology; `handing` is the connector that made it, absent where routing itself did. */
export interface Hop {
  readonly from: Server;
  readonly to: Server;
  readonly handing?: OwnHop;
}

/** Follows mail through the servers of a topology. */
export interface MailRoute {
  /** Tells what a server does with mail for a domain. */
  decide(server: Server, domain: string): NextHop;
  /** Lists the servers of the topology that it may go to next; none where it leaves, arrives or stays. */
  hops(server: Server, domain: string): readonly Hop[];
}

/** A domain to follow mail for, and the address space that it stands for. */
export interface Probe {
  readonly domain: string;
  readonly space: string;
}

/** Prepares the transport's own routing for a topology, asked with the connectors alone that may serve the domain. */
export const mailRoute: (topology: Topology) => MailRoute = oncePer(makeMailRoute);

function makeMailRoute(topology: Topology): MailRoute {
  const config = routingConfig(topology);
  const servers = new Map(topology.servers.map((server) => [server.name.value, server]));
  const handed = new Map(
    groupedBy(ownHops(topology), nameOf).map((hops) => [hops[0] && nameOf(hops[0]), hops]),
  );
  const narrow = narrowing(config);
  const decide = (server: Server, domain: string): NextHop => {
    const narrowed = narrow(domain);
    const routed = narrowed.servers.find(({ name }) => name === server.name.value);
    if (!routed) return { kind: 'unreachable', reason: 'no such server' };
    return nextHop(narrowed, { server: routed, domain, size: 0 });
  };
  return {
    decide,
    hops: (from, domain) => {
      const next = decide(from, domain);
      if (next.kind === 'servers')
        return next.servers.flatMap(({ name }) => {
          const to = servers.get(name);
          return to ? [{ from, to }] : [];
        });
      if (next.kind !== 'connector') return [];
      const hops = handed.get(next.connector.name) ?? [];
      return hops.map((handing) => ({ from, to: handing.target, handing }));
    },
  };
}

/** Gives the domains by which the spaces of a connector are tried: each itself, and one below a wildcard. */
export function probesOf(connector: SendConnector): readonly Probe[] {
  return connector.addressSpaces.flatMap(({ parsed }): readonly Probe[] => {
    if (parsed?.kind !== 'smtp') return [];
    const space = printDomainPattern(parsed.pattern);
    if (parsed.pattern.kind === 'all') return [{ domain: 'somewhere.invalid', space }];
    const { ascii } = parsed.pattern.domain;
    if (parsed.pattern.kind === 'domain') return [{ domain: ascii, space }];
    return [ascii, `anywhere.${ascii}`].map((domain) => ({ domain, space }));
  });
}

function nameOf({ connector }: OwnHop): string {
  return connector.name.value;
}

/** Leaves the connectors that have the domain, so that a question costs no walk through all of them. */
function narrowing(config: TransportConfig): (domain: string) => TransportConfig {
  const bySpace = new Map<string, Set<RoutedConnector>>();
  for (const connector of config.sendConnectors) {
    for (const { space } of connector.addressSpaces)
      bySpace.set(space, (bySpace.get(space) ?? new Set()).add(connector));
  }
  const known = new Map<string, TransportConfig>();
  return (text) => {
    const before = known.get(text);
    if (before) return before;
    const domain = parseSmtpDomain(text);
    const spaces = domain ? spacesAround({ kind: 'domain', text, domain }) : ['*'];
    const fitting = new Set([...spaces, '--'].flatMap((space) => [...(bySpace.get(space) ?? [])]));
    const narrowed = { ...config, sendConnectors: [...fitting] };
    known.set(text, narrowed);
    return narrowed;
  };
}
