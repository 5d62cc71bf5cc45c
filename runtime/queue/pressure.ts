import type { Pressure } from '../message.ts';

/** Where the pressure of one resource rises, and the lower marks where it falls again, so that it does not flutter. */
export interface Thresholds {
  readonly normalToMedium: number;
  readonly mediumToHigh: number;
  readonly highToMedium: number;
  readonly mediumToNormal: number;
}

/**
 * Memory in use, in hundredths of what the process may take.
 *
 * The marks are those of Exchange's private bytes. Source: EXCH back pressure.
 */
export const memoryThresholds: Thresholds = {
  normalToMedium: 72,
  mediumToHigh: 75,
  highToMedium: 73,
  mediumToNormal: 71,
};

/** The space that Exchange's formula for a disk leaves free. Unit: bytes. Source: EXCH back pressure. */
const leastFree = 500 * 1024 ** 2;

/**
 * Space in use on a disk of a size. Unit: bytes.
 *
 * High is Exchange's formula, the size less 500 MB; of a small disk it is nine tenths. The other marks are ours: hundredths,
 * as Exchange counts them, would stop mail on a large disk with plenty of room.
 */
export function diskThresholds(size: number): Thresholds {
  const step = Math.min(leastFree, size / 10);
  return {
    normalToMedium: size - 2 * step,
    mediumToHigh: size - step,
    highToMedium: size - 1.5 * step,
    mediumToNormal: size - 2.5 * step,
  };
}

/** Tells the pressure of a resource from what it was and what is in use now. */
export function nextPressure(before: Pressure, used: number, thresholds: Thresholds): Pressure {
  if (used >= thresholds.mediumToHigh) return 'high';
  if (before === 'high' && used >= thresholds.highToMedium) return 'high';
  if (used >= thresholds.normalToMedium) return 'medium';
  if (before !== 'normal' && used >= thresholds.mediumToNormal) return 'medium';
  return 'normal';
}

/** The pressure of several resources together is that of the worst. */
export function worstPressure(all: Iterable<Pressure>): Pressure {
  const levels = new Set(all);
  if (levels.has('high')) return 'high';
  return levels.has('medium') ? 'medium' : 'normal';
}
