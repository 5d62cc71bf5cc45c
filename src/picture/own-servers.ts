import type { TransportConfig } from '../../runtime/config.ts';
import type { Plan, PlannedServer } from '../plan/step.ts';
import { listed } from './box-words.ts';
import { takesAnonymous } from './incoming.ts';
import type { Picture, ServerGroup } from './picture.ts';

/** Tells who it is all about: the version, and the accepted domains by type. */
export function organizationOf({ organization, version, acceptedDomains }: Plan): Picture['organization'] {
  const lines = (['authoritative', 'internalRelay', 'externalRelay'] as const).flatMap((kind) => {
    const domains = acceptedDomains.filter(({ type }) => type === kind).map(({ domain }) => domain);
    return domains.length === 0 ? [] : [`${kind}: ${listed(domains)}`];
  });
  return { name: organization, lines: [`Exchange ${version}`, ...lines] };
}

/** Says where a server stands: its site, or outside. */
export function groupOf({ role, site, subscribedTo }: PlannedServer): string {
  if (role !== 'edge') return site === undefined ? 'No site named' : `Site ${site}`;
  return subscribedTo === undefined ? 'Edge, not subscribed' : `Edge, subscribed to ${subscribedTo}`;
}

/** The roles as Exchange's setup calls them. */
export const roleWords: Readonly<Record<PlannedServer['role'], string>> = {
  hub: 'Hub Transport',
  mailbox: 'Mailbox',
  clientAccess: 'Client Access',
  edge: 'Edge Transport',
};

/** Puts the servers into groups by site; Edge servers have groups of their own, for they stand outside. */
export function groupsOf(plan: Plan, config: TransportConfig): readonly ServerGroup[] {
  const names = [...new Set(plan.servers.map(groupOf))];
  return names.map((name, index) => ({
    id: `group${index + 1}`,
    name,
    servers: plan.servers
      .filter((server) => groupOf(server) === name)
      .map((server) => ({
        id: `server${plan.servers.indexOf(server) + 1}`,
        name: server.name,
        lines: serverLines(server, config),
        state: 'live',
      })),
  }));
}

function serverLines(server: PlannedServer, config: TransportConfig): readonly string[] {
  const hidden = config.receiveConnectors.filter(
    (one) => one.server === server.name && one.source === 'setup' && !takesAnonymous(one),
  ).length;
  const connectors = hidden === 1 ? '1 Receive connector' : `${hidden} Receive connectors`;
  return [
    `${roleWords[server.role]} ${server.version}`,
    server.fqdn,
    listed(server.addresses),
    ...(hidden === 0 ? [] : [`and ${connectors} of setup, none for anonymous clients`]),
  ];
}

/** Gives where lines to or from some servers end: a group of three or more that are all among them is one end. */
export function endsAt(names: readonly string[], groups: readonly ServerGroup[]): readonly string[] {
  const wanted = new Set(names);
  return groups.flatMap(({ id, servers }) => {
    const among = servers.filter(({ name }) => wanted.has(name));
    return among.length > 2 && among.length === servers.length ? [id] : among.map((server) => server.id);
  });
}
