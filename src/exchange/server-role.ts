/** Server roles with transport: hub (2007, 2010), clientAccess (2013), mailbox (2013 and later), edge. */
export const serverRoles = ['hub', 'mailbox', 'clientAccess', 'edge'] as const;

/** One of the roles. */
export type ServerRole = (typeof serverRoles)[number];
