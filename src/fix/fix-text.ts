import type { Diagnostic, Fix } from '../base/diagnostic.ts';
import { concerns, objectOf } from '../base/faulty-objects.ts';
import { findingKey } from '../base/finding-key.ts';
import { applyFixes } from './apply-fixes.ts';

/** Which fixes to apply: those that are safe, or all that are offered. */
export type FixChoice = 'safe' | 'all';

/** Finds the faults of a text. */
export type Lint = (text: string) => readonly Diagnostic[];

/** A text after its fixes, and what is left to say about it. */
export interface FixedText {
  readonly text: string;
  /** The findings whose fixes were applied. */
  readonly applied: readonly Diagnostic[];
  readonly diagnostics: readonly Diagnostic[];
}

/** A fix can make room for the next one, where two touched one place; more rounds than this are no progress. Our choice. */
const mostRounds = 10;

/** Unit: runs of the linter for one file, so that a file of bad fixes ends. Our choice. */
const mostRuns = 200;

type Fixable = Diagnostic & { readonly fix: Fix };

/**
 * Applies the fixes of a text until nothing changes.
 *
 * No fix is kept after which the text cannot be parsed, has an error that it had not, or has the same finding again.
 */
export function fixText(text: string, lint: Lint, choice: FixChoice): FixedText {
  const runs = { left: mostRuns };
  const applied: Diagnostic[] = [];
  let state = { text, diagnostics: lint(text) };
  for (let round = 0; round < mostRounds; round += 1) {
    const fixes = state.diagnostics.filter((one): one is Fixable => mayApply(one.fix, choice));
    const next = fixes.length === 0 ? undefined : soundest(state, fixes, lint, runs);
    if (next === undefined) break;
    for (const one of next.applied) applied.push(one);
    state = next;
  }
  return { ...state, applied };
}

function mayApply(fix: Fix | undefined, choice: FixChoice): boolean {
  return fix !== undefined && fix.edits.length > 0 && (choice === 'all' || fix.safety !== 'unsafe');
}

interface State {
  readonly text: string;
  readonly diagnostics: readonly Diagnostic[];
}

interface Step extends State {
  readonly applied: readonly Fixable[];
}

/** Applies as many of the fixes as are sound together: all at once, and where that fails, halves of them. */
function soundest(
  state: State,
  fixes: readonly Fixable[],
  lint: Lint,
  runs: { left: number },
): Step | undefined {
  let best: Step | undefined;
  const open: (readonly Fixable[])[] = [fixes];
  for (let batch = open.pop(); batch !== undefined && runs.left > 0; batch = open.pop()) {
    const step = applyFixes(state.text, [...(best?.applied ?? []), ...batch]);
    if (step.text === (best ?? state).text) continue;
    runs.left -= 1;
    const diagnostics = lint(step.text);
    if (isSound(state, diagnostics, step.applied)) best = { ...step, diagnostics };
    else if (batch.length > 1) {
      const half = batch.length >> 1;
      open.push(batch.slice(half), batch.slice(0, half));
    }
  }
  return best;
}

function isSound(before: State, after: readonly Diagnostic[], applied: readonly Diagnostic[]): boolean {
  const wanted = counted(before.diagnostics);
  const fixed = new Set<string>();
  for (const key of applied.map(findingKey)) {
    fixed.add(key);
    wanted.set(key, (wanted.get(key) ?? 0) - 1);
  }
  const hidden = hiddenObjects(before.diagnostics);
  if (shapeFaults(after) > shapeFaults(before.diagnostics)) return false;
  for (const one of after) {
    const key = findingKey(one);
    const left = (wanted.get(key) ?? 0) - 1;
    wanted.set(key, left);
    if (left >= 0) continue;
    if (fixed.has(key) || (one.severity === 'error' && !wasHidden(one, hidden))) return false;
  }
  return true;
}

function counted(diagnostics: readonly Diagnostic[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const key of diagnostics.map(findingKey)) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
}

function shapeFaults(diagnostics: readonly Diagnostic[]): number {
  return diagnostics.filter(({ rule }) => rule === 'schema').length;
}

/**
 * Rules are not believed about an object with a fault of shape, so a fix of that fault may uncover what they find; and
 * only under a key that is known has a value a shape.
 */
function hiddenObjects(diagnostics: readonly Diagnostic[]): ReadonlySet<string> {
  return new Set(diagnostics.filter(({ rule }) => rule === 'schema').map(({ at }) => objectOf(at.path)));
}

function wasHidden(one: Diagnostic, hidden: ReadonlySet<string>): boolean {
  return one.rule !== 'yaml-syntax' && concerns(one, hidden);
}
