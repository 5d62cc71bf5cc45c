import type { Endpoint, ReceiveConnector, Server } from '../../runtime/config.ts';
import { chooseReceiveConnector, receiveConnectorTable } from '../../runtime/decide/receive-connector.ts';
import { printIpAddress } from '../mail/ip-address.ts';
import type { IpInterval } from '../mail/ip-ranges.ts';
import { endpointText } from '../trace/endpoint-text.ts';
import { serverNamed, type World } from '../trace/world.ts';
import { Behaviours, notAtAll, type Behaviour } from './behaviour.ts';
import { domainClasses, endpointsOf, piecesFor } from './classes.ts';

/** One thing that clients or mail meet otherwise than before, and for whom. */
export interface Change {
  /** `opens` lets in or through what was not, `closes` is the other way, all else `changes`. */
  readonly effect: 'opens' | 'closes' | 'changes';
  readonly about: 'clients' | 'mail';
  readonly key: string;
  readonly before: string;
  readonly after: string;
  /** Clients: the addresses that it goes for, joined where they meet; they are whole where it goes for all. */
  readonly addresses: readonly IpInterval[];
  /** Clients: where they connect. Mail: the servers that have it. */
  readonly places: readonly string[];
  /** Mail: for whom it is. Clients: whom they send to or as. */
  readonly domains: readonly string[];
}

/** A difference for one piece of addresses, or one domain, before those that say the same are put together. */
interface Single extends Pick<Change, 'about' | 'key' | 'before' | 'after'> {
  readonly addresses?: IpInterval;
  readonly place: string;
  readonly domain?: string;
}

/** Compares what two topologies do, whatever they look like. */
export async function compareBehaviour(before: World, after: World): Promise<readonly Change[]> {
  const domains = [...new Set([...domainClasses(before), ...domainClasses(after)])];
  const sides = {
    before: { world: before, asked: new Behaviours(before, domains) },
    after: { world: after, asked: new Behaviours(after, domains) },
  };
  return grouped([...(await clientDifferences(sides)), ...(await mailDifferences(sides, domains))]);
}

interface Side {
  readonly world: World;
  readonly asked: Behaviours;
}
interface Sides {
  readonly before: Side;
  readonly after: Side;
}

/** A server as both topologies have it; one of them may lack it. */
function serverNames({ before, after }: Sides): readonly string[] {
  const names = [...before.world.config.servers, ...after.world.config.servers].map(({ name }) => name);
  return [...new Map(names.map((name) => [name.toLowerCase(), name])).values()];
}

function connectorsOn({ world }: Side, server: Server | undefined): readonly ReceiveConnector[] {
  return world.config.receiveConnectors.filter((one) => one.server === server?.name && one.enabled);
}

async function clientDifferences(sides: Sides): Promise<readonly Single[]> {
  const found: Single[] = [];
  for (const name of serverNames(sides)) {
    const [old, young] = [sides.before, sides.after].map((side) => {
      const server = serverNamed(side.world, name);
      const connectors = connectorsOn(side, server);
      return { side, server, connectors, table: receiveConnectorTable(connectors) };
    });
    if (old === undefined || young === undefined) continue;
    const endpoints = new Map(
      [old, young]
        .flatMap(({ server, connectors }) => (server ? endpointsOf(server, connectors) : []))
        .map((endpoint) => [endpointText(endpoint), endpoint] as const),
    );
    for (const [text, endpoint] of endpoints) {
      for (const piece of piecesFor([...old.connectors, ...young.connectors], endpoint)) {
        const behaviours: Behaviour[] = [];
        for (const { side, server, table } of [old, young])
          behaviours.push(await behaviourAt(side, server, table, endpoint, piece));
        const [before = nobody, after = nobody] = behaviours;
        found.push(
          ...differing(before, after).map((one): Single => ({
            ...split(one),
            about: 'clients',
            addresses: piece,
            place: `${name} at ${text}`,
          })),
        );
      }
    }
  }
  return found;
}

const nobody: Behaviour = new Map([['taken', notAtAll]]);

async function behaviourAt(
  { asked }: Side,
  server: Server | undefined,
  table: ReturnType<typeof receiveConnectorTable>,
  endpoint: Endpoint,
  piece: IpInterval,
): Promise<Behaviour> {
  if (server === undefined) return nobody;
  const { chosen } = chooseReceiveConnector(table, {
    server: server.name,
    localAddress: endpoint.address,
    localPort: endpoint.port,
    clientAddress: printIpAddress({ family: piece.family, value: piece.first }),
  });
  if (chosen === undefined) return nobody;
  return asked.ofClients({ server, endpoint, connector: chosen.connector, addresses: [piece] });
}

