import type { IpFamily } from './ip-address.ts';
import type { IpRange } from './ip-range.ts';

/** Addresses of one family from `first` to `last`, both included, however they were written. */
export type IpInterval = Pick<IpRange, 'family' | 'first' | 'last'>;

/** Says whether two lists of ranges have the same addresses, however each is written. */
export function sameAddresses(a: readonly IpInterval[], b: readonly IpInterval[]): boolean {
  return subtractRanges(a, b).length === 0 && subtractRanges(b, a).length === 0;
}

/** Says whether every address of a range is in one of the others, be it in several of them together. */
export function isCovered(range: IpInterval, by: readonly IpInterval[]): boolean {
  return subtractRanges([range], by).length === 0;
}

/** Takes addresses away from ranges; what is left does not overlap. */
export function subtractRanges(
  ranges: readonly IpInterval[],
  taken: readonly IpInterval[],
): readonly IpInterval[] {
  return taken.reduce<readonly IpInterval[]>(
    (left, one) => left.flatMap((range) => subtractOne(range, one)),
    withoutOverlap(ranges),
  );
}

/** Counts the addresses of a family that the ranges have together. */
export function countAddresses(ranges: readonly IpInterval[], family: IpFamily): bigint {
  return withoutOverlap(ranges)
    .filter((range) => range.family === family)
    .reduce((count, { first, last }) => count + last - first + 1n, 0n);
}

/** Joins what overlaps, so that no address counts twice, in order of family and first address. */
function withoutOverlap(ranges: readonly IpInterval[]): readonly IpInterval[] {
  const joined: IpInterval[] = [];
  for (const range of [...ranges].sort(compareStarts)) {
    const before = joined.at(-1);
    if (before?.family !== range.family || before.last < range.first) joined.push(range);
    else if (range.last > before.last) joined[joined.length - 1] = { ...before, last: range.last };
  }
  return joined;
}

function compareStarts(a: IpInterval, b: IpInterval): number {
  if (a.family !== b.family) return a.family < b.family ? -1 : 1;
  return a.first < b.first ? -1 : a.first > b.first ? 1 : 0;
}

function subtractOne(range: IpInterval, taken: IpInterval): readonly IpInterval[] {
  if (range.family !== taken.family || range.last < taken.first || taken.last < range.first) return [range];
  const below = range.first < taken.first ? [{ ...range, last: taken.first - 1n }] : [];
  const above = taken.last < range.last ? [{ ...range, first: taken.last + 1n }] : [];
  return [...below, ...above];
}
