import type {
  AcceptedDomain,
  Delivery,
  Endpoint,
  SendConnector,
  Server,
  TransportConfig,
} from '../config.ts';
import { closenessOfPattern, compareCloseness, normalDomain } from './address-space.ts';
import { acceptedDomainLookup } from './domain-match.ts';
import {
  chooseSendConnector,
  siteOf,
  sourceServers,
  type RoutingQuestion,
  type SendConnectorChoice,
} from './send-connector.ts';

/** Where a message in a server's queue goes next for one recipient domain. */
export type NextHop =
  /** It has arrived: into a Maildir, or to the mail store that `delivery` names. */
  | {
      readonly kind: 'delivery';
      readonly domain: string;
      /** Absent where `delivery` does not name the domain: into the default Maildir. */
      readonly delivery?: Delivery;
    }
  /** Out through a Send connector of this server, by DNS or by the connector's smart hosts. */
  | { readonly kind: 'connector'; readonly connector: SendConnector; readonly domain: string }
  /** To another server of the topology; the first ones are nearest, equals are shared out. */
  | {
      readonly kind: 'servers';
      readonly servers: readonly Server[];
      readonly because: 'source of the connector' | 'way to the connector' | 'mailboxes';
      readonly connector?: SendConnector;
    }
  | { readonly kind: 'unreachable'; readonly reason: string }
  /** No Send connector takes a message of this size. */
  | { readonly kind: 'too large' };

/** What the queue shows for mail that has no way. */
export function unreachableReply({ reason }: Extract<NextHop, { kind: 'unreachable' }>): string {
  return `451 4.4.0 Unreachable: ${reason}`;
}

/** What the sender of a message is told that no Send connector takes. */
export const tooLargeReply = '550 5.3.4 ROUTING.SizeLimit; message size exceeds fixed maximum size for route';

/** Where a message goes next, and what that was decided by. */
export interface RoutingDecision {
  readonly hop: NextHop;
  /** Absent where the domain is none of ours. */
  readonly accepted?: AcceptedDomain;
  /** Absent where no Send connector was asked for. */
  readonly choice?: SendConnectorChoice;
}

/** Says where a message goes next for a recipient domain; `decideNextHop` says why, too. */
export function nextHop(config: TransportConfig, question: RoutingQuestion): NextHop {
  return decideNextHop(config, question).hop;
}

/**
 * Decides where a message goes next for a recipient domain.
 *
 * Mail for an authoritative domain is delivered; so is mail for a relay domain that `delivery` names. Who delivers is
 * our rule, for the transport has no mailbox databases:
 * - a hub or mailbox server that holds the message delivers it, into the folder or to the host that `delivery` names;
 * - a clientAccess server holds no mail of its own and hands all of it to a mailbox server, nearest first;
 * - an Edge server hands it inwards through its Send connector for the domain, as Exchange does: a subscribed one
 *   through EdgeSync's inbound connector (address space and smart host `--`), which means the hub and mailbox servers
 *   of its site; one without subscription through an inbound connector of its own. A `*` connector leads out, so it is
 *   not an inbound one;
 * - an Edge server with no way inwards is all there is, and delivers itself.
 * Everything else takes the chosen Send connector: from here where this server is one of its sources, otherwise by way
 * of a source server. An Edge source of another site is reached through a server of the site it is subscribed to.
 * Source: EXCH mail routing; EXCH Edge subscriptions.
 */
export function decideNextHop(config: TransportConfig, question: RoutingQuestion): RoutingDecision {
  const { server } = question;
  const domain = normalDomain(question.domain);
  if (server.role === 'clientAccess') return { hop: toMailboxServers(config, server) };
  const accepted = acceptedDomainLookup(config.acceptedDomains)(domain);
  const delivery = deliveryOf(config, domain);
  const ours = accepted && { accepted };
  if (accepted === undefined || (accepted.type !== 'authoritative' && delivery === undefined))
    return { ...throughConnector(config, question), ...ours };
  const inwards = server.role === 'edge' ? edgeInwards(config, question) : {};
  const hop = inwards.hop ?? { kind: 'delivery' as const, domain, ...(delivery && { delivery }) };
  return { ...inwards, hop, ...ours };
}

