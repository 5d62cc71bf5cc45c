import { asciiDomain } from '../decide/domain-match.ts';
import { parseAddress } from '../decide/address.ts';

/** A word behind a path, such as `SIZE=1000` or `SMTPUTF8`; the keyword is in capitals. */
export interface Parameter {
  readonly keyword: string;
  readonly value?: string;
}

/** The argument of MAIL or RCPT. */
export interface PathArgument {
  /** The mailbox without brackets and source route; `''` is the null reverse-path. */
  readonly mailbox: string;
  /** Whether a local-part stands alone, which may be quoted and hold an `@` of its own. */
  readonly isLocalPart: boolean;
  /** Absent for the null reverse-path, for a local-part alone and for an address literal. */
  readonly domain?: string;
  readonly parameters: readonly Parameter[];
}

/** Why the argument of MAIL or RCPT is refused. */
export type PathFault = 'not a path' | 'not a mailbox' | 'bad parameter';

/** Exchange's longest address. Source: EXCH New-ReceiveConnector -LongAddressesEnabled. */
const longestMailbox = 571;
const longestLocalPart = 315;

/**
 * Parses `FROM:<mailbox> parameters` or `TO:<mailbox> parameters`.
 *
 * The brackets are required; one blank behind the colon is forgiven, as many clients send it. A source route is taken
 * off, as RFC 5321 appendix F.2 lets a server do. A domain must have the form of one, a local-part alone is left to the
 * caller.
 * Source: RFC 5321 §4.1.2.
 */
export function parsePathArgument(argument: string, keyword: 'FROM' | 'TO'): PathArgument | PathFault {
  const colon = keyword.length;
  if (argument.charCodeAt(colon) !== 58 || argument.slice(0, colon).toUpperCase() !== keyword)
    return 'not a path';
  const open = argument.charCodeAt(colon + 1) === 32 ? colon + 2 : colon + 1;
  if (argument.charCodeAt(open) !== 60) return 'not a path';
  const close = closingBracket(argument, open + 1);
  if (close === -1) return 'not a path';
  const rest = argument.slice(close + 1);
  if (rest !== '' && rest.charCodeAt(0) !== 32) return 'not a path';
  const parameters = parseParameters(rest);
  if (parameters === undefined) return 'bad parameter';
  const mailbox = withoutSourceRoute(argument.slice(open + 1, close));
  if (mailbox === undefined) return 'not a mailbox';
  if (mailbox === '') return { mailbox, isLocalPart: false, parameters };
  const at = localPartEnd(mailbox);
  if (at === -1 || mailbox.length > longestMailbox || at > longestLocalPart) return 'not a mailbox';
  const isLocalPart = at === mailbox.length;
  if (isLocalPart) return { mailbox, isLocalPart, parameters };
  const domain = mailbox.slice(at + 1);
  if (isAddressLiteral(domain)) return { mailbox, isLocalPart, parameters };
  const ascii = asciiDomain(domain);
  return ascii === undefined ? 'not a mailbox' : { mailbox, isLocalPart, domain: ascii, parameters };
}

/** Finds the bracket that ends the path; one inside a quoted local-part does not. */
function closingBracket(text: string, from: number): number {
  let quoted = false;
  for (let at = from; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (quoted && code === 92) at++;
    else if (code === 34) quoted = !quoted;
    else if (code === 62 && !quoted) return at;
    else if (code === 60 && !quoted) return -1;
  }
  return -1;
}

function withoutSourceRoute(path: string): string | undefined {
  if (!path.startsWith('@')) return path;
  const colon = path.indexOf(':');
  const hops = path.slice(0, Math.max(0, colon)).split(',');
  const areDomains = hops.every((hop) => hop.startsWith('@') && asciiDomain(hop.slice(1)) !== undefined);
  const mailbox = path.slice(colon + 1);
  return colon !== -1 && areDomains && mailbox !== '' ? mailbox : undefined;
}

/** Finds the `@` behind the local-part, or the end of the text where there is none; -1 where it is no local-part. */
function localPartEnd(mailbox: string): number {
  if (mailbox.charCodeAt(0) === 34) return quotedEnd(mailbox);
  let previous = 46;
  for (let at = 0; at < mailbox.length; at++) {
    const code = mailbox.charCodeAt(at);
    if (code === 64) return previous === 46 ? -1 : at;
    if (code === 46 ? previous === 46 : !isAtomText(code)) return -1;
    previous = code;
  }
  return previous === 46 ? -1 : mailbox.length;
}

function quotedEnd(mailbox: string): number {
  for (let at = 1; at < mailbox.length; at++) {
    const code = mailbox.charCodeAt(at);
    if (code === 92) at++;
    else if (code === 34) {
      const next = at + 1;
      return next === mailbox.length || mailbox.charCodeAt(next) === 64 ? next : -1;
    }
  }
  return -1;
}

/** RFC 5322 §3.2.3, and beyond ASCII RFC 6532 §3.2; whether SMTPUTF8 allows the latter is asked elsewhere. */
function isAtomText(code: number): boolean {
  if (code > 127) return true;
  if ((code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 48 && code <= 57)) return true;
  return "!#$%&'*+-/=?^_`{|}~".includes(String.fromCharCode(code));
}

/** Source: RFC 5321 §4.1.3. */
function isAddressLiteral(domain: string): boolean {
  if (!domain.startsWith('[') || !domain.endsWith(']')) return false;
  const inside = domain.slice(1, -1);
  if (/^IPv6:/i.test(inside)) return inside.includes(':', 5) && isPlainAddress(inside.slice(5));
  return !inside.includes(':') && isPlainAddress(inside);
}

/** A zone means something on one machine only, and may be any text: RFC 4007 §11.2. */
function isPlainAddress(text: string): boolean {
  return !text.includes('%') && parseAddress(text) !== undefined;
}

function parseParameters(text: string): readonly Parameter[] | undefined {
  if (text === '') return noParameters;
  const parameters: Parameter[] = [];
  for (const word of text.split(' ')) {
    if (word === '') continue;
    const equals = word.indexOf('=');
    const keyword = (equals === -1 ? word : word.slice(0, equals)).toUpperCase();
    if (!/^[A-Z0-9][A-Z0-9-]*$/.test(keyword) || equals === word.length - 1) return undefined;
    if (parameters.some((known) => known.keyword === keyword)) return undefined;
    parameters.push(equals === -1 ? { keyword } : { keyword, value: word.slice(equals + 1) });
  }
  return parameters;
}

const noParameters: readonly Parameter[] = [];

/**
 * Says whether a client may call itself so in HELO or EHLO: a domain, an address literal, or an address as many devices
 * give it.
 */
export function isClientName(name: string): boolean {
  return asciiDomain(name) !== undefined || isAddressLiteral(name) || isPlainAddress(name);
}

/** Says whether a text does without SMTPUTF8; control characters never come so far. */
export function isAscii(text: string): boolean {
  for (let at = 0; at < text.length; at++) if (text.charCodeAt(at) > 126) return false;
  return true;
}
