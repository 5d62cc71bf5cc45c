import { parseSmtpDomain } from '../mail/smtp-domain.ts';
import type { AcceptedDomain, Topology } from '../model/topology.ts';

/** Lists the accepted domains in comparable form; what is no domain, such as a pattern, is left out. */
export function acceptedDomainNames({ organization }: Topology): readonly string[] {
  return organization.acceptedDomains.flatMap(({ domain }) => parseSmtpDomain(domain.value)?.ascii ?? []);
}

/**
 * Finds the authoritative domains by their names in comparable form.
 *
 * Those below onmicrosoft.com are left out: they are a tenant's, and a hybrid organization has connectors for its own.
 */
export function authoritativeDomains({ organization }: Topology): ReadonlyMap<string, AcceptedDomain> {
  return new Map(
    organization.acceptedDomains
      .filter(({ type }) => type.value === 'authoritative')
      .flatMap((accepted) => {
        const ascii = parseSmtpDomain(accepted.domain.value)?.ascii;
        return ascii === undefined || ascii.endsWith('.onmicrosoft.com') ? [] : [[ascii, accepted] as const];
      }),
  );
}
