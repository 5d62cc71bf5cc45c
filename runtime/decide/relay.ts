import type { AcceptedDomain } from '../config.ts';
import { domainOf } from './domain-match.ts';
import type { AcceptedDomainLookup } from './domain-match.ts';
import { holds } from './permissions.ts';
import type { Permissions } from './permissions.ts';

/** Whether a recipient may be accepted, and by what. */
export type RelayDecision =
  | { readonly kind: 'accepted domain'; readonly domain: AcceptedDomain }
  | { readonly kind: 'any recipient'; readonly from: string }
  | { readonly kind: 'refused'; readonly reason: 'not an accepted domain' | 'no domain' };

/**
 * Decides on one recipient: its domain is accepted, or the session may name any recipient.
 * Source: EXCH New-AcceptedDomain; EXCH New-ReceiveConnector -PermissionGroups.
 */
export function decideRelay(
  accepted: AcceptedDomainLookup,
  permissions: Permissions,
  forwardPath: string,
): RelayDecision {
  const domain = domainOf(forwardPath);
  const own = domain === undefined ? undefined : accepted(domain);
  if (own !== undefined) return { kind: 'accepted domain', domain: own };
  const anyRecipient = permissions.granted.find(({ right }) => right === 'ms-Exch-SMTP-Accept-Any-Recipient');
  if (anyRecipient !== undefined) return { kind: 'any recipient', from: anyRecipient.from };
  return { kind: 'refused', reason: domain === undefined ? 'no domain' : 'not an accepted domain' };
}

/** Whether a session may use a reverse-path, and what it lacks. */
export type SenderDecision = 'accepted' | 'may not submit' | 'may not send as';

/**
 * Decides on the reverse-path; an own address of the user who has logged on and the null reverse-path
 * needs no more than the right to submit.
 *
 * Partners hold no right to name a sender, although mail from partners is evidently taken, so a sender outside our
 * authoritative domains needs no right there: our reading, for how Exchange brings the two together is not established.
 * Source: EXCH New-ReceiveConnector -PermissionGroups.
 */
export function decideSender(
  accepted: AcceptedDomainLookup,
  permissions: Permissions,
  reversePath: string,
  own: 'own address' | 'not known as own' = 'not known as own',
): SenderDecision {
  if (!holds(permissions, 'ms-Exch-SMTP-Submit')) return 'may not submit';
  if (reversePath === '' || own === 'own address') return 'accepted';
  const domain = domainOf(reversePath);
  if (domain !== undefined && accepted(domain)?.type === 'authoritative') {
    const mayUseOwn = holds(permissions, 'ms-Exch-SMTP-Accept-Authoritative-Domain-Sender');
    return mayUseOwn ? 'accepted' : 'may not send as';
  }
  const mayUseAny =
    permissions.principal === 'partner' || holds(permissions, 'ms-Exch-SMTP-Accept-Any-Sender');
  return mayUseAny ? 'accepted' : 'may not send as';
}
