import type { Located } from '../base/span.ts';
import type { ExchangeVersion } from '../exchange/version.ts';
import { sameName } from '../mail/connector-name.ts';
import type { Credential, NamedReference, Partner, Reference, Server } from './topology.ts';

/** What can be pointed at. */
export interface Declared {
  readonly name: Located<string>;
}

/** Finds what a name points at, and notes that it was asked. */
export type Resolve<T> = (name: Located<string>) => Reference<T>;

/** What a connector can point at, and the version of its organization. */
export interface ConnectorScope {
  readonly version: ExchangeVersion;
  readonly servers: readonly Server[];
  readonly resolveServer: Resolve<Server>;
  readonly resolvePartner: Resolve<Partner>;
  readonly resolveCredential: Resolve<Credential>;
}

/**
 * Makes the function that finds declarations of one kind, by name and without regard to case, as Exchange does.
 *
 * Every question goes on the list `asked`, which becomes `Topology.references`. `alsoMeant` are words that may stand in
 * place of a name, so that a misspelt one is recognised.
 */
export function resolver<T extends Declared>(
  kind: NamedReference['kind'],
  declared: readonly T[],
  asked: NamedReference[],
  alsoMeant: readonly string[] = [],
): Resolve<T> {
  const candidates = [...declared.map((one) => one.name.value), ...alsoMeant];
  // The first of two that clash is meant, unless the name is exactly the other one's.
  const backwards = [...declared].reverse();
  const exact = new Map(backwards.map((one) => [one.name.value, one]));
  const anyCase = new Map(backwards.map((one) => [one.name.value.toLowerCase(), one]));
  return (name) => {
    const target = exact.get(name.value) ?? anyCase.get(name.value.toLowerCase());
    asked.push({ kind, name, found: target !== undefined, candidates });
    return target === undefined ? name : { ...name, target };
  };
}

/** Notes the sites that Edge servers are subscribed to; only a server inside the organization can declare one. */
export function noteSites(servers: readonly Server[], asked: NamedReference[]): void {
  const inside = servers.filter(({ role }) => role.value !== 'edge');
  const candidates = [...new Set(inside.flatMap(({ site }) => site?.value ?? []))];
  for (const { role, subscribedTo } of servers) {
    if (role.value !== 'edge' || !subscribedTo) continue;
    const found = candidates.some((site) => sameName(site, subscribedTo.value));
    asked.push({ kind: 'site', name: subscribedTo, found, candidates });
  }
}
