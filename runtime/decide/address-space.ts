import type { AcceptedDomain } from '../config.ts';
import { asciiDomain } from './domain-match.ts';

/**
 * How closely a pattern fits a domain: compared number by number, a later difference decides only between equals.
 *
 * The first number is 2 for the domain itself, 1 for a wildcard and 0 for `*`; the second counts the labels that the
 * wildcard names.
 */
export type Closeness = readonly [kind: 0 | 1 | 2, labels: number];

/**
 * Tells how closely an address space fits a domain, given the accepted domain that holds it, if one does.
 *
 * `*.contoso.com` covers contoso.com and everything below it; `--` stands for every accepted domain for which mail is
 * handed inwards, that is all but the external relay domains.
 * Fails: returns undefined where the space does not hold the domain.
 * Source: EXCH New-SendConnector -AddressSpaces; of two wildcards the longer one is taken as more specific.
 */
export function closenessOfSpace(
  space: string,
  domain: string,
  accepted: AcceptedDomain | undefined,
): Closeness | undefined {
  const name = normalDomain(domain);
  if (space === '--') {
    if (accepted === undefined || accepted.type === 'externalRelay') return undefined;
    return closenessOfPattern(accepted.domain, name, 'subdomains');
  }
  return closenessOfPattern(space, name, 'domain and subdomains');
}

/** Compares two fits; positive where the first is closer. */
export function compareCloseness(a: Closeness, b: Closeness): number {
  return a[0] - b[0] || a[1] - b[1];
}

/** Writes a domain as all comparisons expect it; what is no domain, such as an address literal, in small letters. */
export function normalDomain(domain: string): string {
  return asciiDomain(domain) ?? domain.toLowerCase();
}

/** Tells how closely a domain, wildcard or `*` fits a domain that is in normal form. */
export function closenessOfPattern(
  pattern: string,
  domain: string,
  wildcardMeans: 'subdomains' | 'domain and subdomains',
): Closeness | undefined {
  if (pattern === '*') return [0, 0];
  if (!pattern.startsWith('*.')) return normalDomain(pattern) === domain ? [2, 0] : undefined;
  const base = normalDomain(pattern.slice(2));
  const holds = domain.endsWith(`.${base}`) || (domain === base && wildcardMeans === 'domain and subdomains');
  return holds ? [1, base.split('.').length] : undefined;
}
