import { readFileSync } from 'node:fs';
import { inPackage } from '../package.ts';

/** What a rule does with its own examples, found out when the program is built. */
export interface RuleFacts {
  /** Each wrong example, and what is reported of it. */
  readonly shown: readonly { readonly text: string; readonly output: string }[];
  /** The safest fix that it offers; absent where it offers none. */
  readonly fix?: 'safe' | 'unsafe';
}

/** Where they lie in the package. */
export const ruleFactsFile = 'dist/rules/rule-facts.json';

/** Reads them, by the id of the rule. */
export function ruleFacts(): Readonly<Record<string, RuleFacts>> {
  return JSON.parse(readFileSync(inPackage(ruleFactsFile), 'utf8')) as Record<string, RuleFacts>;
}
