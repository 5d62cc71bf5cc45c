import { holds, type IpRange } from './ip-range.ts';

/** Says whether two lists of ranges have the same addresses, however each is written. */
export function sameAddresses(a: readonly IpRange[], b: readonly IpRange[]): boolean {
  const ours = withoutOverlap(a);
  const theirs = withoutOverlap(b);
  return (
    ours.length === theirs.length &&
    ours.every((range, index) => {
      const other = theirs[index];
      return other !== undefined && holds(range, other) && holds(other, range);
    })
  );
}

/** Joins what overlaps or touches, in order of family and first address. */
function withoutOverlap(ranges: readonly IpRange[]): readonly IpRange[] {
  const joined: IpRange[] = [];
  for (const range of [...ranges].sort(compareStarts)) {
    const before = joined.at(-1);
    if (before?.family !== range.family || before.last + 1n < range.first) joined.push(range);
    else if (range.last > before.last) joined[joined.length - 1] = { ...before, last: range.last };
  }
  return joined;
}

function compareStarts(a: IpRange, b: IpRange): number {
  if (a.family !== b.family) return a.family < b.family ? -1 : 1;
  return a.first < b.first ? -1 : a.first > b.first ? 1 : 0;
}
