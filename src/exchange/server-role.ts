import type { VersionFact } from './version.ts';

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
