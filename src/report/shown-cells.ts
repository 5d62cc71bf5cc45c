import { cellsOf, type Cell } from './terminal-cells.ts';

/** A part of a line. Unit: UTF-16 code units of the line, half-open. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** Some cells in a row, by their indexes, half-open. */
type Run = readonly [first: number, last: number];

/** Sorts runs and joins those that touch. */
function joined(runs: readonly Run[]): readonly Run[] {
  const result: Run[] = [];
  for (const run of [...runs].sort((a, b) => a[0] - b[0])) {
    const before = result.at(-1);
    if (before && run[0] <= before[1]) result[result.length - 1] = [before[0], Math.max(before[1], run[1])];
    else result.push(run);
  }
  return result;
}

/** Cuts the parts of a line near the stretches into cells; what is farther off than a terminal is wide is not looked at. */
function cellsNear(line: string, stretches: readonly Stretch[], room: number): readonly Cell[] {
  if (line.length <= 8 * room) return cellsOf(line, 0);
  const near = [keyOf(line), ...stretches].flatMap(({ start, end }) =>
    [start, end].map((at): Run => [Math.max(0, at - 2 * room), Math.min(line.length, at + 2 * room)]),
  );
  return joined(near).flatMap(([first, last]) => {
    // A cut between the halves of a character would show both as faults of the file.
    const start = /[\udc00-\udfff]/.test(line.charAt(first)) ? first + 1 : first;
    const end = /[\ud800-\udbff]/.test(line.charAt(last - 1)) ? last - 1 : last;
    return cellsOf(line.slice(start, end), start);
  });
}

/** The cells that a stretch touches; of an empty one none, at the place where they would be. */
function runOf(cells: readonly Cell[], { start, end }: Stretch): Run {
  const first = cells.findIndex((cell) => cell.end > start);
  if (first < 0) return [cells.length, cells.length];
  const last = cells.findIndex((cell) => cell.start >= end);
  return [first, Math.max(first, last < 0 ? cells.length : last)];
}

/** Both ends of a run that is too wide to be shown. */
function endsOf([first, last]: Run, widthOf: (run: Run) => number, share: number): readonly Run[] {
  if (widthOf([first, last]) <= share) return [[first, last]];
  let head = first;
  while (head < last && widthOf([first, head + 1]) <= share / 2) head += 1;
  let tail = last;
  while (tail > head && widthOf([tail - 1, last]) <= share / 2) tail -= 1;
  return [
    [first, head],
    [tail, last],
  ];
}

/** Widens each run in turn, to the left and to the right, as long as all fits. */
function grown(runs: readonly Run[], count: number, fits: (runs: readonly Run[]) => boolean): readonly Run[] {
  let result = runs;
  for (let before; before !== result;) {
    before = result;
    for (const [first, last] of before) {
      const wider: readonly Run[] = [
        [Math.max(0, first - 1), last],
        [first, Math.min(count, last + 1)],
      ];
      for (const run of wider) {
        const next = joined([...result, run]);
        if (next.join() !== result.join() && fits(next)) result = next;
      }
    }
  }
  return result;
}

/** The key at the beginning of a line, which tells what the rest is about; a long one is left to chance. */
function keyOf(line: string): Stretch {
  return { start: 0, end: /^\s*[^\s:][^:]{0,30}:/.exec(line.slice(0, 60))?.[0].length ?? 0 };
}

/**
 * Chooses the cells of a line that are shown: the stretches, of a wide one both ends, and then what stands around them.
 *
 * Unit: `room` counts columns of a terminal; each place where something is left out takes one.
 */
export function shownCells(line: string, spokenOf: readonly Stretch[], room: number): readonly Cell[] {
  const stretches = spokenOf.length === 0 ? [{ start: 0, end: 0 }] : spokenOf;
  const cells = cellsNear(line, stretches, room);
  const upTo = [0];
  for (const [index, { width, start }] of cells.entries()) {
    const isCut = start !== (cells[index - 1]?.end ?? start);
    upTo.push((upTo[index] ?? 0) + width + (isCut ? 1 : 0));
  }
  const widthOf = ([first, last]: Run): number => (upTo[last] ?? 0) - (upTo[first] ?? 0);
  const fits = (runs: readonly Run[]): boolean => {
    const beginning = cells[runs[0]?.[0] ?? 0]?.start ?? 0;
    const end = cells[(runs.at(-1)?.[1] ?? 0) - 1]?.end ?? 0;
    const cuts = runs.length - 1 + (beginning > 0 ? 1 : 0) + (end < line.length ? 1 : 0);
    return runs.reduce((sum, run) => sum + widthOf(run), cuts) <= room;
  };
  const all: readonly Run[] = [[0, cells.length]];
  if (fits(all)) return cells;
  const key = runOf(cells, keyOf(line));
  const isRoomForKey = 3 * widthOf(key) <= room;
  const withKey = (runs: readonly Run[]): readonly Run[] => (isRoomForKey ? joined([...runs, key]) : runs);
  const share = Math.max(4, Math.floor((room - (isRoomForKey ? widthOf(key) : 0)) / stretches.length) - 4);
  const needed = joined(stretches.flatMap((stretch) => endsOf(runOf(cells, stretch), widthOf, share)));
  const runs = withKey(grown(needed, cells.length, (wider) => fits(withKey(wider))));
  return runs.flatMap(([first, last]) => cells.slice(first, last));
}
