import { isIP } from 'node:net';

import type { AddressRange } from '../config.ts';

/** An IP address as a number within its family, so that addresses compare and ranges count. */
export interface Address {
  readonly family: 4 | 6;
  readonly value: bigint;
}

/** Addresses from `first` to `last`, both included, of one family. */
export interface Range {
  readonly family: 4 | 6;
  readonly first: bigint;
  readonly last: bigint;
}

/** The first address of ::ffff:0:0/96, in which IPv6 sockets show IPv4 clients. */
const mappedIPv4 = 0xffffn << 32n;

/**
 * Parses an IPv4 or IPv6 address; brackets and a zone are taken off, and an IPv4-mapped IPv6 address is the IPv4 address.
 *
 * Fails: returns undefined, also for leading zeros in IPv4, which are octal to some readers.
 * Source: RFC 4291 §2.2 (text), §2.5.5.2 (IPv4-mapped).
 */
export function parseAddress(text: string): Address | undefined {
  const bracketed = text.startsWith('[') && text.endsWith(']');
  const bare = withoutZone(bracketed ? text.slice(1, -1) : text);
  const family = isIP(bare);
  if (family === 4 && !bracketed) return { family: 4, value: parseIPv4(bare) };
  if (family !== 6) return undefined;
  const value = parseIPv6(bare);
  return value >> 32n === 0xffffn ? { family: 4, value: value - mappedIPv4 } : { family: 6, value };
}

function withoutZone(text: string): string {
  const percent = text.indexOf('%');
  return percent === -1 ? text : text.slice(0, percent);
}

function parseIPv4(text: string): bigint {
  return BigInt(text.split('.').reduce((value, octet) => value * 256 + Number(octet), 0));
}

function parseIPv6(text: string): bigint {
  const [head = '', tail] = text.split('::');
  const before = hextets(head);
  const after = hextets(tail ?? '');
  const zeros = Array<bigint>(8 - before.length - after.length).fill(0n);
  return [...before, ...zeros, ...after].reduce((value, hextet) => (value << 16n) | hextet, 0n);
}

function hextets(text: string): bigint[] {
  if (text === '') return [];
  return text.split(':').flatMap((part) => {
    if (!part.includes('.')) return [BigInt(`0x${part}`)];
    const value = parseIPv4(part);
    return [value >> 16n, value & 0xffffn];
  });
}

/** Writes an address in its canonical form. Source: RFC 5952 §4. */
export function formatAddress(address: Address): string {
  if (address.family === 4) {
    return [24n, 16n, 8n, 0n].map((shift) => String((address.value >> shift) & 255n)).join('.');
  }
  const parts = Array.from({ length: 8 }, (_, at) =>
    ((address.value >> BigInt(112 - 16 * at)) & 0xffffn).toString(16),
  );
  const zeros = longestZeros(parts);
  if (zeros.length < 2) return parts.join(':');
  return `${parts.slice(0, zeros.start).join(':')}::${parts.slice(zeros.start + zeros.length).join(':')}`;
}

function longestZeros(parts: readonly string[]): { start: number; length: number } {
  let best = { start: 0, length: 0 };
  let start = 0;
  parts.forEach((part, at) => {
    if (part !== '0') start = at + 1;
    else if (at + 1 - start > best.length) best = { start, length: at + 1 - start };
  });
  return best;
}

/** Says whether two texts name the same address; a text that is no address is the same as nothing. */
export function sameAddress(a: string, b: string): boolean {
  const first = parseAddress(a);
  const second = parseAddress(b);
  if (first === undefined || second === undefined) return false;
  return first.family === second.family && first.value === second.value;
}

/** Says whether the text stands for all addresses of a family, as `0.0.0.0` and `::` do in a binding. */
export function isWildcard(text: string): boolean {
  return parseAddress(text)?.value === 0n;
}

/** Says whether an address never leaves the machine. Source: RFC 1122 §3.2.1.3, RFC 4291 §2.5.3. */
export function isLoopback(text: string): boolean {
  const address = parseAddress(text);
  if (address === undefined) return false;
  return address.family === 4 ? address.value >> 24n === 127n : address.value === 1n;
}

/**
 * Parses the two ends of a range.
 *
 * Fails: returns undefined where an end is no address, the families differ or the ends are reversed.
 */
export function parseRange(range: AddressRange): Range | undefined {
  const first = parseAddress(range.first);
  const last = parseAddress(range.last);
  if (first === undefined || last === undefined || first.family !== last.family) return undefined;
  if (last.value < first.value) return undefined;
  return { family: first.family, first: first.value, last: last.value };
}

/** Says whether the address lies in the range. */
export function rangeHolds(range: Range, address: Address): boolean {
  return range.family === address.family && range.first <= address.value && address.value <= range.last;
}

/** Counts the addresses of a range; the fewer they are, the more specific is the range. */
export function rangeSize(range: Range): bigint {
  return range.last - range.first + 1n;
}

/**
 * Picks the address from which a machine speaks to another: of the same family, and with the most leading bits in common,
 * for networks are cut by prefixes. The first one where several are as near, or none is of the family.
 * Source: RFC 6724 §5 (rule 8).
 */
export function addressTowards(own: readonly string[], target: string): string | undefined {
  const wanted = parseAddress(target);
  let best: { readonly text: string; readonly distance: bigint } | undefined;
  for (const text of own) {
    const address = parseAddress(text);
    if (address === undefined || wanted === undefined || address.family !== wanted.family) continue;
    // The highest bit that differs decides, so the smaller one of two exclusive ors shares the longer prefix.
    const distance = BigInt((address.value ^ wanted.value).toString(2).length);
    if (best === undefined || distance < best.distance) best = { text, distance };
  }
  return best?.text ?? own[0];
}
