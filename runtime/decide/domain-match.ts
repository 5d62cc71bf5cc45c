import { isIP } from 'node:net';
import { domainToASCII } from 'node:url';

import type { AcceptedDomain } from '../config.ts';

/**
 * Brings a domain into the form in which domains compare: lower case, A-labels, no trailing dot.
 *
 * Fails: returns undefined for what is no domain, such as an address, an empty label or a name over 253 octets.
 * Source: RFC 5890 §2.3.2.1 (A-label), RFC 1035 §2.3.4 (lengths).
 */
export function asciiDomain(text: string): string | undefined {
  const bare = text.endsWith('.') ? text.slice(0, -1) : text;
  // The URL rules behind domainToASCII also rewrite plain names such as 0x7f.1, so only other scripts go through them.
  const domain = isAscii(bare) ? bare.toLowerCase() : domainToASCII(bare);
  return domain.length <= 253 && isHostName(domain) && !isAddress(domain) ? domain : undefined;
}

/** Of what host names are made of, an IPv4 address can be made, too; it ends in a digit. */
function isAddress(domain: string): boolean {
  return /\d$/.test(domain) && isIP(domain) !== 0;
}

function isAscii(text: string): boolean {
  for (let at = 0; at < text.length; at++) if (text.charCodeAt(at) > 126) return false;
  return true;
}

/** Labels of letters, digits, hyphens and, as real DNS names have them, underscores. */
function isHostName(domain: string): boolean {
  let label = 0;
  for (let at = 0; at < domain.length; at++) {
    const code = domain.charCodeAt(at);
    if (code === 46) {
      if (label === 0 || domain.charCodeAt(at - 1) === 45) return false;
      label = 0;
      continue;
    }
    const isLetterOrDigit = (code >= 97 && code <= 122) || (code >= 48 && code <= 57) || code === 95;
    if (!isLetterOrDigit && !(code === 45 && label > 0)) return false;
    if (++label > 63) return false;
  }
  return label > 0 && domain.charCodeAt(domain.length - 1) !== 45;
}

/** Takes the domain of a mailbox in comparable form; undefined for an address literal or a local-part alone. */
export function domainOf(mailbox: string): string | undefined {
  const at = mailbox.lastIndexOf('@');
  return at === -1 ? undefined : asciiDomain(mailbox.slice(at + 1));
}

/** A pattern with a leading `*.` or the lone `*`, apart from what follows. */
interface Pattern {
  readonly kind: 'exact' | 'wildcard' | 'all';
  readonly domain: string;
}

function parsePattern(text: string): Pattern | undefined {
  if (text === '*') return { kind: 'all', domain: '' };
  const isWildcard = text.startsWith('*.');
  const domain = asciiDomain(isWildcard ? text.slice(2) : text);
  return domain === undefined ? undefined : { kind: isWildcard ? 'wildcard' : 'exact', domain };
}

/** Says whether `domain` lies below `parent`; it does not lie below itself. */
function isSubdomain(domain: string, parent: string): boolean {
  return (
    domain.length > parent.length &&
    domain.endsWith(parent) &&
    domain[domain.length - parent.length - 1] === '.'
  );
}

/** Finds the accepted domain that names `domain` most closely; `domain` is in comparable form. */
export type AcceptedDomainLookup = (domain: string) => AcceptedDomain | undefined;

/** Prepares the accepted domains, so that a recipient costs a look-up per label and not a walk through the list. */
export function acceptedDomainLookup(acceptedDomains: readonly AcceptedDomain[]): AcceptedDomainLookup {
  const exact = new Map<string, AcceptedDomain>();
  const below = new Map<string, AcceptedDomain>();
  let all: AcceptedDomain | undefined;
  for (const accepted of acceptedDomains) {
    const pattern = parsePattern(accepted.domain);
    if (pattern?.kind === 'all') all ??= accepted;
    const map = pattern?.kind === 'exact' ? exact : below;
    if (pattern !== undefined && !map.has(pattern.domain)) map.set(pattern.domain, accepted);
  }
  return (domain) => {
    const named = exact.get(domain);
    if (named !== undefined || below.size === 0) return named ?? all;
    for (let dot = domain.indexOf('.'); dot !== -1; dot = domain.indexOf('.', dot + 1)) {
      const parent = below.get(domain.slice(dot + 1));
      if (parent !== undefined) return parent;
    }
    return all;
  };
}

/**
 * Says whether a name in a certificate stands for the host or domain; a wildcard stands for exactly one label.
 *
 * So `*.contoso.com` is mail.contoso.com, but neither a.b.contoso.com nor contoso.com: for Domain Security, whether real
 * Exchange takes it for contoso.com is not established, and the strict reading is our choice.
 * Source: RFC 6125 §6.4.3.
 */
export function certificateNameCovers(name: string, domain: string): boolean {
  const wanted = asciiDomain(domain);
  if (wanted === undefined) return false;
  if (!name.startsWith('*.')) return asciiDomain(name) === wanted;
  const parent = asciiDomain(name.slice(2));
  // A wildcard right below a top-level domain would stand for every domain there; no authority may issue one.
  if (parent === undefined || !parent.includes('.')) return false;
  return isSubdomain(wanted, parent) && !wanted.slice(0, -parent.length - 1).includes('.');
}

/** Finds the first of a certificate's names that stands for the host or domain. */
export function coveringName(names: readonly string[], domain: string): string | undefined {
  return names.find((name) => certificateNameCovers(name, domain));
}
