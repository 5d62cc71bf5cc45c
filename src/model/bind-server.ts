import { nearest } from '../base/nearest.ts';
import { present } from '../base/present.ts';
import type { Located } from '../base/span.ts';
import { frontEndOf, rolesBySite } from '../exchange/server-role.ts';
import type { ExchangeVersion } from '../exchange/version.ts';
import { parseIpRange } from '../mail/ip-range.ts';
import type { LocatedEntry, LocatedMap } from '../source/located.ts';
import { bindVersion } from './bind-organization.ts';
import { serverRoles } from './enumerations.ts';
import { findValue, mapOf, nameOf, placeOf, textAt, textsAt, wordOf, written } from './read-node.ts';
import type { Server, ServerRole, Setting } from './topology.ts';

/** Reads the servers; `organizationVersion` is the version of those that have none of their own. */
export function bindServers(
  entries: readonly LocatedEntry[],
  organizationVersion: Located<ExchangeVersion>,
): readonly Server[] {
  const alone = entries.map((entry) => bindServer(entry, organizationVersion));
  const rolesIn = rolesBySite(alone.map(({ role, site }) => ({ role: role.value, site: site?.value })));
  return alone.map((server) => ({
    ...server,
    frontEnd: frontEndOf(server.role.value, server.version.value, rolesIn(server.site?.value)),
  }));
}

function bindServer(
  entry: LocatedEntry,
  organizationVersion: Located<ExchangeVersion>,
): Omit<Server, 'frontEnd'> {
  const map = mapOf(entry.value);
  const name = nameOf(entry.key);
  const version = bindServerVersion(map, organizationVersion);
  return {
    name,
    role: bindRole(map, name, version.value),
    fqdn: textAt(map, 'fqdn') ?? name,
    addresses: textsAt(map, 'addresses').map((text) => written(text, parseIpRange)),
    ...present({ site: textAt(map, 'site'), subscribedTo: textAt(map, 'subscribedTo') }),
    version,
    setupDefaults: textAt(map, 'setupDefaults')?.value.toLowerCase() === 'removed' ? 'removed' : 'present',
    at: placeOf(entry),
  };
}

function bindServerVersion(
  map: LocatedMap | undefined,
  organizationVersion: Located<ExchangeVersion>,
): Setting<ExchangeVersion> {
  const own = bindVersion(findValue(map, 'exchangeVersion'));
  return own ? { ...own, source: 'written' } : { ...organizationVersion, source: 'derived' };
}

/** A role that is missing or misspelt is guessed, so that the rules do not speak of a fault that src/schema reported. */
function bindRole(
  map: LocatedMap | undefined,
  name: Located<string>,
  version: ExchangeVersion,
): Located<ServerRole> {
  const text = textAt(map, 'role');
  const meant = text && (wordOf(serverRoles, text.value) ?? nearest(text.value, serverRoles));
  const usual: ServerRole = version === '2007' || version === '2010' ? 'hub' : 'mailbox';
  const role = serverRoles.find((one) => one === meant) ?? usual;
  return { value: role, at: text?.at ?? name.at };
}
