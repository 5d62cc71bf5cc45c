import type { NameServer } from '../../runtime/client/name-facts.ts';
import { asciiDomain } from '../../runtime/decide/domain-match.ts';

/** Where `dns` of a topology says otherwise than the name server, so that lint, trace and bundle go another way than mail. */
export interface StaleNames {
  /** Hosts of the MX records, most preferred first. */
  readonly declared: readonly string[];
  readonly found: readonly string[];
}

/** Compares the MX records of a domain. Fails: resolves to undefined where one of the two does not know the domain. */
export async function staleNames(
  domain: string,
  declared: NameServer,
  found: NameServer,
): Promise<StaleNames | undefined> {
  const [says, is] = await Promise.all([hostsOf(declared, domain), hostsOf(found, domain)]);
  if (says === undefined || is === undefined) return undefined;
  const sorted = (hosts: readonly string[]): string => hosts.toSorted().join(' ');
  return sorted(says) === sorted(is) ? undefined : { declared: says, found: is };
}

async function hostsOf(names: NameServer, domain: string): Promise<readonly string[] | undefined> {
  try {
    const records = await names.mx(domain);
    return records
      .toSorted((a, b) => a.preference - b.preference)
      .map(({ host }) => asciiDomain(host) ?? host);
  } catch {
    // That names cannot be asked for is told where the hosts are looked for.
    return undefined;
  }
}