/** Lists what differs; where nobody was or is heard, that says it all, but for relaying. */
function differing(before: Behaviour, after: Behaviour): readonly Pick<Single, 'key' | 'before' | 'after'>[] {
  const [was, is] = [before.has('taken') ? notAtAll : 'taken', after.has('taken') ? notAtAll : 'taken'];
  const keys = was === is ? [...new Set([...before.keys(), ...after.keys()])] : ['relay'];
  const changes = keys.flatMap((key) => {
    const [one, other] = [before.get(key) ?? notAtAll, after.get(key) ?? notAtAll];
    return one === other ? [] : [{ key, before: one, after: other }];
  });
  return was === is ? changes : [{ key: 'taken', before: was, after: is }, ...changes];
}

async function mailDifferences(
  { before, after }: Sides,
  domains: readonly string[],
): Promise<readonly Single[]> {
  const found: Single[] = [];
  for (const server of after.world.config.servers) {
    const old = serverNamed(before.world, server.name);
    if (old === undefined) continue;
    for (const domain of domains) {
      const [one, other] = [await before.asked.ofMail(old, domain), await after.asked.ofMail(server, domain)];
      const keys = [...new Set([...one.keys(), ...other.keys()])].filter(
        (key) => one.has(key) && other.has(key),
      );
      for (const key of keys) {
        const [was = '', is = ''] = [one.get(key), other.get(key)];
        if (was !== is)
          found.push({ about: 'mail', key, before: was, after: is, place: server.name, domain });
      }
    }
  }
  return found;
}

/** Takes the domain out of a key such as `to contoso.com`, so that domains which say the same come together. */
function split<T extends { readonly key: string }>(one: T): T & { readonly domain?: string } {
  const [, key, domain] = /^(to|from) (.+)$/.exec(one.key) ?? [];
  return key === undefined || domain === undefined ? one : { ...one, key, domain };
}

/** Puts together what says the same: first the addresses, then the domains, then the places. */
function grouped(singles: readonly Single[]): readonly Change[] {
  const byDomain = groupBy(singles, ({ about, key, before, after, place, domain }) =>
    [about, key, before, after, place, domain ?? ''].join('\n'),
  ).map((group) => ({ ...group[0], addresses: joined(group.flatMap(({ addresses }) => addresses ?? [])) }));
  const byPlace = groupBy(byDomain, ({ about, key, before, after, place, addresses }) =>
    [about, key, before, after, place, addressKey(addresses)].join('\n'),
  ).map((group) => ({ ...group[0], domains: group.flatMap(({ domain }) => domain ?? []) }));
  return groupBy(byPlace, ({ about, key, before, after, addresses, domains }) =>
    [about, key, before, after, domains.join(), addressKey(addresses)].join('\n'),
  ).map((group) => {
    const { about, key, before, after, addresses, domains } = group[0];
    const what = { about, key, before, after };
    return { ...what, effect: effectOf(what), addresses, domains, places: group.map(({ place }) => place) };
  });
}

function addressKey(addresses: readonly IpInterval[]): string {
  return addresses.map(({ family, first, last }) => `${family} ${first} ${last}`).join();
}

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): readonly (readonly [T, ...T[]])[] {
  const groups = new Map<string, [T, ...T[]]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group === undefined) groups.set(keyOf(item), [item]);
    else group.push(item);
  }
  return [...groups.values()];
}

function joined(pieces: readonly IpInterval[]): readonly IpInterval[] {
  const ordered = [...pieces].sort((a, b) =>
    a.family === b.family ? (a.first < b.first ? -1 : 1) : a.family < b.family ? -1 : 1,
  );
  const result: IpInterval[] = [];
  for (const piece of ordered) {
    const last = result.at(-1);
    if (last !== undefined && last.family === piece.family && last.last + 1n === piece.first)
      result[result.length - 1] = { ...last, last: piece.last };
    else result.push(piece);
  }
  return result;
}

/** The weaker a session may be, the more is open; the order of what `Behaviours` says. */
function weakness(words: string): number {
  if (words === notAtAll) return 0;
  if (words.startsWith('with the certificate')) return 1;
  return words === 'with TLS' ? 2 : 3;
}

function tlsStrength(words: string): number {
  const level = /^TLS (\S+)/.exec(words)?.[1] ?? '';
  return ['none', 'opportunistic', 'encrypted', 'validated', 'domain-validated', 'domain-secure'].indexOf(
    level,
  );
}

function effectOf({
  about,
  key,
  before,
  after,
}: Pick<Change, 'about' | 'key' | 'before' | 'after'>): Change['effect'] {
  if (about === 'mail') {
    if (key !== 'tls') return 'changes';
    const [was, is] = [tlsStrength(before), tlsStrength(after)];
    return is < was ? 'opens' : is > was ? 'closes' : 'changes';
  }
  if (key === 'tls' || key === 'size') return 'changes';
  const [was, is] = [weakness(before), weakness(after)];
  return is > was ? 'opens' : is < was ? 'closes' : 'changes';
}
