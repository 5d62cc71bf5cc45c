import type { Located } from '../base/span.ts';
import { parseVersion, type ExchangeVersion } from '../exchange/version.ts';
import type { LocatedEntry, LocatedNode } from '../source/located.ts';
import { acceptedDomainTypes } from './enumerations.ts';
import { entriesOf, findValue, mapOf, nameOf, textAt, textOf, wordOf } from './read-node.ts';
import type { AcceptedDomain, Organization } from './topology.ts';

/**
 * Reads the organization.
 *
 * Fails: returns undefined when it is no map or its version means nothing, for every default hangs on the version.
 */
export function bindOrganization(entry: LocatedEntry | undefined): Organization | undefined {
  const map = mapOf(entry?.value);
  const version = bindVersion(findValue(map, 'exchangeVersion'));
  if (!entry || !map || !version) return undefined;
  return {
    name: textAt(map, 'name') ?? { value: '', at: entry.key.at },
    exchangeVersion: version,
    acceptedDomains: entriesOf(findValue(map, 'acceptedDomains')).map(bindAcceptedDomain),
  };
}

/** Reads a version of Exchange, such as `2016` or `se`; a number counts however it was written. */
export function bindVersion(node: LocatedNode | undefined): Located<ExchangeVersion> | undefined {
  if (node?.kind !== 'scalar') return undefined;
  const version = parseVersion(typeof node.value === 'number' ? String(node.value) : node.text);
  return version === undefined ? undefined : { value: version, at: node.at };
}

function bindAcceptedDomain({ key, value }: LocatedEntry): AcceptedDomain {
  const text = textOf(value);
  const type = text && wordOf(acceptedDomainTypes, text.value);
  // EXCH New-AcceptedDomain -DomainType: Authoritative is the default.
  return { domain: nameOf(key), type: { value: type ?? 'authoritative', at: value.at } };
}
