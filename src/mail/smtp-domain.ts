import { remembered } from '../base/remembered.ts';

/** A mail domain; `ascii` is lower-case with A-labels and compares, `text` is what the author wrote. */
export interface SmtpDomain {
  readonly text: string;
  readonly ascii: string;
  /** From the host to the top: `['mail', 'contoso', 'com']`. */
  readonly labels: readonly string[];
}

/**
 * A domain, a domain behind a leading `*.`, or `*` for all.
 *
 * Whether `*.contoso.com` has contoso.com itself depends on where it stands: in an address space yes, among the
 * accepted domains no.
 */
export type DomainPattern =
  | { readonly kind: 'domain'; readonly text: string; readonly domain: SmtpDomain }
  | { readonly kind: 'wildcard'; readonly text: string; readonly domain: SmtpDomain }
  | { readonly kind: 'all'; readonly text: string };

/** Why a text is no domain: it is an address of somebody, has a `*` where none may stand, is too long, or else. */
export type DomainFault = 'mail-address' | 'wildcard' | 'too-long' | 'malformed';

/**
 * Parses a domain, international or not, without a wildcard; one label is enough.
 *
 * Fails: returns undefined; `explainSmtpDomain` has the reason.
 * Source: RFC 5321 §2.3.5, §4.5.3.1.2 (255 octets), RFC 1035 §2.3.4 (63 in a label), RFC 5890 §2.3.2.1 (A-label).
 */
export function parseSmtpDomain(text: string): SmtpDomain | undefined {
  const read = readDomain(text);
  return typeof read === 'string' ? undefined : read;
}

/** Tells why a text is no domain; undefined when it is one. */
export function explainSmtpDomain(text: string): DomainFault | undefined {
  const read = readDomain(text);
  return typeof read === 'string' ? read : undefined;
}

/**
 * Parses a fully qualified domain name, which has two labels or more.
 *
 * Fails: returns undefined.
 */
export function parseFqdn(text: string): SmtpDomain | undefined {
  const domain = parseSmtpDomain(text);
  return domain && domain.labels.length > 1 ? domain : undefined;
}

/**
 * Parses a domain, `*.domain` or `*`.
 *
 * Fails: returns undefined; `explainDomainPattern` has the reason.
 * Source: EXCH New-SendConnector -AddressSpaces, EXCH New-AcceptedDomain -DomainName.
 */
export function parseDomainPattern(text: string): DomainPattern | undefined {
  const read = readPattern(text);
  return typeof read === 'string' ? undefined : read;
}

/** Tells why a text is no pattern of domains; undefined when it is one. */
export function explainDomainPattern(text: string): DomainFault | undefined {
  const read = readPattern(text);
  return typeof read === 'string' ? read : undefined;
}

/** Writes a pattern in lower case with A-labels. */
export function printDomainPattern(pattern: DomainPattern): string {
  if (pattern.kind === 'all') return '*';
  return pattern.kind === 'wildcard' ? `*.${pattern.domain.ascii}` : pattern.domain.ascii;
}

/** Says whether two domains are the same, without regard to case or to the form of international labels. */
export function sameDomain(a: SmtpDomain, b: SmtpDomain): boolean {
  return a.ascii === b.ascii;
}

/** Says whether a domain lies below another one; a domain does not lie below itself. */
export function isSubdomainOf(domain: SmtpDomain, parent: SmtpDomain): boolean {
  return domain.ascii.endsWith(`.${parent.ascii}`);
}

function readPattern(text: string): DomainPattern | DomainFault {
  if (text === '*') return { kind: 'all', text };
  const kind = text.startsWith('*.') ? 'wildcard' : 'domain';
  const domain = readDomain(kind === 'wildcard' ? text.slice(2) : text);
  return typeof domain === 'string' ? domain : { kind, text, domain };
}

const readDomain: (text: string) => SmtpDomain | DomainFault = remembered(readUnknown);

function readUnknown(text: string): SmtpDomain | DomainFault {
  if (text.includes('@')) return 'mail-address';
  if (text.includes('*')) return 'wildcard';
  const ascii = toAscii(text);
  if (ascii === undefined) return 'malformed';
  const labels = ascii.split('.');
  if (ascii.length > 255 || labels.some((label) => label.length > 63)) return 'too-long';
  const isWellFormed = labels.every((label) => /^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/.test(label));
  // A last label of digits alone makes the text an address, or half of one, and no name.
  return isWellFormed && !/^\d+$/.test(labels.at(-1) ?? '') ? { text, ascii, labels } : 'malformed';
}

/** Turns international labels into A-labels; undefined where a label has no such form. */
function toAscii(text: string): string | undefined {
  if (/^[a-z0-9.-]*$/i.test(text)) return text.toLowerCase();
  // The URL parser would also decode percent signs and cut at slashes, so only letters, digits and marks reach it.
  if (!/^[\p{L}\p{M}\p{N}.\u3002-]+$/u.test(text)) return undefined;
  const url = `http://${text}/`;
  return URL.canParse(url) ? new URL(url).hostname : undefined;
}
