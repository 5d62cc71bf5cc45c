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
import { parseFormats, writeReports } from './formats.ts';
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

/** Takes the findings of some files, and leaves those that count. */
export type Settled = (
  found: readonly Diagnostic[],
  files: readonly string[],
) => Promise<readonly Diagnostic[]>;

/** Reads the baseline before anything is linted, so that a broken one costs no time. */
async function settling(options: LintArguments, streams: Streams): Promise<Settled> {
  const { baseline: file, updateBaseline } = options;
  if (file === undefined) {
    if (updateBaseline) throw new Failure('usage', '--update-baseline goes with --baseline');
    return async (found) => found;
  }
  if (updateBaseline && options.fix) {
    throw new Failure('usage', '--update-baseline does not go with --fix; run one after the other');
  }
  const { readBaseline, settle, updateBaseline: update } = await import('./baseline.ts');
  const baseline = readBaseline(file, updateBaseline ? 'begin' : 'fail');
  return async (found, files) => (updateBaseline ? update : settle)(baseline, found, files, streams);
}

/** `mailtopo lint FILE…` */
export async function lint(
  patterns: readonly string[],
  options: LintArguments,
  streams: Streams,
): Promise<ExitCode> {
  const formats = parseFormats(options.format);
  const settled = await settling(options, streams);
  if (patterns.length === 0) throw new Failure('usage', 'lint needs a file; "-" is standard input');
  const fixing = options.fix || options.diff || options.unsafeFixes ? await import('./fix.ts') : undefined;
  fixing?.checkFixFlags(options);
  const read = await readAll(findFiles(patterns), options.stdinFilename);
  if (fixing) return fixing.fixAll(read, { ...options, formats, settled }, streams);
  const findings: Findings = {
    diagnostics: await settled(
      read.flatMap((source) => lintRead(source, options.now)),
      read.map(({ file }) => file),
    ),
    sources: new Map(read.map(({ file, decoded }) => [file, decoded.value ?? ''])),
  };
  await writeReports(findings, formats, streams);
  streams.err(`mailtopo: ${summaryLine(findings)}\n`);
  return codeOf(findings.diagnostics, options.maxWarnings);
}
