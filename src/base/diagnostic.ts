import type { Span } from './span.ts';

/** How bad a fault is: an `error` blocks emission, a `warning` counts against `--max-warnings`, an `info` does neither. */
export type Severity = 'error' | 'warning' | 'info';

/** Another place that belongs to a diagnostic, with a note on what it shows. */
export interface Related {
  readonly at: Span;
  readonly note: string;
}

/**
 * A change of the source text that takes the fault away.
 *
 * A fix is safe where the new text means what the old one meant, or the only thing that its author can have meant.
 */
export interface Fix {
  readonly description: string;
  /** Absent where it is safe; an unsafe one is a guess, and is applied only on request. */
  readonly safety?: 'unsafe';
  readonly edits: readonly { readonly at: Span; readonly text: string }[];
}

/** A step of what leads to a finding; without a place it comes from what the file does not say. */
export interface FlowStep {
  readonly at?: Span;
  readonly note: string;
}

/** A fault of the author's file, at its place. Never thrown. */
export interface Diagnostic {
  /** A rule id, or `yaml-syntax` or `schema`. */
  readonly rule: string;
  readonly severity: Severity;
  /** One sentence of fact, names in double quotes, full stop. */
  readonly message: string;
  /** The tightest place that shows the fault. */
  readonly at: Span;
  readonly related: readonly Related[];
  /** One imperative sentence. */
  readonly help?: string;
  readonly fix?: Fix;
  /** The way that leads to it, in the order in which things happen. */
  readonly flow?: readonly FlowStep[];
}

/** What a stage made, as far as it could, and what it has to say; `value` is absent when nothing can be made of the input. */
export interface Checked<T> {
  readonly value?: T;
  readonly diagnostics: readonly Diagnostic[];
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Orders diagnostics by file, place and rule. */
export function compareDiagnostics(a: Diagnostic, b: Diagnostic): number {
  return (
    compareText(a.at.file, b.at.file) ||
    a.at.start - b.at.start ||
    a.at.end - b.at.end ||
    compareText(a.rule, b.rule) ||
    compareText(a.message, b.message)
  );
}

/** Puts diagnostics in order and drops repeats, which anchors and aliases cause. */
export function inOrder(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const sorted = [...diagnostics].sort(compareDiagnostics);
  return sorted.filter((one, index) => {
    const previous = sorted[index - 1];
    return previous === undefined || compareDiagnostics(previous, one) !== 0;
  });
}

/** Says whether an error stands, so that nothing may be emitted. */
export function hasErrors(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some(({ severity }) => severity === 'error');
}
