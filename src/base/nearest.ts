/** Unit: UTF-16 code units; the letters of two words are compared each with each. Our choice, twice the length of a connector's name. */
const longestWord = 128;

/** Words that one is compared with; a thousand names that nobody declares shall not cost a million comparisons. Our choice. */
const mostWords = 2000;

/**
 * Finds the word that a misspelt one was meant to be; undefined when none is near enough.
 *
 * Case does not count. One letter wrong, missing, added or swapped with its neighbour is one step; a word may be a third
 * of its letters away, and three steps at most, so that a guess is rarely a wrong one. Of very long words, and among very
 * many, none is guessed.
 */
export function nearest(misspelt: string, words: readonly string[]): string | undefined {
  return nearestOf(misspelt, words).best;
}

/** Finds the word that a misspelt one was meant to be as `nearest` does, where no other word is as near. */
export function onlyNearest(misspelt: string, words: readonly string[]): string | undefined {
  const { best, others } = nearestOf(misspelt, words);
  return others ? undefined : best;
}

function nearestOf(
  misspelt: string,
  words: readonly string[],
): { readonly best: string | undefined; readonly others: boolean } {
  if (misspelt.length > longestWord || words.length > mostWords) return { best: undefined, others: false };
  const given = misspelt.toLowerCase();
  let best: string | undefined;
  let others = false;
  let fewest = Math.min(3, Math.floor(given.length / 3)) + 1;
  for (const word of words) {
    const wanted = word.toLowerCase();
    if (Math.abs(wanted.length - given.length) > fewest) continue;
    const steps = distance(given, wanted);
    if (steps < fewest) [best, fewest, others] = [word, steps, false];
    else if (steps === fewest && word !== best) others = best !== undefined;
  }
  return { best, others };
}

/** Optimal string alignment distance, row by row. */
function distance(a: string, b: string): number {
  let beforeLast: readonly number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= b.length; column += 1) {
      const same = a[row - 1] === b[column - 1];
      const swapped = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      current.push(
        Math.min(
          at(last, column) + 1,
          at(current, column - 1) + 1,
          at(last, column - 1) + (same ? 0 : 1),
          swapped ? at(beforeLast, column - 2) + 1 : Infinity,
        ),
      );
    }
    [beforeLast, last] = [last, current];
  }
  return at(last, b.length);
}

function at(row: readonly number[], column: number): number {
  return row[column] ?? Infinity;
}
