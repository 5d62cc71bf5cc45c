import type { LoggedOn } from './logon.ts';
import { mailboxKey } from './mailbox-key.ts';
import { parsePasswordHash, type PasswordHash } from './password-hash.ts';

/** Somebody who may log on. */
export interface User extends LoggedOn {
  readonly hash: PasswordHash;
}

/** What lines of users hold, and the first fault of them. */
export interface UserLines {
  /** By name in small letters, for Exchange takes names without regard to case. */
  readonly users: ReadonlyMap<string, User>;
  readonly fault?: string;
}

/**
 * Reads one user a line, `name:hash:address,address`; empty lines and such with `#` in front are words for people.
 *
 * Fails: a line that is none is named in `fault` by its number, never by what it holds, for that may be a password.
 */
export function parseUserLines(text: string): UserLines {
  const users = new Map<string, User>();
  for (const [at, line] of text.split(/\r?\n/).entries()) {
    if (line.trim() === '' || line.startsWith('#')) continue;
    const user = parseUser(line);
    if (typeof user === 'string') return { users, fault: `line ${at + 1}: ${user}` };
    const key = userKey(user.name);
    if (users.has(key)) return { users, fault: `line ${at + 1}: a user of this name stands above` };
    users.set(key, user);
  }
  return { users };
}

function parseUser(line: string): User | string {
  const [name = '', hashText = '', addressText = '', ...more] = line.trim().split(':');
  if (more.length > 0 || !isUserName(name)) return 'it is not of the form name:hash:addresses';
  const hash = parsePasswordHash(hashText);
  if (hash === undefined) return 'its hash is none; make the line with the command "user"';
  const keys = addressText === '' ? [] : addressText.split(',').map((address) => mailboxKey(address.trim()));
  const addresses = keys.filter((key) => key !== undefined);
  if (addresses.length < keys.length) return 'one of its addresses is none';
  return { name, hash, addresses: new Set(addresses) };
}

/** Says whether a user may be called so; a colon would end the name. */
export function isUserName(name: string): boolean {
  return /^[^:#;\s\p{Cc}][^:;\p{Cc}]{0,254}$/u.test(name) && name.trim() === name;
}

/** Writes a name so that two spellings of one user are equal. */
export function userKey(name: string): string {
  return name.normalize('NFC').toLowerCase();
}
