import type { LocatedNode } from '../source/located.ts';

/**
 * Says whether two trees hold the same keys and values in the same order; `changed` gives what a value, by its offset in
 * the first text, has become.
 */
export function sameNodes(
  before: LocatedNode,
  after: LocatedNode,
  changed: ReadonlyMap<number, string>,
): boolean {
  if (before.kind === 'scalar') {
    if (after.kind !== 'scalar') return false;
    const wanted = before.value === null ? undefined : changed.get(before.at.start);
    if (wanted !== undefined) return after.text === wanted;
    return Object.is(before.value, after.value) && before.text === after.text;
  }
  if (before.kind === 'list') {
    if (after.kind !== 'list' || before.items.length !== after.items.length) return false;
    const { items } = after;
    return before.items.every((item, index) => {
      const other = items[index];
      return other !== undefined && sameNodes(item, other, changed);
    });
  }
  if (after.kind !== 'map' || before.entries.length !== after.entries.length) return false;
  const { entries } = after;
  return before.entries.every(({ key, value }, index) => {
    const other = entries[index];
    return other !== undefined && key.text === other.key.text && sameNodes(value, other.value, changed);
  });
}
