import type { Server, Topology } from '../model/topology.ts';
import type { Place } from './step.ts';

/** The place of what is said once for the organization. */
export const organizationPlace: Place = { kind: 'organization' };

/** The place of what is said on one server. */
export function placeOn(server: string): Place {
  return { kind: 'server', server };
}

/** Says whether an Edge server stands alone: nothing of the organization reaches it. */
export function isUnsubscribedEdge(server: Server): boolean {
  return server.role.value === 'edge' && server.subscribedTo === undefined;
}

/** Gives the Edge servers that hold their own copy of what is organization-wide elsewhere. */
export function unsubscribedEdges(topology: Topology): readonly Server[] {
  return topology.servers.filter(isUnsubscribedEdge);
}

/**
 * Says whether there is an organization to configure; a topology of unsubscribed Edge servers alone has none.
 *
 * Source: EXCH New-EdgeSubscription (an unsubscribed Edge server has no tie to Active Directory).
 */
export function hasOrganization(topology: Topology): boolean {
  return topology.servers.some((server) => !isUnsubscribedEdge(server));
}

/** Says whether two places are the same one. */
export function samePlace(a: Place, b: Place): boolean {
  if (a.kind === 'server') return b.kind === 'server' && a.server === b.server;
  return b.kind === 'organization';
}
