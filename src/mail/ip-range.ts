import { remembered } from '../base/remembered.ts';
import {
  bitsIn,
  isMapped,
  parseIpAddress,
  parseUnmapped,
  printIpAddress,
  type IpAddress,
  type IpFamily,
} from './ip-address.ts';

/** How a range was written; `classful` is an address alone that stands for the network of its class. */
export type IpRangeForm = 'address' | 'cidr' | 'mask' | 'range' | 'classful';

/** Addresses of one family from `first` to `last`, both included; `text` is what the author wrote. */
export interface IpRange {
  readonly text: string;
  readonly form: IpRangeForm;
  readonly family: IpFamily;
  readonly first: bigint;
  readonly last: bigint;
  readonly zone?: string;
}

/** Why a text is no range of addresses. */
export type IpRangeFault =
  'reversed' | 'mixed-families' | 'non-contiguous-mask' | 'prefix-out-of-bounds' | 'host-name' | 'malformed';

/** How two ranges lie: apart, the same addresses, one inside the other, or crossing. */
export type IpRangeRelation = 'apart' | 'equal' | 'nested' | 'partial';

/**
 * Parses a remote range: an address, `address/bits`, `first-last` or `address(mask)`.
 *
 * Set host bits are tolerated and dropped (`192.168.1.1/24`). An IPv4 address alone whose host part is zero in its
 * class is the network of that class, as the source document says: `192.168.1.0` is 192.168.1.0/24.
 * Fails: returns undefined; `explainIpRange` has the reason.
 * Source: EXCH New-ReceiveConnector -RemoteIPRanges, DOC R10.
 */
export function parseIpRange(text: string): IpRange | undefined {
  const read = readIpRange(text);
  return typeof read === 'string' ? undefined : read;
}

/** Tells why a text is no range; undefined when it is one. */
export function explainIpRange(text: string): IpRangeFault | undefined {
  const read = readIpRange(text);
  return typeof read === 'string' ? read : undefined;
}

/** Tells how two ranges lie to each other. */
export function relate(a: IpRange, b: IpRange): IpRangeRelation {
  if (a.family !== b.family || a.last < b.first || b.last < a.first) return 'apart';
  if (a.first === b.first && a.last === b.last) return 'equal';
  return holds(a, b) || holds(b, a) ? 'nested' : 'partial';
}

/** Says whether every address of `inner` is one of `outer`. */
export function holds(
  outer: Pick<IpRange, 'family' | 'first' | 'last'>,
  inner: Pick<IpRange, 'family' | 'first' | 'last'>,
): boolean {
  return outer.family === inner.family && outer.first <= inner.first && inner.last <= outer.last;
}

/** Says whether the range has the address. */
export function hasAddress(range: IpRange, address: IpAddress): boolean {
  return range.family === address.family && range.first <= address.value && address.value <= range.last;
}

/** Counts the addresses of a range. */
export function sizeOfRange(range: IpRange): bigint {
  return range.last - range.first + 1n;
}

/**
 * Writes a range so that only one reading is left: an address, CIDR, or `first-last` where CIDR does not fit.
 *
 * All addresses of a family are written as Exchange writes them, `0.0.0.0-255.255.255.255`.
 */
export function printIpRange(range: IpRange): string {
  const size = sizeOfRange(range);
  const bits = bitsIn[range.family];
  const first = printIpAddress(endOf(range, range.first));
  if (size === 1n && classfulLast(range.first, range.family) === undefined) return first;
  const isBlock = (size & (size - 1n)) === 0n && range.first % size === 0n;
  if (!isBlock || size === 1n << BigInt(bits)) return `${first}-${printIpAddress(endOf(range, range.last))}`;
  return `${first}/${bits - (size.toString(2).length - 1)}`;
}

/** Makes the range of one address. */
export function rangeOfAddress(address: IpAddress): IpRange {
  const { family, value } = address;
  const text = printIpAddress(address);
  const range = { text, form: 'address', family, first: value, last: value } as const;
  return address.zone === undefined ? range : { ...range, zone: address.zone };
}

/**
 * Gives the network of the class of an IPv4 address without a mask that ends in .0; undefined for all other ranges.
 *
 * It is the range itself where its host part is zero, and else what the author may have had in mind.
 * Source: DOC R10.
 */
export function classfulNetwork({ text, form, family, first }: IpRange): IpRange | undefined {
  if ((form !== 'classful' && form !== 'address') || family !== 'ipv4' || (first & 0xffn) !== 0n)
    return undefined;
  const hostPart = hostPartOf(first);
  if (hostPart === undefined) return undefined;
  return { text, form: 'classful', family, first: first & ~hostPart, last: first | hostPart };
}

