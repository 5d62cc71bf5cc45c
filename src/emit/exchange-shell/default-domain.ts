import type { EnsureAcceptedDomain, EnsureReceiveConnector, Plan, SynchronizeEdge } from '../../plan/step.ts';

/** The domain that a Receive connector adds to addresses without one; undefined where the topology says none. */
export function defaultDomainOf({ parameters }: EnsureReceiveConnector): string | undefined {
  const found = parameters.find(({ key, source }) => key === 'defaultDomain' && source !== 'default')?.value;
  return found?.kind === 'text' ? found.text : undefined;
}

/**
 * Gives the organization's accepted domains that a Receive connector of a server names: Exchange refuses the connector
 * without them, and the scripts of the servers come before those of the organization.
 *
 * Source: EXCH New-ReceiveConnector -DefaultDomain.
 */
export function domainsNamedByServers(plan: Plan): readonly EnsureAcceptedDomain[] {
  const named = new Set(
    plan.steps.flatMap((step) =>
      step.kind === 'receive-connector' && step.made === 'declared'
        ? (keyOf(defaultDomainOf(step)) ?? [])
        : [],
    ),
  );
  return plan.steps.filter(
    (step): step is EnsureAcceptedDomain =>
      step.kind === 'accepted-domain' &&
      step.place.kind === 'organization' &&
      named.has(step.domain.toLowerCase()),
  );
}

/** Gives the synchronizations without which such a domain does not reach the subscribed Edge server that names it. */
export function synchronizationsForDomains(plan: Plan): readonly SynchronizeEdge[] {
  const naming = new Set(
    plan.steps.flatMap((step) =>
      step.kind === 'receive-connector' && step.made === 'declared' && defaultDomainOf(step) !== undefined
        ? [step.server]
        : [],
    ),
  );
  return plan.steps.filter(
    (step): step is SynchronizeEdge =>
      step.kind === 'edge-synchronization' && step.edgeServers.some((name) => naming.has(name)),
  );
}

function keyOf(domain: string | undefined): string | undefined {
  return domain?.toLowerCase();
}
