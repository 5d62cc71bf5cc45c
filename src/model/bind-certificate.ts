import { present } from '../base/present.ts';
import type { Located } from '../base/span.ts';
import type { LocatedEntry } from '../source/located.ts';
import { bindIssuer } from './bind-issuer.ts';
import { certificateServices } from './enumerations.ts';
import { findValue, mapOf, nameOf, placeOf, textAt, textsAt, wordOf } from './read-node.ts';
import type { Resolve } from './references.ts';
import type { Authority, Certificate, Server } from './topology.ts';

/** Reads a certificate of ours. */
export function bindCertificate(
  entry: LocatedEntry,
  resolveServer: Resolve<Server>,
  resolveAuthority: Resolve<Authority>,
): Certificate {
  const map = mapOf(entry.value);
  const name = nameOf(entry.key);
  return {
    name,
    issuedBy: bindIssuer(findValue(map, 'issuedBy'), name.at, resolveAuthority),
    domains: textsAt(map, 'domains'),
    installedOn: textsAt(map, 'installedOn').map(resolveServer),
    services: textsAt(map, 'services').map(toCanonicalService),
    ...present({ file: textAt(map, 'file'), privateKey: textAt(map, 'privateKey') }),
    at: placeOf(entry),
  };
}

function toCanonicalService({ value, at }: Located<string>): Located<string> {
  return { value: wordOf(certificateServices, value) ?? value, at };
}
