import type { LocatedEntry, LocatedMap } from '../source/located.ts';
import { findValue, mapOf, nameOf, placeOf, textAt } from './read-node.ts';
import type { Credential } from './topology.ts';

/** Reads a credential, which says where a password is and never what it is. */
export function bindCredential(entry: LocatedEntry): Credential {
  const map = mapOf(entry.value);
  const name = nameOf(entry.key);
  const passwordFrom = findValue(map, 'passwordFrom');
  return {
    name,
    username: textAt(map, 'username') ?? { value: '', at: name.at },
    passwordFrom: { value: bindPasswordPlace(mapOf(passwordFrom)), at: passwordFrom?.at ?? name.at },
    at: placeOf(entry),
  };
}

function bindPasswordPlace(map: LocatedMap | undefined): Credential['passwordFrom']['value'] {
  const file = textAt(map, 'file');
  return file ? { file: file.value } : { env: textAt(map, 'env')?.value ?? '' };
}
