import type { Recipient } from '../message.ts';

/**
 * Says whether a text is xtext that stands for printable ASCII, at most so many characters of it; so nothing that is
 * decoded later can hold a line end.
 *
 * Source: RFC 3461 §4 (xtext), §4.4 (ENVID of printable characters, 100 at most).
 */
export function isXtext(text: string, longest: number): boolean {
  let length = 0;
  for (let at = 0; at < text.length; at++, length++) {
    const code = text.charCodeAt(at);
    if (code < 33 || code > 126 || code === 61) return false;
    if (code !== 43) continue;
    const decoded = hexadecimal(text.slice(at + 1, at + 3));
    if (decoded === undefined || decoded < 32 || decoded > 126) return false;
    at += 2;
  }
  return length > 0 && length <= longest;
}

function hexadecimal(digits: string): number | undefined {
  return /^[0-9A-F]{2}$/.test(digits) ? Number.parseInt(digits, 16) : undefined;
}

type Notify = NonNullable<Recipient['notify']>;

const occasions: readonly Notify[number][] = ['SUCCESS', 'FAILURE', 'DELAY'];

/** Reads NOTIFY; NEVER stands alone. Source: RFC 3461 §4.1. */
export function parseNotify(text: string): Notify | undefined {
  const words = text.toUpperCase().split(',');
  if (words.length === 1 && words[0] === 'NEVER') return ['NEVER'];
  const known = occasions.filter((occasion) => words.includes(occasion));
  return known.length === words.length ? known : undefined;
}

/** Says whether a text is an ORCPT value: a type of address and the address in xtext. Source: RFC 3461 §4.2. */
export function isOriginalRecipient(text: string): boolean {
  const semicolon = text.indexOf(';');
  const type = text.slice(0, Math.max(0, semicolon));
  if (!/^[A-Za-z0-9-]+$/.test(type) || text.length > 500) return false;
  const address = text.slice(semicolon + 1);
  // RFC 6533 §3: an utf-8 address may also stand unencoded where SMTPUTF8 is used.
  return type.toLowerCase() === 'utf-8' ? /^[^\s+=]+$|^[\x21-\x7e]+$/.test(address) : isXtext(address, 500);
}
