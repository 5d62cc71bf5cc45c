import { inOrder } from '../base/diagnostic.ts';
import { pretty } from '../report/pretty.ts';
import { plain } from '../report/report.ts';
import type { Rule } from '../lint/rule.ts';
import { exampleFile, runExample, withoutCarets } from './rule-example.ts';

/** An example as a reader sees it, what a user sees of the rule alone, and whether it can be mended. */
export interface Shown {
  readonly text: string;
  readonly output: string;
  readonly fixes: readonly ('safe' | 'unsafe')[];
}

/** Runs a rule over a wrong example; carets are left out first, so that line numbers are those of the shown text. */
export function shownOf(rule: Rule, example: string): Shown {
  const { text, diagnostics } = runExample(rule, withoutCarets(example));
  const found = inOrder(diagnostics);
  const output = pretty({ diagnostics: found, sources: new Map([[exampleFile, text]]) }, plain);
  const fixes = found.flatMap(({ fix }) => (fix === undefined ? [] : [fix.safety ?? ('safe' as const)]));
  return { text: withoutCarets(example), output, fixes };
}
