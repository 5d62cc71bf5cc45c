/** What is to be placed: how high it is, and where its middle would like to be. Unit: pixels. */
export interface Wish {
  readonly height: number;
  readonly middle: number;
}

interface Block {
  readonly first: number;
  readonly count: number;
  readonly sum: number;
}

/**
 * Gives the upper edges of boxes that stand in one column in the order given: each as near to its wish as the others let
 * it (least squares), none above the top, with a gap between each two.
 *
 * Source: Barlow et al. 1972, pool adjacent violators.
 */
export function placeColumn(wishes: readonly Wish[], top: number, gap: number): readonly number[] {
  const offsets: number[] = [];
  let offset = 0;
  for (const { height } of wishes) {
    offsets.push(offset);
    offset += height + gap;
  }
  const blocks: Block[] = [];
  for (const [index, { height, middle }] of wishes.entries()) {
    let block: Block = { first: index, count: 1, sum: middle - height / 2 - (offsets[index] ?? 0) };
    for (let last = blocks.at(-1); last && mean(last) > mean(block); last = blocks.at(-1)) {
      blocks.pop();
      block = { first: last.first, count: last.count + block.count, sum: last.sum + block.sum };
    }
    blocks.push(block);
  }
  const starts = blocks.flatMap((block) => Array.from({ length: block.count }, () => mean(block)));
  return starts.map((start, index) => Math.round(Math.max(top, start) + (offsets[index] ?? 0)));
}

function mean({ sum, count }: Block): number {
  return sum / count;
}
