import type { Place } from './frame.ts';
import { lineText, type LinedText } from './text-position.ts';

/** A place over several lines, shown by a bar before them. */
export interface Bar {
  readonly place: Place;
  /** Which column before the source it takes; counts from 0. */
  readonly slot: number;
  /** A place that begins its line needs no more than a slash; another one is led to by an arm below its line. */
  readonly beginsWith: 'slash' | 'arm';
}

/** More bars than this would push the source out of sight; of further places the first line is underlined. Our choice. */
const most = 3;

/** Gives each place over several lines a bar; those that hold others stand outside of them. */
export function barsOf(places: readonly Place[], text: LinedText): readonly Bar[] {
  return places
    .filter(({ first, last }) => first < last)
    .sort((a, b) => a.first - b.first || b.last - a.last)
    .slice(0, most)
    .map((place, slot): Bar => {
      const before = lineText(text, place.first).slice(0, place.start);
      return { place, slot, beginsWith: before.trim() === '' ? 'slash' : 'arm' };
    });
}
