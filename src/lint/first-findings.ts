import type { Bound } from '../base/bounds.ts';
import { bounds } from '../base/bounds.ts';
import { inOrder, type Diagnostic } from '../base/diagnostic.ts';

/** Cuts the middle out of a text that nobody would read to its end; its end says what is wrong. */
function shortened(text: string): string {
  const { most } = bounds.words;
  if (text.length <= most) return text;
  return `${text.slice(0, Math.floor(most / 2))} … ${text.slice(-Math.floor(most / 4))}`;
}

/** Keeps one finding within what a report can hold, however long the values are that it speaks of. */
function inWords(one: Diagnostic): Diagnostic {
  const { message, help, related } = one;
  return {
    ...one,
    message: shortened(message),
    related: related.slice(0, bounds.places.most).map(({ at, note }) => ({ at, note: shortened(note) })),
    ...(help === undefined ? {} : { help: shortened(help) }),
  };
}

/** Puts findings in order and keeps the first ones; where there are more, the last one says so at the place of the next. */
export function firstFindings(found: readonly Diagnostic[], { most }: Bound): readonly Diagnostic[] {
  const sorted = inOrder(found.map(inWords));
  const next = sorted[most];
  if (next === undefined) return sorted;
  const left: Diagnostic = {
    rule: 'too-many-findings',
    severity: sorted.slice(most).some(({ severity }) => severity === 'error') ? 'error' : 'warning',
    message: `From here on there are more findings than the ${most} above.`,
    at: next.at,
    related: [],
    help: 'Mend the first ones and lint again.',
  };
  return [...sorted.slice(0, most), left];
}
