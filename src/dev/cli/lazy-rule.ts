import { readFileSync } from 'node:fs';
import type { Rule, RuleModule } from '../../lint/rule.ts';
import { inPackage } from '../../package.ts';

/** What is written of a rule; a run that finds nothing reads none of it. */
export type RuleTexts = Pick<RuleModule, (typeof textKeys)[number]>;

/** The parts of a rule that are text. */
export const textKeys = ['summary', 'why', 'sources', 'examples'] as const;

/** Where the texts of all rules lie in the package. */
export const ruleTextsFile = 'dist/bin/rule-texts.json';

let read: Readonly<Record<string, RuleTexts>> | undefined;

function textsOf(id: string): RuleTexts {
  read ??= JSON.parse(readFileSync(inPackage(ruleTextsFile), 'utf8')) as Record<string, RuleTexts>;
  const texts = read[id];
  if (texts === undefined) throw new Error(`${ruleTextsFile} has no rule "${id}"`);
  return texts;
}

/** All lazy rules inherit these, for an object with getters of its own takes ten times the memory of one without. */
const texts = Object.defineProperties(
  {},
  Object.fromEntries(
    textKeys.map((key) => [
      key,
      {
        enumerable: true,
        get(this: Rule): unknown {
          return textsOf(this.id)[key];
        },
      },
    ]),
  ),
) as RuleTexts;

/** Makes a rule of one whose texts were cut out of the bundle: each is read from the file when it is asked for. */
export function lazyRule(rule: Omit<RuleModule, keyof RuleTexts>, id: string, category: string): Rule {
  return Object.assign(Object.create(texts) as RuleTexts, rule, { id, category });
}
