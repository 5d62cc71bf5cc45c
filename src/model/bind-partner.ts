import { present } from '../base/present.ts';
import { parseIpRange } from '../mail/ip-range.ts';
import type { LocatedEntry } from '../source/located.ts';
import { bindIssuer } from './bind-issuer.ts';
import { mtas } from './enumerations.ts';
import {
  findEntry,
  findValue,
  mapOf,
  nameOf,
  placeOf,
  textsAt,
  textsOf,
  wordAt,
  written,
} from './read-node.ts';
import type { Resolve } from './references.ts';
import type { Authority, Certificate, Partner, PartnerCertificate } from './topology.ts';

/** Reads a partner; `resolveRoot` finds what it trusts, an authority or a self-signed certificate of ours. */
export function bindPartner(
  entry: LocatedEntry,
  resolveAuthority: Resolve<Authority>,
  resolveRoot: Resolve<Authority | Certificate>,
): Partner {
  const map = mapOf(entry.value);
  const certificate = findEntry(map, 'certificate');
  return {
    name: nameOf(entry.key),
    domains: textsAt(map, 'domains'),
    addresses: textsAt(map, 'addresses').map((text) => written(text, parseIpRange)),
    ...present({
      mta: wordAt(map, 'mta', mtas),
      certificate: certificate && bindPartnerCertificate(certificate, resolveAuthority),
    }),
    trusts: textsAt(map, 'trusts').map(resolveRoot),
    at: placeOf(entry),
  };
}

function bindPartnerCertificate(
  entry: LocatedEntry,
  resolveAuthority: Resolve<Authority>,
): PartnerCertificate | undefined {
  const map = mapOf(entry.value);
  if (!map) return undefined;
  return {
    issuedBy: bindIssuer(findValue(map, 'issuedBy'), entry.key.at, resolveAuthority),
    domains: textsOf(findValue(map, 'domains')),
    at: placeOf(entry),
  };
}
