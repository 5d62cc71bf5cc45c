import type { Server, TransportConfig } from '../config.ts';
import { normalDomain } from '../decide/address-space.ts';
import { domainSecureList, type DomainSecureList } from '../decide/inbound-security.ts';
import { nextHop, type NextHop } from '../decide/next-hop.ts';
import { tlsDemand } from '../decide/outbound-tls.ts';

/** A next hop, and the name of the queue of everything that goes there in the same way. */
export interface Route {
  readonly key: string;
  readonly hop: NextHop;
}

/** Finds routes, and remembers them: the configuration does not change under a running process. */
export type Router = (domain: string, size: number) => Route;

/** Names that are remembered; forgotten all at once when there are too many. */
const mostRoutes = 10_000;

/** Makes the router of one server. Unit: bytes for the size. */
export function makeRouter(config: TransportConfig, server: Server): Router {
  const limits = config.sendConnectors.flatMap(({ maxMessageSize }) =>
    maxMessageSize === 'unlimited' ? [] : [maxMessageSize],
  );
  // Size matters to the choice only where it exceeds somebody's limit; such routes are found anew each time.
  const smallestLimit = Math.min(...limits);
  const list = domainSecureList(config.tlsSendDomainSecureList, config.partners);
  const known = new Map<string, Route>();
  return (domain, size) => {
    if (size > smallestLimit) return routeOf(nextHop(config, { server, domain, size }), list);
    const name = normalDomain(domain);
    let route = known.get(name);
    if (route === undefined) {
      route = routeOf(nextHop(config, { server, domain, size }), list);
      if (known.size >= mostRoutes) known.clear();
      known.set(name, route);
    }
    return route;
  };
}

/** The domain of a forward-path; `postmaster` alone belongs to the organization. Source: RFC 5321 §4.5.1. */
export function domainOfPath(config: TransportConfig, forwardPath: string): string {
  const mailbox = forwardPath.includes('@') ? forwardPath : config.postmasterAddress;
  return mailbox.slice(mailbox.lastIndexOf('@') + 1);
}

function routeOf(hop: NextHop, list: DomainSecureList): Route {
  return { key: keyOf(hop, list), hop };
}

function keyOf(hop: NextHop, list: DomainSecureList): string {
  switch (hop.kind) {
    case 'delivery':
      if (hop.delivery?.kind === 'smtp') return `store ${hop.delivery.host}:${hop.delivery.port}`;
      return `mailboxes of ${hop.domain}`;
    case 'connector': {
      const { connector, domain } = hop;
      // Domains share the queue of a smart host, unless the certificate there must name the domain.
      const { expectedNames } = tlsDemand(connector, { domain }, list);
      const isShared = !connector.dnsRoutingEnabled && !expectedNames.includes(normalDomain(domain));
      return isShared ? `connector ${connector.name}` : `connector ${connector.name} to ${domain}`;
    }
    case 'servers':
      return `servers ${hop.servers.map(({ name }) => name).join(', ')}`;
    case 'unreachable':
      return 'unreachable';
    case 'too large':
      return 'too large';
  }
}
