import type { Fix } from '../base/diagnostic.ts';
import type { Span } from '../base/span.ts';
import type { LocatedList } from '../source/located.ts';

/**
 * Makes the fix that takes an item out of a list in brackets, with the comma before it.
 *
 * Fails: gives none for the first item, which has no comma before it, and for a list with dashes, where a comment may
 * belong to an item.
 */
export function dropItem({ items, style }: LocatedList, place: Span): Fix | undefined {
  const index = items.findIndex(({ at }) => at.start === place.start);
  const [before, item] = [items[index - 1], items[index]];
  if (style !== 'flow' || !before || !item || item.at.start < before.at.end) return undefined;
  const at = { ...item.at, start: before.at.end };
  return { description: 'Remove the repeated entry.', edits: [{ at, text: '' }] };
}
