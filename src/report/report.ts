import type { Diagnostic, Severity } from '../base/diagnostic.ts';

/** What a rule says of itself, for formats that carry it to where the topology is not. */
export interface RuleWords {
  readonly id: string;
  readonly category: string;
  readonly severity: Severity;
  readonly lock?: 'locked';
  readonly summary: string;
  readonly why: string;
  /** Topologies, or parts of one, that have the fault and that do not. */
  readonly wrong: readonly string[];
  readonly right: readonly string[];
}

/** What a run found, and the texts that it found it in. */
export interface Findings {
  readonly diagnostics: readonly Diagnostic[];
  /** Every file that was looked at, with its text. */
  readonly sources: ReadonlyMap<string, string>;
  /** Looks up the words of a rule. */
  readonly wordsOf?: (rule: string) => RuleWords | undefined;
  /** Names a file from the root of what is checked, with `/` between folders; without it files keep their names. */
  readonly pathOf?: (file: string) => string;
  /** Gives the address of a file for a terminal that can open it. */
  readonly addressOf?: (file: string) => string | undefined;
  /** Tells the version of mailtopo. */
  readonly version?: () => string;
}

/** Says how a report names files: as it is told to, else as they were named. */
export function pathsOf({ pathOf }: Findings): (file: string) => string {
  return pathOf ?? ((file) => file);
}

/** The message, and behind it what to do. */
export function messageWithHelp({ message, help }: Diagnostic): string {
  return help === undefined ? message : `${message} ${help}`;
}

/** How a terminal shows weight and severity; each part leaves plain text as it is where colours are off. */
export interface Paint {
  /** Unit: columns that a line of source may take, with all that stands before it. */
  readonly columns: number;
  /** Makes text lead somewhere; asked for the address only where the terminal can follow it. */
  readonly link: (text: string, address: () => string | undefined) => string;
  readonly error: (text: string) => string;
  readonly warning: (text: string) => string;
  readonly info: (text: string) => string;
  readonly related: (text: string) => string;
  readonly strong: (text: string) => string;
  readonly faint: (text: string) => string;
}

function same(text: string): string {
  return text;
}

/** Unit: columns of a report that goes to no terminal, so that it is the same on every machine. Our choice. */
const columnsElsewhere = 100;

export const plain: Paint = {
  columns: columnsElsewhere,
  link: same,
  error: same,
  warning: same,
  info: same,
  related: same,
  strong: same,
  faint: same,
};

function sgr(codes: string): (text: string) => string {
  return (text) => `\u001b[${codes}m${text}\u001b[0m`;
}

/** Source: ECMA-48 §8.3.117. */
export const coloured: Paint = {
  columns: columnsElsewhere,
  link: same,
  error: sgr('1;31'),
  warning: sgr('1;33'),
  info: sgr('1;36'),
  related: sgr('1;34'),
  strong: sgr('1'),
  faint: sgr('2'),
};

/** Turns findings into the text of one format. */
export type Format = (findings: Findings, paint: Paint) => string;

/** Counts the findings by severity. */
export function countOf(diagnostics: readonly Diagnostic[]): {
  readonly errors: number;
  readonly warnings: number;
  readonly infos: number;
} {
  const of = (severity: Diagnostic['severity']): number =>
    diagnostics.filter((one) => one.severity === severity).length;
  return { errors: of('error'), warnings: of('warning'), infos: of('info') };
}

function plural(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`;
}

/** One line that sums a run up. */
export function summaryLine({ diagnostics, sources }: Findings): string {
  const { errors, warnings, infos } = countOf(diagnostics);
  const counts = [plural(errors, 'error'), plural(warnings, 'warning')];
  if (infos > 0) counts.push(plural(infos, 'info'));
  return `${counts.join(', ')} in ${plural(sources.size, 'file')}`;
}

/** Where a rule is explained. */
export function ruleUrl(rule: string): string {
  return `https://github.com/mailtopo/mailtopo/blob/main/rules/README.md#${rule}`;
}
