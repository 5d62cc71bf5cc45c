import type { Agreement } from '../partner/agreement.ts';

/** Whether mail that claims to come from us is held to our certificate. */
export function holdsOurMail({ exits }: Agreement): boolean {
  return exits.some(({ connector }) => connector.domainSecureEnabled);
}

/** Where the partner puts our files. */
export function folderOf({ ourName }: Agreement): string {
  return `/etc/mail/${ourName}`;
}

/** A word that no macro of m4 bears, and short enough for the name of a class. */
export function wordFor(
  { ourName }: Agreement,
  what: 'domains' | 'below' | 'names' | 'sender' | 'rcpt',
): string {
  return `${ourName.slice(0, 16)}_${what}`;
}

/** Quotes a domain: `divert.example` would be a command of m4. */
export function quoted(domain: string): string {
  return `\`${domain}'`;
}
