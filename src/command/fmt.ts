import type { Diagnostic } from '../base/diagnostic.ts';
import { Failure } from '../base/failure.ts';
import { findFiles } from '../find-files.ts';
import { formatSource } from '../format/format-source.ts';
import type { Source } from '../read-source.ts';
import { printable } from '../report/printable.ts';
import { summaryLine, type Findings } from '../report/report.ts';
import { exitCode, type ExitCode, type Streams } from '../run.ts';
import { byteOrderMarkOf, writeSource } from '../write-source.ts';
import { writeReports } from './formats.ts';
import { readAll } from './read-all.ts';
import { showDiff } from './show-diff.ts';

export interface FmtArguments {
  readonly check?: boolean;
  readonly diff?: boolean;
  readonly stdinFilename: string;
}

/** A file that was read, with its text in canonical form, or with what keeps it from having one. */
interface Formatted {
  readonly source: Source;
  readonly before: string;
  readonly text: string;
  readonly diagnostics: readonly Diagnostic[];
}

function formatOne(source: Source): Formatted {
  const { file, decoded } = source;
  if (decoded.value === undefined) {
    return { source, before: source.shown, text: source.shown, diagnostics: decoded.diagnostics };
  }
  const { value = decoded.value, diagnostics } = formatSource(file, decoded.value);
  return { source, before: decoded.value, text: value, diagnostics };
}

function isChanged({ before, text }: Formatted): boolean {
  return before !== text;
}

async function deliver(formatted: Formatted, options: FmtArguments, streams: Streams): Promise<void> {
  const { source, before, text } = formatted;
  const { file, bytes, decoded, place } = source;
  if (options.diff) streams.out(showDiff(file, before, text));
  else if (options.check) streams.out(isChanged(formatted) ? `${printable(file)}\n` : '');
  else if (place === 'standard-input') {
    streams.out(decoded.value === undefined ? '' : byteOrderMarkOf(bytes) + text);
  } else if (isChanged(formatted)) await writeSource({ file, bytes, text });
}

function countOf(all: readonly Formatted[]): string {
  return `${all.filter(isChanged).length} of ${all.length} ${all.length === 1 ? 'file' : 'files'}`;
}

/**
 * `mailtopo fmt FILE…`: writes files in their canonical form.
 *
 * A file with a fault of syntax is left alone and reported. With `--check` the names of the files that would change go to
 * standard output, with `--diff` what would change; then nothing is written, and a change is exit 1.
 */
export async function fmt(
  patterns: readonly string[],
  options: FmtArguments,
  streams: Streams,
): Promise<ExitCode> {
  if (patterns.length === 0) throw new Failure('usage', 'fmt needs a file; "-" is standard input');
  const read = await readAll(findFiles(patterns), options.stdinFilename);
  // A bug shows before any file is written.
  const formatted = read.map(formatOne);
  for (const one of formatted) await deliver(one, options, streams);
  const faulty = formatted.filter(({ diagnostics }) => diagnostics.length > 0);
  const findings: Findings = {
    diagnostics: faulty.flatMap(({ diagnostics }) => diagnostics),
    sources: new Map(faulty.map(({ source, before }) => [source.file, before])),
  };
  // Standard output may hold a text, a diff or names already.
  await writeReports(findings, [{ format: 'pretty' }], { ...streams, out: streams.err });
  if (faulty.length > 0) streams.err(`mailtopo: left alone: ${summaryLine(findings)}\n`);
  const isDry = options.check === true || options.diff === true;
  streams.err(`mailtopo: ${isDry ? 'would format' : 'formatted'} ${countOf(formatted)}\n`);
  return faulty.length > 0 || (isDry && formatted.some(isChanged)) ? exitCode.findings : exitCode.clean;
}
