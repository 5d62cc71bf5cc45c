import { Failure } from '../base/failure.ts';
import { fixText, type FixedText } from '../fix/fix-text.ts';
import type { Source } from '../read-source.ts';
import { summaryLine, type Findings } from '../report/report.ts';
import { exitCode, type ExitCode, type Streams } from '../run.ts';
import { writeSource } from '../write-source.ts';
import { writeReports, type FormatRequest } from './formats.ts';
import { codeOf, lintText, type LintArguments, type Settled } from './lint.ts';
import { showDiff } from './show-diff.ts';

/** A file that was read, with its text after the fixes; bytes that are no text have none. */
interface FixedSource extends FixedText {
  readonly source: Source;
}

/** What a run of fixing needs to know. */
export interface FixArguments extends LintArguments {
  readonly formats: readonly FormatRequest[];
  readonly settled: Settled;
}

/** How the flags of fixing are refused where they contradict each other or what is linted. */
export function checkFixFlags({ fix, diff, unsafeFixes }: LintArguments): void {
  if (fix) return;
  if (diff) throw new Failure('usage', '--diff goes with --fix');
  if (unsafeFixes) throw new Failure('usage', '--unsafe-fixes goes with --fix');
}

function fixOne(source: Source, { unsafeFixes, now }: LintArguments): FixedSource {
  const { file, decoded } = source;
  if (decoded.value === undefined) return { source, text: '', applied: [], diagnostics: decoded.diagnostics };
  const choice = unsafeFixes ? 'all' : 'safe';
  return { source, ...fixText(decoded.value, (text) => lintText(file, text, now), choice) };
}

function isChanged({ source, text }: FixedSource): boolean {
  return source.decoded.value !== undefined && source.decoded.value !== text;
}

/** Writes what changed: a diff of it, the files, or for standard input the whole text. */
async function deliver(fixed: FixedSource, options: LintArguments, streams: Streams): Promise<void> {
  const { source, text } = fixed;
  const { file, bytes, decoded } = source;
  if (options.diff)
    streams.out(showDiff(file, decoded.value ?? '', isChanged(fixed) ? text : (decoded.value ?? '')));
  else if (source.place === 'standard-input') streams.out(decoded.value === undefined ? '' : text);
  else if (isChanged(fixed)) await writeSource({ file, bytes, text });
}

/**
 * `mailtopo lint --fix FILE…`: applies fixes, writes the files and reports what is left.
 *
 * Where standard output holds a diff or the fixed text, the report goes to standard error.
 */
export async function fixAll(
  read: readonly Source[],
  options: FixArguments,
  streams: Streams,
): Promise<ExitCode> {
  const fixed = read.map((source) => fixOne(source, options));
  for (const one of fixed) await deliver(one, options, streams);
  const findings: Findings = {
    diagnostics: await options.settled(
      fixed.flatMap(({ diagnostics }) => diagnostics),
      read.map(({ file }) => file),
    ),
    sources: new Map(fixed.map(({ source, text }) => [source.file, text])),
  };
  const holdsText = options.diff || read.some(({ place }) => place === 'standard-input');
  await writeReports(findings, options.formats, holdsText ? { ...streams, out: streams.err } : streams);
  const count = fixed.reduce((sum, { applied }) => sum + applied.length, 0);
  streams.err(`mailtopo: ${options.diff ? 'would fix' : 'fixed'} ${count}; left: ${summaryLine(findings)}\n`);
  if (options.diff && fixed.some(isChanged)) return exitCode.findings;
  return codeOf(findings.diagnostics, options.maxWarnings);
}
