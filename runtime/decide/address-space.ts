import type { AcceptedDomain } from '../config.ts';

/**
 * How closely a pattern fits a domain: compared number by number, a later difference decides only between equals.
 *
 * The first number is 2 for the domain itself, 1 for a wildcard and 0 for `*`; the second counts the labels that the
 * wildcard names.
 */
export type Closeness = readonly [kind: 0 | 1 | 2, labels: number];

/**
 * Tells how closely an address space fits a domain.
 *
 * `*.contoso.com` covers contoso.com and everything below it; `--` stands for every accepted domain for which mail is
 * handed inwards, that is all but the external relay domains.
 * Fails: returns undefined where the space does not hold the domain.
 * Source: EXCH New-SendConnector -AddressSpaces; of two wildcards the longer one is taken as more specific.
 */
export function closenessOfSpace(
  space: string,
  domain: string,
  acceptedDomains: readonly AcceptedDomain[],
): Closeness | undefined {
  const name = normalDomain(domain);
  if (space === '--') {
    const accepted = acceptedDomainOf(acceptedDomains, name);
    if (accepted === undefined || accepted.type === 'externalRelay') return undefined;
    return closenessOfPattern(accepted.domain, name, 'subdomains');
  }
  return closenessOfPattern(space, name, 'domain and subdomains');
}

/**
 * Finds the accepted domain that a domain belongs to, the closest one where several hold it.
 *
 * As an accepted domain `*.contoso.com` means the subdomains only.
 * Source: EXCH New-AcceptedDomain -DomainName.
 */
export function acceptedDomainOf(
  acceptedDomains: readonly AcceptedDomain[],
  domain: string,
): AcceptedDomain | undefined {
  const name = normalDomain(domain);
  let best: { readonly accepted: AcceptedDomain; readonly closeness: Closeness } | undefined;
  for (const accepted of acceptedDomains) {
    const closeness = closenessOfPattern(accepted.domain, name, 'subdomains');
    if (closeness === undefined) continue;
    if (best === undefined || compareCloseness(closeness, best.closeness) > 0) best = { accepted, closeness };
  }
  return best?.accepted;
}

/** Compares two fits; positive where the first is closer. */
export function compareCloseness(a: Closeness, b: Closeness): number {
  return a[0] - b[0] || a[1] - b[1];
}

/** Writes a domain as all comparisons expect it: lower case, without a final dot. */
export function normalDomain(domain: string): string {
  const lower = domain.toLowerCase();
  return lower.endsWith('.') ? lower.slice(0, -1) : lower;
}

/** Tells how closely a domain, wildcard or `*` fits a domain that is in normal form. */
export function closenessOfPattern(
  pattern: string,
  domain: string,
  wildcardMeans: 'subdomains' | 'domain and subdomains',
): Closeness | undefined {
  if (pattern === '*') return [0, 0];
  const wanted = normalDomain(pattern);
  if (!wanted.startsWith('*.')) return wanted === domain ? [2, 0] : undefined;
  const base = wanted.slice(2);
  const holds = domain.endsWith(`.${base}`) || (domain === base && wildcardMeans === 'domain and subdomains');
  return holds ? [1, base.split('.').length] : undefined;
}
