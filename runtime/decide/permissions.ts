import type { PermissionGroup, ReceiveConnector } from '../config.ts';

/** Extended rights of a Receive connector, spelled as Add-ADPermission does. Source: EXCH New-ReceiveConnector -PermissionGroups. */
export const rights = [
  'ms-Exch-SMTP-Submit',
  'ms-Exch-SMTP-Accept-Any-Recipient',
  'ms-Exch-SMTP-Accept-Any-Sender',
  'ms-Exch-SMTP-Accept-Authoritative-Domain-Sender',
  'ms-Exch-SMTP-Accept-Authentication-Flag',
  'ms-Exch-Accept-Headers-Routing',
  'ms-Exch-Accept-Headers-Organization',
  'ms-Exch-Accept-Headers-Forest',
  'ms-Exch-Bypass-Anti-Spam',
  'ms-Exch-Bypass-Message-Size-Limit',
] as const;

export type Right = (typeof rights)[number];

/** Who a session is, as far as it has proved it. */
export type SessionPrincipal = 'anonymous' | 'externally secured' | 'user' | 'Exchange server' | 'partner';

/** A right, and the group or principal that it comes from. */
export interface GrantedRight {
  readonly right: Right;
  readonly from: string;
}

/** What a session may do on a connector, each right with its source. */
export interface Permissions {
  readonly principal: SessionPrincipal;
  readonly granted: readonly GrantedRight[];
}

const submit = 'ms-Exch-SMTP-Submit';
const anyRecipient = 'ms-Exch-SMTP-Accept-Any-Recipient';
const anySender = 'ms-Exch-SMTP-Accept-Any-Sender';
const ownDomainSender = 'ms-Exch-SMTP-Accept-Authoritative-Domain-Sender';
const authenticationFlag = 'ms-Exch-SMTP-Accept-Authentication-Flag';
const routingHeaders = 'ms-Exch-Accept-Headers-Routing';
const organizationHeaders = 'ms-Exch-Accept-Headers-Organization';
const forestHeaders = 'ms-Exch-Accept-Headers-Forest';
const bypassAntiSpam = 'ms-Exch-Bypass-Anti-Spam';
const bypassSize = 'ms-Exch-Bypass-Message-Size-Limit';

const trusted: readonly Right[] = [
  submit,
  anyRecipient,
  anySender,
  ownDomainSender,
  routingHeaders,
  bypassAntiSpam,
  bypassSize,
  authenticationFlag,
];

/** What a group gives to the principal it is made for; `Custom` and `None` give nothing of themselves. */
const groups: readonly {
  readonly group: PermissionGroup;
  readonly principal: SessionPrincipal;
  readonly rights: readonly Right[];
}[] = [
  {
    group: 'AnonymousUsers',
    principal: 'anonymous',
    rights: [submit, anySender, ownDomainSender, routingHeaders],
  },
  {
    group: 'ExchangeUsers',
    principal: 'user',
    rights: [submit, anyRecipient, routingHeaders, bypassAntiSpam],
  },
  {
    group: 'ExchangeServers',
    principal: 'Exchange server',
    rights: [...trusted, organizationHeaders, forestHeaders],
  },
  // The same group, but not the headers: a session trusted by its address alone is no server of the organization.
  { group: 'ExchangeServers', principal: 'externally secured', rights: trusted },
  { group: 'Partners', principal: 'partner', rights: [submit, routingHeaders] },
];

/**
 * Principals that Add-ADPermission may name, without their domain and in lower case.
 * A user or group of the directory is none of them, and no session of ours is ever one.
 */
const principalNames: ReadonlyMap<string, SessionPrincipal> = new Map<string, SessionPrincipal>([
  ['anonymous logon', 'anonymous'],
  ['anonymous-anmeldung', 'anonymous'],
  ['s-1-5-7', 'anonymous'],
  ['authenticated users', 'user'],
  ['authentifizierte benutzer', 'user'],
  ['s-1-5-11', 'user'],
  ['externally secured servers', 'externally secured'],
  ['partner servers', 'partner'],
  ['exchange servers', 'Exchange server'],
  ['hub transport servers', 'Exchange server'],
  ['edge transport servers', 'Exchange server'],
]);

const rightNames: ReadonlyMap<string, Right> = new Map(rights.map((right) => [right.toLowerCase(), right]));

/** Tells which of our principals a name in Add-ADPermission means; undefined for users and groups of the directory. */
export function principalNamed(name: string): SessionPrincipal | undefined {
  return principalNames.get(name.slice(name.lastIndexOf('\\') + 1).toLowerCase());
}

/** Tells which right a name in Add-ADPermission means, without regard to case. */
export function rightNamed(name: string): Right | undefined {
  return rightNames.get(name.toLowerCase());
}

/** Tells who a session is before it has said anything. Source: EXCH New-ReceiveConnector -AuthMechanism. */
export function principalAtConnect(
  connector: Pick<ReceiveConnector, 'authMechanism'>,
): 'anonymous' | 'externally secured' {
  return connector.authMechanism.includes('ExternalAuthoritative') ? 'externally secured' : 'anonymous';
}

/** Collects what the principal may do: what its groups give, then what is granted beside them. */
export function permissionsOf(
  connector: Pick<ReceiveConnector, 'permissionGroups' | 'extendedRights'>,
  principal: SessionPrincipal,
): Permissions {
  const granted = new Map<Right, string>();
  for (const entry of groups) {
    if (entry.principal !== principal || !connector.permissionGroups.includes(entry.group)) continue;
    for (const right of entry.rights) if (!granted.has(right)) granted.set(right, entry.group);
  }
  for (const extended of connector.extendedRights) {
    if (principalNamed(extended.principal) !== principal) continue;
    for (const name of extended.rights) {
      const right = rightNamed(name);
      if (right !== undefined && !granted.has(right)) granted.set(right, extended.principal);
    }
  }
  return { principal, granted: [...granted].map(([right, from]) => ({ right, from })) };
}

/** Says whether the right is among those granted. */
export function holds(permissions: Permissions, right: Right): boolean {
  return permissions.granted.some((one) => one.right === right);
}

/** Tells how large a message of this session may be. Unit: bytes. Source: EXCH New-ReceiveConnector -MaxMessageSize. */
export function largestMessage(
  { limits }: Pick<ReceiveConnector, 'limits'>,
  permissions: Permissions,
): number {
  return holds(permissions, 'ms-Exch-Bypass-Message-Size-Limit') ? Infinity : limits.maxMessageSize;
}
