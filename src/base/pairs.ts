/** Gives every unordered pair of a list once, the earlier element first; for lists that stay short, such as those of one object. */
export function* pairs<T>(items: readonly T[]): Generator<readonly [T, T]> {
  for (const [index, earlier] of items.entries()) {
    for (const later of items.slice(index + 1)) yield [earlier, later];
  }
}
