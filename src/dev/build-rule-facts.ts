/** Writes what each rule does with its own examples, for `rules` and `explain`, which need neither network nor examples. */
import { writeFileSync } from 'node:fs';
import { ruleFactsFile, type RuleFacts } from '../command/rule-facts.ts';
import { rules } from '../../rules/index.ts';
import { shownOf } from './rule-shown.ts';

const facts = rules.map((rule): readonly [string, RuleFacts] => {
  const all = rule.examples.bad.map((example) => shownOf(rule, example));
  const fixes = all.flatMap((one) => one.fixes);
  const fix = fixes.includes('safe') ? 'safe' : fixes[0];
  const shown = all.map(({ text, output }) => ({ text, output }));
  return [rule.id, fix === undefined ? { shown } : { shown, fix }];
});
writeFileSync(ruleFactsFile, `${JSON.stringify(Object.fromEntries(facts))}\n`);
