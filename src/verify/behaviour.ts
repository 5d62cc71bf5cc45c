import type { ReceiveConnector, Server } from '../../runtime/config.ts';
import { normalDomain } from '../../runtime/decide/address-space.ts';
import { acceptedDomainLookup, type AcceptedDomainLookup } from '../../runtime/decide/domain-match.ts';
import { largestMessage } from '../../runtime/decide/permissions.ts';
import { decideReceiveTls } from '../../runtime/decide/receive-tls.ts';
import { printByteSize } from '../mail/byte-size.ts';
import type { RouteStep } from '../trace/route.ts';
import type { World } from '../trace/world.ts';
import { elsewhere, type ClientClass } from './classes.ts';
import { Routes } from './outbound.ts';
import { sessionKindsFor, Sessions, type SessionKind } from './sessions.ts';

/** What a topology does for a client or with a domain, each thing under a key, in words that compare. */
export type Behaviour = ReadonlyMap<string, string>;

/** The word for what nobody may do. */
export const notAtAll = 'not at all';

/** Tells what topologies do, so that two of them can be compared; each question is asked once. */
export class Behaviours {
  readonly #world: World;
  readonly #sessions: Sessions;
  readonly #routes: Routes;
  readonly #known = new Map<ReceiveConnector, Behaviour>();
  readonly #domains: readonly string[];
  readonly #accepted: AcceptedDomainLookup;
  readonly #listed: ReadonlySet<string>;
  /** The first domain of each kind, which is asked for all of them. */
  readonly #firsts = new Map<string, string>();

  /** The domains are those of both topologies. */
  constructor(world: World, domains: readonly string[]) {
    this.#world = world;
    this.#domains = domains;
    this.#accepted = acceptedDomainLookup(world.config.acceptedDomains);
    this.#listed = new Set(world.config.tlsReceiveDomainSecureList.map(normalDomain));
    this.#sessions = new Sessions(world);
    this.#routes = new Routes(world);
  }

  /** Tells what a connector does for its clients, which are treated alike whatever their address. */
  async ofClients(clients: ClientClass): Promise<Behaviour> {
    const { connector, server } = clients;
    const known = this.#known.get(connector);
    if (known !== undefined) return known;
    const behaviour = new Map<string, string>();
    behaviour.set('relay', await this.#weakest(clients, elsewhere, [`someone@${elsewhere}`]));
    for (const domain of this.#domains) {
      const recipient = `someone@${this.#alikeAsRecipient(domain)}`;
      if (domain !== elsewhere)
        behaviour.set(`to ${domain}`, await this.#weakest(clients, elsewhere, [recipient]));
      behaviour.set(`from ${domain}`, await this.#weakest(clients, this.#alikeAsSender(domain), []));
    }
    behaviour.set('tls', tlsOf(this.#world, connector, server));
    behaviour.set('size', await this.#sizeOf(clients));
    this.#known.set(connector, behaviour);
    return behaviour;
  }

  /** A recipient's domain is accepted or not; nothing else is asked of it. */
  #alikeAsRecipient(domain: string): string {
    const isAccepted = this.#accepted(normalDomain(domain)) !== undefined;
    return isAccepted ? this.#firstWith('accepted', domain) : elsewhere;
  }

  /** A sender's domain is on the list, authoritative, or one like all others. */
  #alikeAsSender(domain: string): string {
    const name = normalDomain(domain);
    if (this.#listed.has(name)) return domain;
    return this.#accepted(name)?.type === 'authoritative'
      ? this.#firstWith('authoritative', domain)
      : elsewhere;
  }

  #firstWith(kind: string, domain: string): string {
    const first = this.#firsts.get(kind) ?? domain;
    this.#firsts.set(kind, first);
    return first;
  }

  async #weakest(clients: ClientClass, sender: string, to: readonly string[]): Promise<string> {
    for (const kind of sessionKindsFor(this.#world, sender)) {
      const { refusal } = await this.#sessions.ask(clients, kind, `someone@${sender}`, to);
      if (refusal === undefined) return kindWords(kind);
    }
    return notAtAll;
  }

  async #sizeOf(clients: ClientClass): Promise<string> {
    const { connector, transaction } = await this.#sessions.ask(clients, { tls: 'none' }, '', []);
    const { context } = await this.#sessions.ask(clients, { tls: 'tls' }, '', []);
    const permissions = transaction?.permissions ?? context?.permissionsOf(context.principal);
    if (connector === undefined || permissions === undefined) return 'unknown';
    const largest = largestMessage(connector, permissions);
    return largest === Infinity ? 'any size' : printByteSize(largest);
  }

  /** Tells what happens to mail for a domain at a server. */
  async ofMail(server: Server, domain: string): Promise<Behaviour> {
    const route = await this.#routes.follow(server, domain);
    const last = route.at(-1);
    return last === undefined ? new Map() : endBehaviour(last, domain);
  }
}

function kindWords({ tls, certificate }: SessionKind): string {
  switch (tls) {
    case 'none':
      return 'without TLS';
    case 'tls':
      return 'with TLS';
    case 'mutual':
      return `with the certificate of ${certificate?.name ?? 'nobody'}`;
  }
}

/** What STARTTLS shows: the names, not the file, for a renewed certificate is no other behaviour. */
function tlsOf(world: World, connector: ReceiveConnector, server: Server): string {
  const decision = decideReceiveTls(world.config, connector, world.certificatesFor(server), world.now);
  if (decision.kind === 'not offered') return 'no STARTTLS';
  const { certificate } = decision.choice.chosen;
  return `STARTTLS with a certificate for ${[...certificate.domains].sort().join(', ')}`;
}

function endBehaviour({ server, end }: RouteStep, domain: string): Behaviour {
  const departure = 'departure' in end ? end.departure : undefined;
  const behaviour = new Map<string, string>();
  switch (end.kind) {
    case 'delivered':
      behaviour.set('end', `is delivered at ${server.name}`);
      break;
    case 'leaves':
      behaviour.set('end', `leaves ${server.name}`);
      break;
    case 'waits':
    case 'returned':
    case 'goes round':
      behaviour.set('end', `${end.kind === 'returned' ? 'is returned' : end.kind}: ${end.reply}`);
      break;
    case 'handed on':
      behaviour.set('end', 'is handed on');
  }
  if (departure === undefined) return behaviour;
  const { connector, destinations, shown } = departure;
  const hosts = connector.smartHosts.map(({ host }) => host).sort();
  const port = connector.port === 25 ? '' : `, port ${connector.port}`;
  behaviour.set('way', `${connector.dnsRoutingEnabled ? 'by its MX' : `to ${hosts.join(', ')}`}${port}`);
  const levels = destinations.map(({ session: { tls } }) => {
    const names = tls.expectedNames.map((name) => (name === domain ? 'the domain' : name)).sort();
    return names.length === 0 ? `TLS ${tls.level}` : `TLS ${tls.level} for ${names.join(', ')}`;
  });
  behaviour.set('tls', [...new Set(levels)].sort().join('; '));
  behaviour.set('greeting', destinations[0]?.session.clientName ?? '');
  const certificate = shown.choice.chosen?.certificate;
  behaviour.set(
    'shown',
    certificate === undefined
      ? 'no certificate'
      : `a certificate for ${[...certificate.domains].sort().join(', ')}`,
  );
  return behaviour;
}
