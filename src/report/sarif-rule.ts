import { ruleUrl, type RuleWords } from './report.ts';
import type { Severity } from '../base/diagnostic.ts';

/** Source: SARIF 2.1.0 §3.27.10. */
export const sarifLevel: Readonly<Record<Severity, 'error' | 'warning' | 'note'>> = {
  error: 'error',
  warning: 'warning',
  info: 'note',
};

const problemSeverity: Readonly<Record<Severity, string>> = {
  error: 'error',
  warning: 'warning',
  info: 'recommendation',
};

function allowing({ id, lock }: RuleWords): string {
  return lock === 'locked'
    ? 'The rule is locked: it can be neither suppressed nor lowered.'
    : `Where the finding is wrong: # mailtopo: allow ${id} -- <reason>`;
}

function markdownOf(words: RuleWords): string {
  const block = (title: string) => (text: string) => `**${title}**\n\n\`\`\`yaml\n${text.trimEnd()}\n\`\`\``;
  const parts = [words.why, ...words.wrong.map(block('Wrong')), ...words.right.map(block('Right'))];
  return [...parts, allowing(words).replace(/# mailtopo.*/, '`$&`')].join('\n\n');
}

/** The name that readers show: `MixedSourceServers`. */
function nameOf(id: string): string {
  return id.replaceAll(/(?:^|-)(.)/g, (_, letter: string) => letter.toUpperCase());
}

/** Describes a rule in a log; of a rule that nobody knows only the name is left. Source: SARIF 2.1.0 §3.49. */
export function sarifRule(id: string, words: RuleWords | undefined): object {
  if (words === undefined) {
    const text = { text: id };
    return {
      id,
      name: nameOf(id),
      shortDescription: text,
      fullDescription: text,
      help: text,
      helpUri: ruleUrl(id),
    };
  }
  return {
    id,
    name: nameOf(id),
    shortDescription: { text: words.summary },
    fullDescription: { text: words.why },
    help: { text: `${words.why}\n${allowing(words)}`, markdown: markdownOf(words) },
    helpUri: ruleUrl(id),
    defaultConfiguration: { level: sarifLevel[words.severity] },
    properties: {
      tags: [words.category, ...(words.lock === 'locked' ? ['security'] : [])],
      precision: 'high',
      'problem.severity': problemSeverity[words.severity],
    },
  };
}
