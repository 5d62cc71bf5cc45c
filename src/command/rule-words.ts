import { flow } from '../base/flow.ts';
import { builtIn } from '../lint/built-in.ts';
import type { RuleWords } from '../report/report.ts';
import { rules } from '../../rules/index.ts';

/** Looks up what a rule, or a stage that gives diagnostics, says of itself. */
export function ruleWords(id: string): RuleWords | undefined {
  const rule = rules.find((one) => one.id === id);
  const stage = builtIn.find((one) => one.id === id);
  const said = rule ?? stage;
  if (said === undefined) return undefined;
  return {
    id,
    category: rule?.category ?? 'built-in',
    severity: said.severity,
    ...(rule?.lock === undefined ? {} : { lock: rule.lock }),
    summary: flow(said.summary),
    why: flow(said.why),
    wrong: rule?.examples.bad ?? [],
    right: rule?.examples.good ?? [],
  };
}
