import type { ExchangeVersion, VersionFact } from './version.ts';

/** Server roles with transport: hub (2007, 2010), clientAccess (2013), mailbox (2013 and later), edge. */
export const serverRoles = ['hub', 'mailbox', 'clientAccess', 'edge'] as const;

/** One of the roles. */
export type ServerRole = (typeof serverRoles)[number];

/**
 * The versions in which a role carries mail.
 *
 * Before 2013 a mailbox and a Client Access server have no SMTP of their own; in 2016 Client Access became part of the
 * mailbox role.
 * Source: EXCH Get-ExchangeServer -ServerRole.
 */
export const roleVersions: Readonly<Record<ServerRole, VersionFact>> = {
  hub: { since: '2007', until: '2010' },
  clientAccess: { since: '2013', until: '2013' },
  mailbox: { since: '2013' },
  edge: { since: '2007' },
};

/** Where the Front End Transport service of a server inside the organization runs. */
export type FrontEnd = 'here' | 'elsewhere';

/**
 * Tells where Front End Transport runs: on a Mailbox server itself from 2016 on; in 2013 on it where no Client Access
 * server stands in its site, for a site with mailboxes must have one, and the two roles may share a server.
 *
 * Source: OfficeDocs-Exchange ExchangeServer2013/receive-connectors-exchange-2013-help.
 */
export function frontEndOf(
  role: ServerRole,
  version: ExchangeVersion,
  rolesInSite: ReadonlySet<ServerRole>,
): FrontEnd {
  if (role === 'clientAccess') return 'here';
  if (role !== 'mailbox') return 'elsewhere';
  return version === '2013' && rolesInSite.has('clientAccess') ? 'elsewhere' : 'here';
}

/** Tells which roles stand in each site, by its name in lower case; servers of no site are together, too. */
export function rolesBySite(
  servers: readonly { readonly role: ServerRole; readonly site: string | undefined }[],
): (site: string | undefined) => ReadonlySet<ServerRole> {
  const known = new Map<string | undefined, Set<ServerRole>>();
  for (const { role, site } of servers) {
    const roles = known.get(site?.toLowerCase());
    if (roles) roles.add(role);
    else known.set(site?.toLowerCase(), new Set([role]));
  }
  return (site) => known.get(site?.toLowerCase()) ?? new Set();
}
