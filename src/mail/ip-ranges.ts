import type { IpFamily } from './ip-address.ts';
import type { IpRange } from './ip-range.ts';

/** Addresses of one family from `first` to `last`, both included, however they were written. */
export type IpInterval = Pick<IpRange, 'family' | 'first' | 'last'>;

/** Says whether two lists of ranges have the same addresses, however each is written. */
export function sameAddresses(a: readonly IpInterval[], b: readonly IpInterval[]): boolean {
  const [ours, theirs] = [joinRanges(a), joinRanges(b)];
  return (
    ours.length === theirs.length &&
    ours.every(({ family, first, last }, index) => {
      const other = theirs[index];
      return other?.family === family && other.first === first && other.last === last;
    })
  );
}

/** Says whether every address of a range is in one of the others, be it in several of them together. */
export function isCovered(range: IpInterval, by: readonly IpInterval[]): boolean {
  return joinRanges(by).some(
    ({ family, first, last }) => family === range.family && first <= range.first && range.last <= last,
  );
}

/** Takes addresses away from ranges; what is left does not overlap. */
export function subtractRanges(
  ranges: readonly IpInterval[],
  taken: readonly IpInterval[],
): readonly IpInterval[] {
  const without = joinRanges(taken);
  const left: IpInterval[] = [];
  let next = 0;
  for (const range of joinRanges(ranges)) {
    while (liesBefore(without[next], range)) next += 1;
    let rest: IpInterval | undefined = range;
    for (let index = next; rest !== undefined; index += 1) {
      const one = without[index];
      if (one === undefined || one.family !== rest.family || one.first > rest.last) break;
      if (rest.first < one.first) left.push({ ...rest, last: one.first - 1n });
      rest = one.last < rest.last ? { ...rest, first: one.last + 1n } : undefined;
    }
    if (rest !== undefined) left.push(rest);
  }
  return left;
}

function liesBefore(one: IpInterval | undefined, range: IpInterval): boolean {
  if (one === undefined) return false;
  return one.family === range.family ? one.last < range.first : one.family < range.family;
}

/** Counts the addresses of a family that the ranges have together. */
export function countAddresses(ranges: readonly IpInterval[], family: IpFamily): bigint {
  return joinRanges(ranges)
    .filter((range) => range.family === family)
    .reduce((count, { first, last }) => count + last - first + 1n, 0n);
}

/** Joins what overlaps or adjoins, so that no address counts twice, in order of family and first address. */
export function joinRanges(ranges: readonly IpInterval[]): readonly IpInterval[] {
  const joined: IpInterval[] = [];
  for (const range of [...ranges].sort(compareStarts)) {
    const before = joined.at(-1);
    if (before?.family !== range.family || before.last + 1n < range.first) joined.push(range);
    else if (range.last > before.last) joined[joined.length - 1] = { ...before, last: range.last };
  }
  return joined;
}

function compareStarts(a: IpInterval, b: IpInterval): number {
  if (a.family !== b.family) return a.family < b.family ? -1 : 1;
  return a.first < b.first ? -1 : a.first > b.first ? 1 : 0;
}