const readIpRange: (text: string) => IpRange | IpRangeFault = remembered(readUnknown);

function readUnknown(text: string): IpRange | IpRangeFault {
  const trimmed = text.trim();
  const mask = trimmed.endsWith(')') ? /^([^()]+?) ?\(([^()]*)\)$/.exec(trimmed) : undefined;
  if (mask) return readMask(text, mask[1] ?? '', mask[2] ?? '');
  const slash = trimmed.indexOf('/');
  if (slash >= 0) return readCidr(text, trimmed.slice(0, slash), trimmed.slice(slash + 1));
  const ends = trimmed.includes('-') ? /^([0-9a-f:.%]+) ?- ?([0-9a-f:.%]+)$/i.exec(trimmed) : undefined;
  const first = ends && parseIpAddress(ends[1] ?? '');
  const last = ends && parseIpAddress(ends[2] ?? '');
  if (first && last) return readEnds(text, first, last);
  const address = parseIpAddress(trimmed);
  if (!address) return faultOf(trimmed);
  const classful = classfulLast(address.value, address.family);
  return classful === undefined
    ? { ...rangeOfAddress(address), text }
    : { text, form: 'classful', family: 'ipv4', first: address.value, last: classful };
}

function readEnds(text: string, first: IpAddress, last: IpAddress): IpRange | IpRangeFault {
  if (first.family !== last.family) return 'mixed-families';
  if (first.zone !== last.zone) return 'malformed';
  if (last.value < first.value) return 'reversed';
  const range = { text, form: 'range', family: first.family, first: first.value, last: last.value } as const;
  return first.zone === undefined ? range : { ...range, zone: first.zone };
}

function readCidr(text: string, addressText: string, prefixText: string): IpRange | IpRangeFault {
  const address = parseUnmapped(addressText);
  if (!address) return faultOf(addressText);
  if (!/^\d+$/.test(prefixText)) return 'malformed';
  const prefix = Number(prefixText);
  if (prefix > bitsIn[address.family]) return 'prefix-out-of-bounds';
  if (prefix.toString() !== prefixText) return 'malformed';
  // A block wholly inside ::ffff:0:0/96 is a block of IPv4 addresses; a wider one is not.
  if (address.family === 'ipv6' && isMapped(address.value) && prefix >= 96) {
    return block(text, 'cidr', { family: 'ipv4', value: address.value & 0xffffffffn }, prefix - 96);
  }
  return block(text, 'cidr', address, prefix);
}

function readMask(text: string, addressText: string, maskText: string): IpRange | IpRangeFault {
  const address = parseIpAddress(addressText);
  const mask = parseIpAddress(maskText);
  if (!address) return faultOf(addressText);
  if (!mask) return 'malformed';
  if (mask.family !== address.family) return 'mixed-families';
  if (address.family === 'ipv6') return 'malformed';
  const hostPart = ~mask.value & 0xffffffffn;
  if ((hostPart & (hostPart + 1n)) !== 0n) return 'non-contiguous-mask';
  return block(text, 'mask', address, 32 - (hostPart === 0n ? 0 : hostPart.toString(2).length));
}

function block(text: string, form: 'cidr' | 'mask', address: IpAddress, prefix: number): IpRange {
  const hostBits = BigInt(bitsIn[address.family] - prefix);
  const first = (address.value >> hostBits) << hostBits;
  const last = first + (1n << hostBits) - 1n;
  const range = { text, form, family: address.family, first, last } as const;
  return address.zone === undefined ? range : { ...range, zone: address.zone };
}

/** The last address of the classful network whose first one is given; undefined where the host part is not zero. */
function classfulLast(value: bigint, family: IpFamily): bigint | undefined {
  const hostPart = family === 'ipv4' ? hostPartOf(value) : undefined;
  return hostPart !== undefined && (value & hostPart) === 0n ? value | hostPart : undefined;
}

/** The bits of an IPv4 address that its class leaves to hosts; undefined for multicast and above. */
function hostPartOf(value: bigint): bigint | undefined {
  const firstOctet = value >> 24n;
  if (firstOctet > 223n) return undefined;
  return firstOctet < 128n ? 0xffffffn : firstOctet < 192n ? 0xffffn : 0xffn;
}

function endOf(range: IpRange, value: bigint): IpAddress {
  const { family, zone } = range;
  return zone === undefined ? { family, value } : { family, value, zone };
}

function faultOf(text: string): IpRangeFault {
  // A last label of digits alone is the end of a broken address, not of a name.
  const isName = /^[a-z0-9_.*-]+$/i.test(text) && /[a-z_]/i.test(text.slice(text.lastIndexOf('.') + 1));
  return isName ? 'host-name' : 'malformed';
}
