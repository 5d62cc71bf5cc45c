import type { Span } from '../base/span.ts';
import {
  holds,
  permissionsOf,
  principalAtConnect,
  principalNamed,
  rightNamed,
  type Right,
  type SessionPrincipal,
} from '../../runtime/decide/permissions.ts';
import type { ReceiveConnector } from '../model/topology.ts';

/**
 * Asks the transport whether a client of a Receive connector holds a right; `'at connect'` is a client that has proved
 * nothing.
 */
export function grants(
  connector: ReceiveConnector,
  principal: SessionPrincipal | 'at connect',
  right: Right,
): boolean {
  const granting = {
    authMechanism: connector.authMechanism.value,
    permissionGroups: connector.permissionGroups.value,
    extendedRights: connector.extendedRights.map(({ principal: to, rights }) => ({
      principal: to.value,
      rights: rights.map(({ value }) => value),
    })),
  };
  const who = principal === 'at connect' ? principalAtConnect(granting) : principal;
  return holds(permissionsOf(granting, who), right);
}

/** Finds the right that lets anonymous clients name any recipient, among those granted beside the groups. */
export function anonymousRelayGrant({ extendedRights }: ReceiveConnector): Span | undefined {
  return extendedRights
    .filter(({ principal }) => principalNamed(principal.value) === 'anonymous')
    .flatMap(({ rights }) => rights)
    .find(({ value }) => rightNamed(value) === 'ms-Exch-SMTP-Accept-Any-Recipient')?.at;
}
