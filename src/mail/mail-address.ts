import { parseSmtpDomain, type SmtpDomain } from './smtp-domain.ts';

/** A mailbox: local-part and domain; `text` is what the author wrote. */
export interface MailAddress {
  readonly text: string;
  readonly localPart: string;
  readonly domain: SmtpDomain;
}

const dotString = /^[\p{L}\p{N}!#$%&'*+/=?^_`{|}~-]+(\.[\p{L}\p{N}!#$%&'*+/=?^_`{|}~-]+)*$/u;
const quotedString = /^"([\x20\x21\x23-\x5b\x5d-\x7e]|\\[\x20-\x7e])*"$/;

/**
 * Parses a mailbox such as `postmaster@contoso.com`.
 *
 * Fails: returns undefined.
 * Source: RFC 5321 §4.1.2, §4.5.3.1.1 (64 octets before the sign).
 */
export function parseMailAddress(text: string): MailAddress | undefined {
  const cut = text.lastIndexOf('@');
  const localPart = text.slice(0, Math.max(cut, 0));
  const domain = parseSmtpDomain(text.slice(cut + 1));
  if (!domain || Buffer.byteLength(localPart) > 64) return undefined;
  return dotString.test(localPart) || quotedString.test(localPart) ? { text, localPart, domain } : undefined;
}
