import { readFileSync } from 'node:fs';
import type { Rule, RuleModule } from '../../lint/rule.ts';
import { packageRoot } from '../../package.ts';

/** What is written of a rule; a run that finds nothing reads none of it. */
export type RuleTexts = Pick<RuleModule, (typeof textKeys)[number]>;

/** The parts of a rule that are text. */
export const textKeys = ['summary', 'why', 'sources', 'examples'] as const;

/** Where the texts of all rules lie in the package. */
export const ruleTextsFile = 'dist/bin/rule-texts.json';

let read: Readonly<Record<string, RuleTexts>> | undefined;

function textsOf(id: string): RuleTexts {
  read ??= JSON.parse(readFileSync(new URL(ruleTextsFile, packageRoot), 'utf8')) as Record<string, RuleTexts>;
  const texts = read[id];
  if (texts === undefined) throw new Error(`${ruleTextsFile} has no rule "${id}"`);
  return texts;
}

/** Makes a rule of one whose texts were cut out of the bundle: each is read from the file when it is asked for. */
export function lazyRule(rule: Omit<RuleModule, keyof RuleTexts>, id: string, category: string): Rule {
  const lazy = { ...rule, id, category };
  for (const key of textKeys)
    Object.defineProperty(lazy, key, { enumerable: true, get: () => textsOf(id)[key] });
  return lazy as Rule;
}
