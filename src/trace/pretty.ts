import { printable } from '../base/printable.ts';
import type { Paint } from '../report/report.ts';
import { storyOf, type Line } from './story.ts';
import type { Trace, Verdict } from './trace.ts';

/** Says where in the topology something stands, such as `topology.yaml:31`; undefined for what Exchange's setup makes. */
export type PlaceOf = (about: object) => string | undefined;

/** Writes the verdict in one line: `accepted`, or `rejected:` and the reply that the client sees. */
export function verdictLine(verdict: Verdict): string {
  if (verdict.kind === 'accepted') return 'accepted';
  const some = verdict.recipients === undefined ? '' : ` (${verdict.recipients.join(', ')})`;
  return printable(`rejected: ${verdict.reply.replaceAll('\r\n', ' ')}${some}`);
}

/** Writes a trace for people: the verdict, then the way in the order in which things happen. */
export function prettyTrace(trace: Trace, placeOf: PlaceOf, paint: Paint): string {
  const { verdict } = trace;
  const colour = verdict.kind === 'accepted' ? paint.strong : paint.error;
  const parts = storyOf(trace).map(
    ({ title, lines }) =>
      `\n${paint.strong(printable(title))}\n${lines.map((line) => lineText(line, placeOf, paint)).join('')}`,
  );
  return `${colour(verdictLine(verdict))}\n${parts.join('')}`;
}

/** Writes a line, and beside it where in the topology stands what it is about. */
export function lineWords(
  { kind, text, about }: Line,
  placeOf: PlaceOf,
): { readonly text: string; readonly place?: string } {
  const place = about && kind !== 'not' ? placeOf(about) : undefined;
  return { text: printable(text), ...(place !== undefined && { place: printable(place) }) };
}

function lineText(line: Line, placeOf: PlaceOf, paint: Paint): string {
  const { kind } = line;
  const { text, place } = lineWords(line, placeOf);
  const shown = text + (place === undefined ? '' : paint.faint(` [${place}]`));
  switch (kind) {
    case 'fact':
      return `  ${shown}\n`;
    case 'not':
      return paint.faint(`    ${shown}\n`);
    case 'said':
      return paint.faint(`  > ${shown}\n`);
    case 'bad':
      return `  ${paint.error(shown)}\n`;
  }
}
