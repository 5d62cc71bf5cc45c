import type { Severity } from '../base/diagnostic.ts';
import { elideLines } from '../base/elide-lines.ts';
import { Failure } from '../base/failure.ts';
import { flow } from '../base/flow.ts';
import { nearest } from '../base/nearest.ts';
import { builtIn } from '../lint/built-in.ts';
import type { Rule } from '../lint/rule.ts';
import { ruleUrl } from '../report/report.ts';
import { exitCode, type ExitCode, type Streams } from '../run.ts';
import { rules } from '../../rules/index.ts';
import { ruleFacts } from './rule-facts.ts';
import { paintFor } from './terminal.ts';

/** Breaks text into lines of at most `width` characters. */
function wrap(text: string, width: number): string {
  const lines: string[] = [];
  let line = '';
  for (const word of flow(text).split(' ')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line].join('\n');
}

function indent(text: string): string {
  return elideLines(text, 400).replaceAll(/^(?=.)/gm, '    ');
}

/** What `rules` tells of a rule. */
interface Listed {
  readonly id: string;
  readonly category: string;
  readonly severity: Severity;
  readonly summary: string;
  readonly locked: boolean;
  /** Whether a finding can be mended by `--fix`, or by a guess; absent where a person has to. */
  readonly fix?: 'safe' | 'unsafe';
}

function listed(): readonly Listed[] {
  const facts = ruleFacts();
  return [
    ...rules.map(({ id, category, severity, summary, lock }) => {
      const fix = facts[id]?.fix;
      const locked = lock === 'locked';
      return { id, category, severity, summary, locked, ...(fix === undefined ? {} : { fix }) };
    }),
    ...builtIn.map(({ id, severity, summary }) => ({
      id,
      category: 'built-in',
      severity,
      summary,
      locked: false,
    })),
  ];
}

/** What stands for a rule in the column of marks. */
function markOf({ fix, locked }: Listed): string {
  return locked ? 'locked' : fix === 'safe' ? 'fix' : fix === 'unsafe' ? 'guess' : '';
}

/** `mailtopo rules`: every rule in one line, by area. */
export function listRules(options: { readonly format: string }, streams: Streams): ExitCode {
  const all = listed();
  if (options.format === 'json') {
    streams.out(`${JSON.stringify({ version: 1, rules: all }, undefined, 2)}\n`);
    return exitCode.clean;
  }
  if (options.format !== 'pretty') throw new Failure('usage', 'rules are printed as pretty or json');
  const paint = paintFor(process.stdout, process.env);
  const width = Math.max(...all.map(({ id }) => id.length));
  let category = '';
  for (const rule of all) {
    if (rule.category !== category)
      streams.out(`${category === '' ? '' : '\n'}${paint.strong(rule.category)}\n`);
    category = rule.category;
    const id = `${paint.link(rule.id, () => ruleUrl(rule.id))}${' '.repeat(width - rule.id.length)}`;
    const severity = paint[rule.severity](rule.severity.padEnd(7));
    streams.out(`  ${id}  ${severity}  ${markOf(rule).padEnd(6)}  ${flow(rule.summary)}\n`);
  }
  streams.out(
    '\nfix: lint --fix mends it; guess: lint --fix --unsafe-fixes does; locked: it cannot be allowed\n',
  );
  return exitCode.clean;
}

const fixWords = {
  safe: 'Fix: "mailtopo lint --fix" mends what has one meaning.',
  unsafe: 'Fix: "mailtopo lint --fix --unsafe-fixes" mends it by a guess; look at the difference.',
} as const;

function allowWords({ id, lock }: Rule): readonly string[] {
  if (lock === 'locked') return ['Locked: what it finds can be neither allowed nor lowered, only mended.'];
  return ['To allow it in one place, with a reason:', `    # mailtopo: allow ${id} -- <reason>`];
}

function explainRule(rule: Rule): string {
  const { shown = [], fix } = ruleFacts()[rule.id] ?? {};
  const parts = [
    `${rule.id} (${rule.severity}${rule.lock === 'locked' ? ', locked' : ''}, ${rule.category})\n`,
    wrap(rule.summary, 80),
    '',
    wrap(rule.why, 80),
    '',
    ...shown.flatMap(({ text, output }) => [
      'Wrong:',
      indent(text.trimEnd()),
      '',
      'Found:',
      indent(output.trimEnd()),
      '',
    ]),
    ...rule.examples.good.flatMap((example) => ['Right:', indent(example.trimEnd()), '']),
    ...(fix === undefined ? [] : [fixWords[fix], '']),
    ...allowWords(rule),
    '',
    'Sources:',
    ...rule.sources.map((source) => `    ${source}`),
  ];
  return `${parts.join('\n')}\n`;
}

/** `mailtopo explain RULE`: why a rule exists, with examples; needs no network. */
export function explain(id: string, streams: Streams): ExitCode {
  const rule = rules.find((one) => one.id === id);
  const stage = builtIn.find((one) => one.id === id);
  if (rule !== undefined) streams.out(explainRule(rule));
  else if (stage !== undefined) {
    streams.out(
      `${stage.id} (${stage.severity}, built-in)\n\n${wrap(stage.summary, 80)}\n\n${wrap(stage.why, 80)}\n`,
    );
  } else {
    const meant = nearest(
      id,
      [...rules, ...builtIn].map((one) => one.id),
    );
    const hint = meant === undefined ? 'run "mailtopo rules" for the list' : `did you mean "${meant}"?`;
    throw new Failure('unknown-rule', `there is no rule ${JSON.stringify(id)}; ${hint}`);
  }
  return exitCode.clean;
}
