import type { Server } from '../../runtime/config.ts';
import type { TlsLevel } from '../../runtime/decide/outbound-tls.ts';
import type { Span } from '../base/span.ts';
import type { PolicyTls } from '../model/topology.ts';
import { traceRoute, type RouteStep, type StepEnd } from '../trace/route.ts';
import type { Scenario } from '../trace/scenario.ts';
import type { World } from '../trace/world.ts';
import { probesOf } from './classes.ts';
import { Inquiry, type Proof } from './proof.ts';

/** Follows mail from every server; a way is asked for once. */
export class Routes {
  readonly #world: World;
  readonly #known = new Map<string, readonly RouteStep[]>();

  constructor(world: World) {
    this.#world = world;
  }

  async follow(server: Server, domain: string): Promise<readonly RouteStep[]> {
    const key = `${server.name}\n${domain}`;
    const before = this.#known.get(key);
    if (before !== undefined) return before;
    const mail = { reversePath: '', forwardPath: `someone@${domain}`, size: 0 };
    const route = await traceRoute(this.#world, server, mail);
    this.#known.set(key, route);
    return route;
  }
}

function inQueue(server: Server, domain: string): Scenario {
  return { from: '', to: [`someone@${domain}`], size: 0, start: { kind: 'queue', server: server.name } };
}

const ranks: Readonly<Record<TlsLevel, number>> = {
  none: 0,
  opportunistic: 0,
  encrypted: 1,
  validated: 2,
  'domain-validated': 2,
  'domain-secure': 3,
};
const wantedRank: Readonly<Record<PolicyTls, number>> = { encrypted: 1, validated: 2, mutual: 3 };

/** What is to hold of mail to some domains. */
export interface OutboundClaim {
  readonly title: string;
  readonly at?: Span;
  /** Patterns; `*.contoso.com` is the domain and all below it. */
  readonly domains: readonly string[];
}

function domainsOf(patterns: readonly string[]): readonly string[] {
  return [
    ...new Set(patterns.flatMap((pattern) => (pattern.startsWith('*.') ? probesOf(pattern) : [pattern]))),
  ];
}

/** Where mail for a domain ends that a server has. */
interface Ending {
  readonly server: Server;
  readonly domain: string;
  readonly end: StepEnd | undefined;
}

/** Follows mail for each of some domains from every server, and takes down each end that is not as it should be. */
async function judgeEnds(
  world: World,
  routes: Routes,
  domains: readonly string[],
  judge: (ending: Ending) => { readonly kind: string; readonly message: string } | undefined,
): Promise<Inquiry> {
  const inquiry = new Inquiry(world);
  for (const server of world.config.servers) {
    for (const domain of domains) {
      inquiry.examine(1);
      const end = (await routes.follow(server, domain)).at(-1)?.end;
      const fault = judge({ server, domain, end });
      if (fault) await inquiry.violate(fault.kind, fault.message, inQueue(server, domain));
    }
  }
  return inquiry;
}

/** Proves that mail to some domains leaves over such TLS or not at all, whichever server has it. */
export async function proveOutboundTls(
  world: World,
  routes: Routes,
  claim: OutboundClaim & { readonly tls: PolicyTls },
): Promise<Proof> {
  const inquiry = await judgeEnds(world, routes, domainsOf(claim.domains), ({ domain, end }) => {
    if (end?.kind !== 'leaves') return undefined;
    const { connector, destinations } = end.departure;
    const weak = destinations.find(({ session }) => ranks[session.tls.level] < wantedRank[claim.tls]);
    if (weak === undefined) return undefined;
    const message = `Send connector "${connector.name}" sends mail to ${domain} with TLS that is ${weak.session.tls.level}`;
    return { kind: connector.name, message };
  });
  return inquiry.end(claim.title, claim.at);
}

/** Proves that mail to some domains has a way from every server: it is delivered or leaves. */
export async function proveReachable(world: World, routes: Routes, claim: OutboundClaim): Promise<Proof> {
  const inquiry = await judgeEnds(world, routes, domainsOf(claim.domains), ({ server, domain, end }) => {
    if (end === undefined || end.kind === 'delivered' || end.kind === 'leaves') return undefined;
    const reply = 'reply' in end ? `: ${end.reply}` : '';
    const message = `mail for ${domain} at ${server.name} ${wordsOf[end.kind]}${reply}`;
    return { kind: `${domain} ${end.kind}`, message };
  });
  return inquiry.end(claim.title, claim.at);
}

const wordsOf = {
  waits: 'waits',
  returned: 'is returned',
  'goes round': 'goes round',
  'handed on': 'is handed on without end',
} as const;

/** Proves that no mail goes round, whoever it is for. */
export async function proveNoLoop(world: World, routes: Routes, domains: readonly string[]): Promise<Proof> {
  const inquiry = await judgeEnds(world, routes, domains, ({ domain, end }) => {
    if (end?.kind !== 'goes round') return undefined;
    const { name } = end.server;
    return { kind: name, message: `mail for ${domain} comes back to ${name}` };
  });
  return inquiry.end('no mail goes round', undefined);
}

/** Proves of every address space that its mail leaves, and that certificates on both sides are what the other one wants. */
export async function proveSpacesReachable(world: World, routes: Routes): Promise<Proof> {
  const inquiry = new Inquiry(world);
  for (const connector of world.config.sendConnectors.filter(({ enabled }) => enabled)) {
    const sources = world.config.servers.filter(({ name }) =>
      connector.sourceTransportServers.includes(name),
    );
    for (const domain of connector.addressSpaces.flatMap(({ space }) =>
      domainsOf([space]).filter((one) => !/^[*-]/.test(one)),
    )) {
      for (const server of sources) {
        inquiry.examine(1);
        const end = (await routes.follow(server, domain)).at(-1)?.end;
        const departure = end !== undefined && 'departure' in end ? end.departure : undefined;
        if (departure === undefined) continue;
        const secure = departure.destinations.some(({ session }) => session.tls.level === 'domain-secure');
        const kind = `${departure.connector.name} ${server.name}`;
        if (end?.kind === 'waits')
          await inquiry.violate(
            kind,
            `mail for ${domain} waits at ${server.name}: ${end.reply}`,
            inQueue(server, domain),
          );
        else if (secure && departure.shown.kind !== 'certificate')
          await inquiry.violate(
            kind,
            `${server.name} has no certificate to show for ${domain}, which is domain-secure`,
            inQueue(server, domain),
          );
        else if (secure && departure.partner?.trustsOurs === 'lacks our root')
          await inquiry.violate(
            kind,
            `${departure.partner.partner.name} lacks the root of what ${server.name} shows for ${domain}`,
            inQueue(server, domain),
          );
      }
    }
  }
  return inquiry.end('every address space is reached on certificates that fit', undefined);
}
