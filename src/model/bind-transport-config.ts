import type { Located, Span } from '../base/span.ts';
import type { LocatedEntry, LocatedMap } from '../source/located.ts';
import { findValue, mapOf, placeOf, textsOf } from './read-node.ts';
import { securedDomains } from './secured-domains.ts';
import type { ReceiveConnector, SendConnector, Setting, TransportConfig } from './topology.ts';
import { writtenParameters } from './written-parameters.ts';

/**
 * Reads what holds for the whole organization; the domain-secure lists follow from the connectors where they are left
 * out. `fallback` is the place of what has none.
 *
 * Each list follows from its own direction, as the source document sets them: a domain on a list whose connector is not
 * domain-secure could stop its mail. Source: DOC R20, EXCH Set-TransportConfig -TLSReceiveDomainSecureList.
 */
export function bindTransportConfig(
  entry: LocatedEntry | undefined,
  fallback: Span,
  sendConnectors: readonly SendConnector[],
  receiveConnectors: readonly ReceiveConnector[],
): TransportConfig {
  const map = mapOf(entry?.value);
  const at = entry ? placeOf(entry) : fallback;
  const name = entry?.key.at ?? fallback;
  return {
    tlsSendDomainSecureList: settleList(map, 'tlsSendDomainSecureList', sendConnectors, name),
    tlsReceiveDomainSecureList: settleList(map, 'tlsReceiveDomainSecureList', receiveConnectors, name),
    written: writtenParameters(map, 'transportConfig'),
    at,
  };
}

function settleList(
  map: LocatedMap | undefined,
  key: string,
  connectors: readonly (SendConnector | ReceiveConnector)[],
  name: Span,
): Setting<readonly Located<string>[]> {
  const node = findValue(map, key);
  if (node) return { value: textsOf(node), at: node.at, source: 'written' };
  const secured = connectors.filter(({ domainSecureEnabled }) => domainSecureEnabled.value);
  const value = withoutRepeats(secured.flatMap(securedDomains));
  const [first] = secured.filter((connector) => securedDomains(connector).length > 0);
  if (!first) return { value: [], at: name, source: 'default' };
  return { value, at: first.partner?.at ?? first.name.at, source: 'derived' };
}

function withoutRepeats(domains: readonly Located<string>[]): readonly Located<string>[] {
  const known = new Set<string>();
  return domains.filter(({ value }) => {
    const isNew = !known.has(value.toLowerCase());
    known.add(value.toLowerCase());
    return isNew;
  });
}
