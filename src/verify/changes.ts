import type { IpInterval } from '../mail/ip-ranges.ts';
import { notAtAll } from './behaviour.ts';

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
export interface Single extends Pick<Change, 'about' | 'key' | 'before' | 'after'> {
  readonly addresses?: IpInterval;
  readonly place: string;
  readonly domain?: string;
}

/** Takes the domain out of a key such as `to contoso.com`, so that domains which say the same come together. */
export function split<T extends { readonly key: string }>(one: T): T & { readonly domain?: string } {
  const [, key, domain] = /^(to|from) (.+)$/.exec(one.key) ?? [];
  return key === undefined || domain === undefined ? one : { ...one, key, domain };
}

/** Puts together what says the same: first the addresses, then the domains, then the places. */
export function grouped(singles: readonly Single[]): readonly Change[] {
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
