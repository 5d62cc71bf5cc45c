import { elideLines } from '../base/elide-lines.ts';
import { Failure } from '../base/failure.ts';
import { flow } from '../base/flow.ts';
import { nearest } from '../base/nearest.ts';
import { builtIn } from '../lint/built-in.ts';
import type { Rule } from '../lint/rule.ts';
import { exitCode, type ExitCode, type Streams } from '../run.ts';
import { rules } from '../../rules/index.ts';

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

/** `mailtopo rules`: every rule in one line. */
export function listRules(options: { readonly format: string }, streams: Streams): ExitCode {
  const all = [
    ...rules.map(({ id, category, severity, summary, lock }) => ({
      id,
      category,
      severity,
      summary,
      locked: lock === 'locked',
    })),
    ...builtIn.map(({ id, severity, summary }) => ({
      id,
      category: 'built-in',
      severity,
      summary,
      locked: false,
    })),
  ];
  if (options.format === 'json') {
    streams.out(`${JSON.stringify({ version: 1, rules: all }, undefined, 2)}\n`);
    return exitCode.clean;
  }
  if (options.format !== 'pretty') throw new Failure('usage', 'rules are printed as pretty or json');
  const width = Math.max(...all.map(({ id }) => id.length));
  let category = '';
  for (const rule of all) {
    if (rule.category !== category) streams.out(`${category === '' ? '' : '\n'}${rule.category}\n`);
    category = rule.category;
    streams.out(
      `  ${rule.id.padEnd(width)}  ${rule.severity.padEnd(7)}  ${rule.summary}${rule.locked ? ' (locked)' : ''}\n`,
    );
  }
  return exitCode.clean;
}

function explainRule(rule: Rule): string {
  const parts = [
    `${rule.id} (${rule.severity}${rule.lock === 'locked' ? ', locked' : ''}, ${rule.category})\n`,
    wrap(rule.summary, 80),
    '',
    wrap(rule.why, 80),
    '',
    ...rule.examples.bad.flatMap((example) => ['Wrong:', indent(example.trimEnd()), '']),
    ...rule.examples.good.flatMap((example) => ['Right:', indent(example.trimEnd()), '']),
    `Sources: ${rule.sources.join('; ')}`,
  ];
  if (rule.lock === undefined) {
    parts.push(
      '',
      'To allow it in one place, with a reason:',
      `    # mailtopo: allow ${rule.id} -- <reason>`,
    );
  }
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
