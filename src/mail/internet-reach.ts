import { countAddresses, subtractRanges, type IpInterval } from './ip-ranges.ts';
import { parseIpRange } from './ip-range.ts';

/**
 * Blocks that no client on the Internet has.
 *
 * Source: RFC 6890 §2.2.2 (IPv4), §2.2.3 (IPv6); RFC 5737 §3 and RFC 3849 §2 (documentation).
 */
const specialBlocks: readonly IpInterval[] = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/3',
  // Of IPv6, only 2000::/3 is in use on the Internet.
  '::-1fff:ffff:ffff:ffff:ffff:ffff:ffff:ffff',
  '2001:db8::/32',
  '4000::-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff',
].flatMap((text) => parseIpRange(text) ?? []);

/**
 * How many public addresses one organization may plausibly have: a /12 of IPv4, a /24 of IPv6.
 *
 * The line is ours. It lies above what universities and large companies use, and well below what a network of the
 * class A has that was meant to be a host.
 */
const plausible = { ipv4: 1n << 20n, ipv6: 1n << 104n } as const;

/** Leaves of the ranges what clients on the Internet can have. */
export function publicPart(ranges: readonly IpInterval[]): readonly IpInterval[] {
  return subtractRanges(ranges, specialBlocks);
}

/** Says whether the ranges hold the Internet, or more of it than the clients of one organization can fill. */
export function reachesInternet(ranges: readonly IpInterval[]): boolean {
  const open = publicPart(ranges);
  return countAddresses(open, 'ipv4') > plausible.ipv4 || countAddresses(open, 'ipv6') > plausible.ipv6;
}
