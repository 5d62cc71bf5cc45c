import { reachesInternet, publicPart } from '../mail/internet-reach.ts';
import { subtractRanges, type IpInterval } from '../mail/ip-ranges.ts';
import type { ReceiveConnector } from '../../runtime/config.ts';
import type { Span } from '../base/span.ts';
import type { World } from '../trace/world.ts';
import { elsewhere, intervalText, type ClientClass } from './classes.ts';
import { Inquiry, type Proof } from './proof.ts';
import { scenarioOf, sessionOf, withoutCertificate, type SessionKind, type Sessions } from './sessions.ts';

const outside = [`someone@${elsewhere}`];

/** Clients that may send to the outside without a logon, and how they do it. */
interface Relaying {
  readonly clients: ClientClass;
  readonly kind: SessionKind;
  readonly from: string;
}

/** Who may use the organization to reach others. */
export interface Relayers {
  readonly all: readonly Relaying[];
  readonly examined: number;
}

/** Finds everybody who may relay without a logon, by asking as every kind of client and sender. */
export async function findRelayers(
  world: World,
  classes: readonly ClientClass[],
  sessions: Sessions,
): Promise<Relayers> {
  const own = world.config.acceptedDomains.find(
    ({ domain, type }) => type === 'authoritative' && !domain.startsWith('*'),
  );
  const senders = [`someone@${elsewhere}`, '', ...(own ? [`someone@${own.domain}`] : [])];
  // A partner that proves itself by its certificate is known; who relays here is anybody with such an address.
  const kinds = withoutCertificate;
  const all: Relaying[] = [];
  for (const clients of classes) {
    const found = await firstRelaying(clients, kinds, senders, sessions);
    if (found !== undefined) all.push(found);
  }
  return { all, examined: classes.length * kinds.length * senders.length };
}

async function firstRelaying(
  clients: ClientClass,
  kinds: readonly SessionKind[],
  senders: readonly string[],
  sessions: Sessions,
): Promise<Relaying | undefined> {
  for (const kind of kinds) {
    for (const from of senders) {
      const { refusal } = await sessions.ask(clients, kind, from, outside);
      if (refusal === undefined) return { clients, kind, from };
    }
  }
  return undefined;
}

/** Proves that nobody on the Internet may relay. */
export async function proveNoOpenRelay(world: World, { all, examined }: Relayers): Promise<Proof> {
  const inquiry = new Inquiry(world);
  inquiry.examine(examined);
  for (const [connector, relaying] of byConnector(all)) {
    const addresses = addressesOf(relaying);
    inquiry.facts.push(
      `"${connector.name}" on ${connector.server} lets relay: ${addresses.map(intervalText).join(', ')}`,
    );
    const [first] = relaying;
    if (!first || !reachesInternet(addresses)) continue;
    const [open] = publicPart(first.clients.addresses);
    const scenario = scenarioOf(sessionOf(first.clients, first.kind, open), first.from, outside);
    await inquiry.violate(
      connector.name,
      `"${connector.name}" on ${connector.server} lets anyone on the Internet relay`,
      scenario,
    );
  }
  if (all.length === 0) inquiry.facts.push('nobody may relay without a logon');
  return inquiry.end('no open relay', undefined);
}

/** Proves that nobody but the clients at some addresses may relay. */
export async function proveRelayOnlyFrom(
  world: World,
  { all, examined }: Relayers,
  policy: { readonly title: string; readonly at: Span; readonly allowed: readonly IpInterval[] },
): Promise<Proof> {
  const inquiry = new Inquiry(world);
  inquiry.examine(examined);
  for (const { clients, kind, from } of all) {
    const others = subtractRanges(clients.addresses, policy.allowed);
    const [first] = others;
    if (first === undefined) continue;
    const { connector } = clients;
    const message = `"${connector.name}" on ${connector.server} lets relay, too: ${others.map(intervalText).join(', ')}`;
    await inquiry.violate(
      `${connector.server} ${connector.name}`,
      message,
      scenarioOf(sessionOf(clients, kind, first), from, outside),
    );
  }
  return inquiry.end(policy.title, policy.at);
}

function byConnector(all: readonly Relaying[]): ReadonlyMap<ReceiveConnector, readonly Relaying[]> {
  const found = new Map<ReceiveConnector, Relaying[]>();
  for (const one of all) found.set(one.clients.connector, [...(found.get(one.clients.connector) ?? []), one]);
  return found;
}

/** Endpoints that share a connector have the same clients, so each range is told once. */
function addressesOf(relaying: readonly Relaying[]): readonly IpInterval[] {
  const ranges = relaying.flatMap(({ clients }) => clients.addresses);
  return [...new Map(ranges.map((one) => [intervalText(one), one])).values()];
}
