import type { IpRange } from './ip-range.ts';

type Ends = Pick<IpRange, 'first' | 'last'>;

/** Ranges of one family, in order of their last address, of which some are open while another order is gone through. */
export class OpenRanges<T extends Ends> {
  readonly #byLast: readonly T[];
  readonly #rank: ReadonlyMap<T, number>;
  /** A tree of counts of open ranges, its leaves by rank; it finds the next open one in log n steps. */
  readonly #counts: Int32Array;
  readonly #leaves: number;

  constructor(ranges: readonly T[]) {
    this.#byLast = [...ranges].sort((a, b) => (a.last < b.last ? -1 : a.last > b.last ? 1 : 0));
    this.#rank = new Map(this.#byLast.map((range, rank) => [range, rank]));
    this.#leaves = 2 ** Math.ceil(Math.log2(Math.max(1, ranges.length)));
    this.#counts = new Int32Array(2 * this.#leaves);
  }

  open(range: T): void {
    const rank = this.#rank.get(range);
    if (rank === undefined || this.#count(this.#leaves + rank) > 0) return;
    for (let at = this.#leaves + rank; at >= 1; at >>= 1) this.#counts[at] = this.#count(at) + 1;
  }

  /** Gives the open ranges that end inside the given one, but before its end. */
  *endingInside({ first, last }: Ends): Generator<T> {
    for (let rank = this.#next(this.#firstEnding(first)); rank >= 0; rank = this.#next(rank + 1)) {
      const found = this.#byLast[rank];
      if (found === undefined || found.last >= last) return;
      yield found;
    }
  }

  #count(at: number): number {
    return this.#counts[at] ?? 0;
  }

  /** The rank of the first range, open or not, that ends at the address or behind it. */
  #firstEnding(address: bigint): number {
    let [low, high] = [0, this.#byLast.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      const range = this.#byLast[middle];
      if (range !== undefined && range.last < address) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** The rank of the first open range from a rank on; -1 where there is none. */
  #next(from: number): number {
    if (from >= this.#leaves) return -1;
    let at = this.#leaves + from;
    if (this.#count(at) > 0) return from;
    // Up until a neighbour to the right holds an open one, then down to the first of them.
    while (at > 1 && (at % 2 === 1 || this.#count(at + 1) === 0)) at >>= 1;
    if (at <= 1) return -1;
    for (at += 1; at < this.#leaves;) at = this.#count(2 * at) > 0 ? 2 * at : 2 * at + 1;
    return at - this.#leaves;
  }
}
