import { holds, type IpRange } from './ip-range.ts';

type Ends = Pick<IpRange, 'family' | 'first' | 'last'>;

/** Ranges in order of their first address, to find those inside another one without looking at all of them. */
export class RangeIndex<T extends Ends> {
  readonly #sorted: readonly { readonly range: T; readonly order: number }[];

  constructor(ranges: readonly T[]) {
    this.#sorted = ranges
      .map((range, order) => ({ range, order }))
      .sort((a, b) => (a.range.first < b.range.first ? -1 : a.range.first > b.range.first ? 1 : 0));
  }

  /** Gives the ranges that lie inside another one, from the lowest to the highest. */
  *inside(outer: Ends): Generator<T> {
    for (const { range } of this.#inside(outer)) yield range;
  }

  /** Gives the range inside another one that came first in the list that the index was made of. */
  firstInside(outer: Ends): T | undefined {
    let first: { readonly range: T; readonly order: number } | undefined;
    for (const one of this.#inside(outer)) if (first === undefined || one.order < first.order) first = one;
    return first?.range;
  }

  *#inside(outer: Ends): Generator<{ readonly range: T; readonly order: number }> {
    for (let place = this.#firstFrom(outer.first); ; place += 1) {
      const one = this.#sorted[place];
      if (one === undefined || one.range.first > outer.last) return;
      if (holds(outer, one.range)) yield one;
    }
  }

  #firstFrom(address: bigint): number {
    let [low, high] = [0, this.#sorted.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      const one = this.#sorted[middle];
      if (one !== undefined && one.range.first < address) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
