import { asciiDomain } from '../decide/domain-match.ts';

/** Writes an address so that two spellings of one mailbox are equal, as Exchange sees them. Fails: undefined for no address. */
export function mailboxKey(address: string): string | undefined {
  const at = address.lastIndexOf('@');
  const domain = at < 1 ? undefined : asciiDomain(address.slice(at + 1));
  if (domain === undefined || /[\s\p{Cc}<>,;:]/u.test(address)) return undefined;
  return `${address.slice(0, at).toLowerCase()}@${domain}`;
}
