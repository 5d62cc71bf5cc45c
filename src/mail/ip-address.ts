import ipaddr from 'ipaddr.js';

/** The two kinds of Internet addresses. */
export type IpFamily = 'ipv4' | 'ipv6';

/** An Internet address as a number that compares; `zone` is the scope behind `%`, as in `fe80::1%11`. */
export interface IpAddress {
  readonly family: IpFamily;
  readonly value: bigint;
  readonly zone?: string;
}

/** The number of bits in an address of the family. */
export const bitsIn: { readonly ipv4: 32; readonly ipv6: 128 } = { ipv4: 32, ipv6: 128 };

const mappedPrefix = 0xffffn;

/**
 * Parses an IPv4 address in four decimal parts or an IPv6 address, without brackets.
 *
 * An IPv4-mapped address such as `::ffff:192.0.2.1` is the IPv4 address, for that is what a client of that address is.
 * Fails: returns undefined, also for octal, hexadecimal and shortened IPv4 forms, which readers take differently.
 * Source: RFC 4291 §2.2 (text), §2.5.5.2 (mapped), RFC 4007 §11 (zone).
 */
export function parseIpAddress(text: string): IpAddress | undefined {
  const address = parseUnmapped(text);
  if (!address || address.family === 'ipv4' || !isMapped(address.value)) return address;
  return { family: 'ipv4', value: address.value & 0xffffffffn };
}

/**
 * Parses an address and leaves an IPv4-mapped one in IPv6, where a prefix length still counts in 128 bits.
 *
 * Fails: returns undefined.
 */
export function parseUnmapped(text: string): IpAddress | undefined {
  const ipv4 = parseIpv4(text);
  if (ipv4 !== undefined) return { family: 'ipv4', value: BigInt(ipv4) };
  const groups = text.includes(':') ? parseGroups(text) : undefined;
  if (groups !== undefined) return { family: 'ipv6', value: groups };
  if (!text.includes(':') || !/^[0-9a-f:.]+(%[0-9a-z]+)?$/i.test(text) || !hasCanonicalTail(text))
    return undefined;
  if (!ipaddr.IPv6.isValid(text)) return undefined;
  const parsed = ipaddr.IPv6.parse(text);
  const value = valueOf(parsed.toByteArray());
  return parsed.zoneId === undefined || parsed.zoneId === ''
    ? { family: 'ipv6', value }
    : { family: 'ipv6', value, zone: parsed.zoneId };
}

/** Says whether an IPv6 value lies in `::ffff:0:0/96`. */
export function isMapped(value: bigint): boolean {
  return value >> 32n === mappedPrefix;
}

/** Writes an address the short canonical way; a zone stays behind it. Source: RFC 5952 §4. */
export function printIpAddress(address: IpAddress): string {
  const text = address.family === 'ipv4' ? printIpv4(Number(address.value)) : printIpv6(address.value);
  return address.zone === undefined ? text : `${text}%${address.zone}`;
}

/** Reads four decimal numbers; by hand, for a topology has few values that are not asked whether they are an address. */
function parseIpv4(text: string): number | undefined {
  if (text.length < 7 || text.length > 15) return undefined;
  let [value, part, digits, parts] = [0, 0, 0, 1];
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code === 0x2e) {
      if (digits === 0 || parts === 4) return undefined;
      [value, part, digits, parts] = [value * 256 + part, 0, 0, parts + 1];
    } else {
      // A zero in front may mean octal, so it is none of ours.
      if (code < 0x30 || code > 0x39 || (digits > 0 && part === 0)) return undefined;
      part = part * 10 + (code - 0x30);
      digits += 1;
      if (part > 255) return undefined;
    }
  }
  return parts === 4 && digits > 0 ? value * 256 + part : undefined;
}

/** Reads groups of digits around at most one `::`, the usual form; for all others ipaddr.js makes long expressions first. */
function parseGroups(text: string): bigint | undefined {
  const [head = '', tail, ...more] = text.split('::');
  const before = groupsOf(head);
  const after = groupsOf(tail ?? '');
  if (before === undefined || after === undefined || more.length > 0) return undefined;
  const left = 8 - before.length - after.length;
  if (tail === undefined ? left !== 0 : left < 1) return undefined;
  const parts = [...before, ...Array.from({ length: left }, () => 0), ...after];
  return parts.reduce((value, part) => (value << 16n) | BigInt(part), 0n);
}

function groupsOf(text: string): readonly number[] | undefined {
  const parts = text === '' ? [] : text.split(':');
  return parts.every((part) => /^[0-9a-f]{1,4}$/i.test(part))
    ? parts.map((part) => parseInt(part, 16))
    : undefined;
}

function printIpv4(value: number): string {
  return `${value >>> 24}.${(value >>> 16) & 255}.${(value >>> 8) & 255}.${value & 255}`;
}

function printIpv6(value: bigint): string {
  const bytes = Array.from({ length: 16 }, (_, index) => Number((value >> BigInt(8 * (15 - index))) & 0xffn));
  return new ipaddr.IPv6(bytes).toRFC5952String();
}

function valueOf(bytes: readonly number[]): bigint {
  return bytes.reduce((value, byte) => (value << 8n) | BigInt(byte), 0n);
}

/** The dotted end of `::ffff:192.0.2.1` obeys the rules of an IPv4 address. */
function hasCanonicalTail(text: string): boolean {
  const tail = /[^:%]*\.[^:%]*/.exec(text)?.[0];
  return tail === undefined || parseIpv4(tail) !== undefined;
}
