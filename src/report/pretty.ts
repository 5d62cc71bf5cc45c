import type { Diagnostic } from '../base/diagnostic.ts';
import { headline, linedSources } from './compact.ts';
import { frameOf, type FramePaint, type Labelled } from './frame.ts';
import { notes } from './notes.ts';
import { printable } from './printable.ts';
import type { Findings, Paint } from './report.ts';
import { positionAt, type LinedText } from './text-position.ts';

/** The fault and the places that belong to it, by file; the file of the fault comes first. */
function placesByFile(one: Diagnostic): ReadonlyMap<string, readonly Labelled[]> {
  const places = new Map<string, readonly Labelled[]>([
    [one.at.file, [{ at: one.at, tone: 'primary', label: '' }]],
  ]);
  for (const { at, note } of one.related) {
    const there = places.get(at.file) ?? [];
    const label = printable(note);
    const isThere = there.some(
      (other) => other.at.start === at.start && other.at.end === at.end && other.label === label,
    );
    if (!isThere) places.set(at.file, [...there, { at, tone: 'related', label }]);
  }
  return places;
}

/** Draws the places of a diagnostic, file by file. */
export function framesOf(one: Diagnostic, textOf: (file: string) => LinedText, paint: Paint): string {
  const framePaint: FramePaint = {
    columns: paint.columns,
    faint: paint.faint,
    toneOf: (tone) => (tone === 'primary' ? paint[one.severity] : paint.related),
  };
  let frames = '';
  for (const [file, places] of placesByFile(one)) {
    const text = textOf(file);
    if (file !== one.at.file) {
      const { line, column } = positionAt(text, places[0]?.at.start ?? 0);
      frames += `${paint.faint('   -->')} ${printable(file)}:${line}:${column}\n`;
    }
    frames += frameOf(places, text, framePaint);
  }
  return frames;
}

function block(
  one: Diagnostic,
  findings: Findings,
  textOf: (file: string) => LinedText,
  paint: Paint,
): string {
  const help = one.help === undefined ? '' : `  ${paint.strong('help:')} ${printable(one.help)}\n`;
  const head = headline(one, textOf(one.at.file), paint, findings);
  return `${head}\n${framesOf(one, textOf, paint)}${help}`;
}

/** The report for people: each diagnostic with the places that it speaks of, and help; at the end what to do next. */
export function pretty(findings: Findings, paint: Paint): string {
  const textOf = linedSources(findings);
  const blocks = findings.diagnostics.map((one) => block(one, findings, textOf, paint));
  return [...blocks, ...notes(findings, paint)].join('\n');
}
