import type { Diagnostic, Severity } from '../base/diagnostic.ts';
import { linedSources } from '../report/compact.ts';
import { framesOf } from '../report/pretty.ts';
import { countOf, plain, ruleUrl, type Findings } from '../report/report.ts';
import { positionAt, type LinedText } from '../report/text-position.ts';
import { lines, nothing, tag, words, wordsIn, type Html } from './html.ts';
import type { Section } from './section.ts';
import type { TopologyFacts } from './topology-facts.ts';

const looks: Readonly<Record<Severity, string>> = { error: 'bad', warning: 'warn', info: 'calm' };

/** Tells what lint finds, in its own words. */
export function findingsSection({ file, text, findings, wordsOf, judgedAt }: TopologyFacts): Section {
  const found: Findings = { diagnostics: findings, sources: new Map([[file, text]]), wordsOf };
  const textOf = linedSources(found);
  const { errors, warnings, infos } = countOf(findings);
  const counts =
    findings.length === 0
      ? 'There are none'
      : [counted(errors, 'error'), counted(warnings, 'warning'), counted(infos, 'info')].join(', ');
  const dates =
    judgedAt === undefined
      ? ' Whether certificates are in date is not judged here, for that changes from day to day; the table of certificates counts, and "mailtopo lint" judges.'
      : '';
  return {
    id: 'findings',
    title: 'Findings',
    body: lines(
      wordsIn('p', `${counts}.${dates}`),
      findings.length === 0
        ? nothing
        : tag(
            'ol',
            { class: 'findings' },
            lines(...findings.map((one) => findingHtml(one, textOf, wordsOf(one.rule) !== undefined))),
          ),
    ),
  };
}

function counted(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`;
}

function findingHtml(one: Diagnostic, textOf: (file: string) => LinedText, isKnown: boolean): Html {
  const { severity, message, rule, help, at } = one;
  const { line, column } = positionAt(textOf(at.file), at.start);
  const ruleHtml = isKnown
    ? wordsIn('a', rule, { href: ruleUrl(rule), rel: 'noreferrer' })
    : wordsIn('span', rule);
  return tag(
    'li',
    {},
    lines(
      tag(
        'p',
        { class: 'message' },
        lines(wordsIn('span', severity, { class: `badge ${looks[severity]}` }), wordsIn('strong', message)),
      ),
      tag('p', { class: 'quiet' }, words(`line ${line}, column ${column} · `), ruleHtml),
      wordsIn('pre', framesOf(one, textOf, plain), { tabindex: 0 }),
      help === undefined ? nothing : wordsIn('p', help),
    ),
  );
}