/** The endpoint at which one server of the topology takes mail from another. */
export function internalEndpoint(config: TransportConfig, server: Server): Endpoint | undefined {
  const bindings = config.receiveConnectors
    .filter(
      (one) => one.server === server.name && one.enabled && one.authMechanism.includes('ExchangeServer'),
    )
    .flatMap(({ bindings }) => bindings);
  // Servers meet on port 25; another port counts only where nobody with ExchangeServer authentication is there.
  const binding = bindings.find(({ port }) => port === 25) ?? bindings[0];
  if (binding === undefined) return undefined;
  const [first] = server.addresses;
  const isWildcard = binding.address === '0.0.0.0' || binding.address === '::';
  const address = isWildcard ? (first ?? binding.address) : binding.address;
  const atFirst = bindings.find((one) => one.port === binding.port && one.address === first);
  return { address: atFirst?.address ?? address, port: binding.port };
}

/** Finds the `delivery` entry for a domain, the closest one where several hold it. */
function deliveryOf(config: TransportConfig, domain: string): Delivery | undefined {
  const fitting = config.delivery.flatMap((delivery) => {
    const closeness = closenessOfPattern(delivery.domain, domain, 'subdomains');
    return closeness === undefined ? [] : [{ delivery, closeness }];
  });
  return fitting.sort((a, b) => compareCloseness(b.closeness, a.closeness))[0]?.delivery;
}

/** The hop is absent where no way leads inwards. */
function edgeInwards(config: TransportConfig, question: RoutingQuestion): Partial<RoutingDecision> {
  const choice = chooseSendConnector(config, question);
  if (choice.kind === 'chosen' && choice.space !== '*')
    return { hop: hopThrough(config, question, choice.connector), choice };
  const inside = insideServers(config, question.server);
  return {
    choice,
    ...(inside.length > 0 && { hop: { kind: 'servers', servers: inside, because: 'mailboxes' } }),
  };
}

function throughConnector(config: TransportConfig, question: RoutingQuestion): RoutingDecision {
  const choice = chooseSendConnector(config, question);
  switch (choice.kind) {
    case 'too large':
      return { hop: { kind: 'too large' }, choice };
    case 'none':
      return { hop: { kind: 'unreachable', reason: 'no Send connector covers the domain' }, choice };
    case 'chosen':
      return { hop: hopThrough(config, question, choice.connector), choice };
  }
}

function hopThrough(config: TransportConfig, question: RoutingQuestion, connector: SendConnector): NextHop {
  const { server } = question;
  const sources = sourceServers(config, connector);
  if (!sources.includes(server)) return towardsSources(config, server, connector, sources);
  if (!connector.smartHosts.some(({ host }) => host === '--')) {
    return { kind: 'connector', connector, domain: normalDomain(question.domain) };
  }
  const inside = insideServers(config, server);
  if (inside.length > 0) return { kind: 'servers', servers: inside, because: 'mailboxes', connector };
  return { kind: 'unreachable', reason: `no server stands behind the smart host -- of "${connector.name}"` };
}

function towardsSources(
  config: TransportConfig,
  server: Server,
  connector: SendConnector,
  sources: readonly Server[],
): NextHop {
  const reachable = sources.filter((one) => one.role !== 'edge' || siteOf(one) === siteOf(server));
  if (reachable.length > 0) {
    return {
      kind: 'servers',
      servers: nearestFirst(server, reachable),
      because: 'source of the connector',
      connector,
    };
  }
  const sites = sources.map(siteOf);
  const gateways = config.servers.filter(
    (one) => holdsMail(one) && sites.includes(siteOf(one)) && one !== server,
  );
  if (gateways.length > 0)
    return { kind: 'servers', servers: gateways, because: 'way to the connector', connector };
  return { kind: 'unreachable', reason: `no server leads to the source servers of "${connector.name}"` };
}

function toMailboxServers(config: TransportConfig, server: Server): NextHop {
  const servers = nearestFirst(server, config.servers.filter(holdsMail));
  if (servers.length > 0) return { kind: 'servers', servers, because: 'mailboxes' };
  return { kind: 'unreachable', reason: 'a clientAccess server needs a mailbox server to hand mail to' };
}

/** The hub and mailbox servers of the site that an Edge server is subscribed to. */
function insideServers(config: TransportConfig, edge: Server): readonly Server[] {
  if (edge.subscribedTo === undefined) return [];
  return config.servers.filter((one) => holdsMail(one) && siteOf(one) === edge.subscribedTo);
}

function holdsMail(server: Server): boolean {
  return server.role === 'hub' || server.role === 'mailbox';
}

function nearestFirst(from: Server, servers: readonly Server[]): readonly Server[] {
  const near = servers.filter((one) => siteOf(one) === siteOf(from));
  return [...near, ...servers.filter((one) => !near.includes(one))];
}
