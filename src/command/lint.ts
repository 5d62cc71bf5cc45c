import { bounds } from '../base/bounds.ts';
import type { Diagnostic } from '../base/diagnostic.ts';
import { Failure } from '../base/failure.ts';
import { pemFilesBeside } from '../certificate/pem-files-beside.ts';
import { findFiles } from '../find-files.ts';
import { lintSource } from '../lint-source.ts';
import { fileExistsBeside, type Source } from '../read-source.ts';
import { countOf, summaryLine, type Findings } from '../report/report.ts';
import { exitCode, type ExitCode, type Streams } from '../run.ts';
import { rules } from '../../rules/index.ts';
import type { BaselineArguments } from './baseline.ts';
import { parseFormats, writeReports, type FormatRequest } from './formats.ts';
import { readAll } from './read-all.ts';

export interface LintArguments extends BaselineArguments {
  readonly format: readonly string[];
  readonly maxWarnings?: number;
  /** Unit: milliseconds since 1970. */
  readonly now?: number;
  readonly stdinFilename: string;
  readonly fix?: boolean;
  /** Shows what `fix` would change, and changes nothing. */
  readonly diff?: boolean;
  readonly unsafeFixes?: boolean;
  readonly addSuppressions?: boolean;
  readonly reason?: string;
}

/** What is linted by where no option is given. */
export const usualArguments: LintArguments = { format: [], stdinFilename: '<stdin>' };

/** Which findings count, by the baseline. */
export interface Settling {
  /** Leaves out the findings that do not count. */
  readonly without: (found: readonly Diagnostic[]) => readonly Diagnostic[];
  /** Does so for the whole run, and says or writes what is to be said of the baseline. */
  readonly settle: (found: readonly Diagnostic[], files: readonly string[]) => Promise<readonly Diagnostic[]>;
}

/** What a run that changes files needs to know. */
export interface ChangingArguments extends LintArguments {
  readonly formats: readonly FormatRequest[];
  readonly settling: Settling;
}

/** How flags are refused that say nothing without another one, or contradict it. */
function checkFlags(options: LintArguments): void {
  const { fix, diff, unsafeFixes, addSuppressions, reason, updateBaseline, baseline } = options;
  const faults: readonly (readonly [isFault: unknown, words: string])[] = [
    [diff && !fix && !addSuppressions, '--diff goes with --fix or --add-suppressions'],
    [unsafeFixes && !fix, '--unsafe-fixes goes with --fix'],
    [reason !== undefined && !addSuppressions, '--reason goes with --add-suppressions'],
    [updateBaseline && baseline === undefined, '--update-baseline goes with --baseline'],
  ];
  const fault = faults.find(([isFault]) => isFault);
  if (fault) throw new Failure('usage', fault[1]);
  if ([fix, addSuppressions, updateBaseline].filter((one) => one).length > 1) {
    const flags = '--fix, --add-suppressions and --update-baseline';
    throw new Failure('usage', `of ${flags} only one goes at a time`);
  }
}

/** Says how a run ended by what it found: an error, or more warnings than allowed. */
export function codeOf(diagnostics: readonly Diagnostic[], maxWarnings: number | undefined): ExitCode {
  const { errors, warnings } = countOf(diagnostics);
  return errors > 0 || warnings > (maxWarnings ?? Infinity) ? exitCode.findings : exitCode.clean;
}

/** Lints a text under the name of its file; without `now`, dates are judged by the clock. Unit: milliseconds since 1970. */
export function lintText(file: string, text: string, now: number = Date.now()): readonly Diagnostic[] {
  return lintSource(file, text, {
    rules,
    fileExists: fileExistsBeside(file),
    certificateOf: pemFilesBeside(file),
    now,
  }).diagnostics;
}

/** Lints what was read; bytes that are not UTF-8 are a finding like any other. */
function lintRead({ file, decoded }: Source, now: number | undefined): readonly Diagnostic[] {
  return decoded.value === undefined ? decoded.diagnostics : lintText(file, decoded.value, now);
}

/** Lints files in turn; where a run finds more than any report can hold, the rest is left out, and is said to be. */
function lintAll(read: readonly Source[], now: number | undefined): readonly Diagnostic[] {
  const { most } = bounds.findingsOfARun;
  const found: Diagnostic[] = [];
  for (const source of read) {
    for (const one of lintRead(source, now)) found.push(one);
    if (found.length > most) return leftOut(found, most);
  }
  return found;
}

/** The findings of the last file are too many, and what files behind it hold is not known. */
function leftOut(found: readonly Diagnostic[], most: number): readonly Diagnostic[] {
  const at = found[most]?.at;
  if (at === undefined) return found;
  const message = `From here on the run has more findings than the ${most} above.`;
  const help = 'Mend the first ones, or lint fewer files in one run.';
  return [
    ...found.slice(0, most),
    { rule: 'too-many-findings', severity: 'error', message, at, related: [], help },
  ];
}

/** Reads the baseline before anything is linted, so that a broken one costs no time. */
async function settlingBy(options: LintArguments, streams: Streams): Promise<Settling> {
  const { baseline: file, updateBaseline } = options;
  if (file === undefined) return { without: (found) => found, settle: async (found) => found };
  const { notInBaseline, readBaseline, settle, updateBaseline: update } = await import('./baseline.ts');
  const baseline = readBaseline(file, updateBaseline ? 'begin' : 'fail');
  return {
    without: (found) => notInBaseline(baseline, found),
    settle: async (found, files) => (updateBaseline ? update : settle)(baseline, found, files, streams),
  };
}

/** `mailtopo lint FILE…` */
export async function lint(
  patterns: readonly string[],
  options: LintArguments,
  streams: Streams,
): Promise<ExitCode> {
  const formats = parseFormats(options.format);
  if (patterns.length === 0) throw new Failure('usage', 'lint needs a file; "-" is standard input');
  checkFlags(options);
  const settling = await settlingBy(options, streams);
  const read = await readAll(findFiles(patterns), options.stdinFilename);
  const changing: ChangingArguments = { ...options, formats, settling };
  if (options.fix) return (await import('./fix.ts')).fixAll(read, changing, streams);
  if (options.addSuppressions) return (await import('./suppress.ts')).suppressAll(read, changing, streams);
  const findings: Findings = {
    diagnostics: await settling.settle(
      lintAll(read, options.now),
      read.map(({ file }) => file),
    ),
    sources: new Map(read.map(({ file, shown }) => [file, shown])),
  };
  await writeReports(findings, formats, streams);
  streams.err(`mailtopo: ${summaryLine(findings)}\n`);
  return codeOf(findings.diagnostics, options.maxWarnings);
}
