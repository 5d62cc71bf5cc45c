import type { Diagnostic } from '../base/diagnostic.ts';
import { Failure } from '../base/failure.ts';
import { pemFilesBeside } from '../certificate/pem-files-beside.ts';
import { checkFolder, compileToFolder, isFresh, type FolderOptions } from '../compile-to-folder.ts';
import { emitters } from '../emit/index.ts';
import { packageManifest } from '../package.ts';
import { fileExistsBeside, readSource } from '../read-source.ts';
import { printable } from '../report/printable.ts';
import { summaryLine, type Findings } from '../report/report.ts';
import { exitCode, type ExitCode, type Streams } from '../run.ts';
import type { Comparison, Written } from '../write-artefacts.ts';
import { rules } from '../../rules/index.ts';
import { parseFormats, writeReports, type FormatRequest } from './formats.ts';
import { codeOf } from './lint.ts';
import { pageOf } from './page-of.ts';

export interface CompileArguments {
  readonly output: string;
  readonly check?: boolean;
  readonly withKeys?: boolean;
  readonly force?: boolean;
  readonly format: readonly string[];
  readonly maxWarnings?: number;
  /** Unit: milliseconds since 1970. */
  readonly now?: number;
  readonly baseline?: string;
}

/** Leaves out what is not to count. */
type Counting = (diagnostics: readonly Diagnostic[]) => readonly Diagnostic[];

/** An error is told and stops compiling, accepted or not: what the scripts would do is wrong all the same. */
async function countingBy(file: string | undefined): Promise<Counting> {
  if (file === undefined) return (diagnostics) => diagnostics;
  const { notInBaseline, readBaseline } = await import('./baseline.ts');
  const baseline = readBaseline(file, 'fail');
  return (diagnostics) => {
    const left = new Set(notInBaseline(baseline, diagnostics));
    return diagnostics.filter((one) => one.severity === 'error' || left.has(one));
  };
}

async function report(
  { file, text }: { readonly file: string; readonly text: string },
  diagnostics: readonly Diagnostic[],
  formats: readonly FormatRequest[],
  streams: Streams,
): Promise<void> {
  const findings: Findings = { diagnostics, sources: new Map([[file, text]]) };
  await writeReports(findings, formats, streams);
  if (diagnostics.length > 0) streams.err(`mailtopo: ${summaryLine(findings)}\n`);
}

/** What lies in each part of the output, for the summary. */
const parts: Readonly<Record<string, string>> = {
  exchange: 'scripts for the Exchange Management Shell; begin with README.md',
  transport: 'the transport bundle; start it with "mailtopo run" or node main.js',
  partners: "the partner's side",
};

function summaryOf({ folder, counts, summaries, kept, missing }: Written): string {
  const lines = [...counts]
    .filter(([part]) => part !== '.')
    .map(([part, count]) => {
      const files = `${String(count).padStart(3)} ${count === 1 ? 'file ' : 'files'}`;
      return `  ${`${part}/`.padEnd(12)} ${files}  ${parts[part] ?? ''}`.trimEnd();
    });
  lines.push('  report.html            the topology as one page, for a browser');
  for (const summary of summaries) lines.push(`  ${printable(summary)}`);
  for (const { path } of missing) lines.push(`  not there, and so not copied: ${printable(path)}`);
  if (kept.length > 0) lines.push(`  kept as it was: ${kept.map(printable).join(', ')}`);
  return `mailtopo: wrote ${printable(folder)}\n${lines.join('\n')}\n`;
}

function differencesOf(folder: string, { missing, stale, extra }: Comparison): string {
  const rows = [
    ...missing.map((path) => `missing  ${path}`),
    ...stale.map((path) => `stale    ${path}`),
    ...extra.map((path) => `extra    ${path}`),
  ];
  return (
    rows.map((row) => `${printable(row)}\n`).join('') || `${printable(folder)} is as compile would write it\n`
  );
}

async function check(
  options: FolderOptions,
  show: (diagnostics: readonly Diagnostic[]) => Promise<void>,
  streams: Streams,
): Promise<ExitCode> {
  const { diagnostics, comparison } = await checkFolder(options);
  await show(diagnostics);
  if (comparison === undefined) return exitCode.findings;
  streams.err(differencesOf(options.folder, comparison));
  if (isFresh(comparison)) {
    return options.accepts?.(diagnostics) === false ? exitCode.findings : exitCode.clean;
  }
  streams.err(`mailtopo: ${printable(options.folder)} is stale; compile it again\n`);
  return exitCode.findings;
}

/** `mailtopo compile FILE -o DIR`: nothing is written where lint has an error, or more warnings than allowed. */
export async function compile(path: string, args: CompileArguments, streams: Streams): Promise<ExitCode> {
  const formats = parseFormats(args.format);
  const counting = await countingBy(args.baseline);
  if (args.output === '') throw new Failure('usage', 'no folder stands behind -o');
  if (path === '-') {
    throw new Failure('usage', 'compile needs a file: what a topology names is looked for beside it');
  }
  const { file, decoded, shown } = readSource(path);
  if (decoded.value === undefined) {
    await report({ file, text: shown }, decoded.diagnostics, formats, streams);
    return exitCode.findings;
  }
  const text = decoded.value;
  const certificateOf = pemFilesBeside(file);
  const options: FolderOptions = {
    file,
    text,
    folder: args.output,
    version: packageManifest().version,
    rules,
    fileExists: fileExistsBeside(file),
    certificateOf,
    now: args.now ?? Date.now(),
    emitters: Object.values(emitters),
    keys: args.withKeys === true ? 'copied' : 'left-out',
    page: async () => (await pageOf(file, text, certificateOf)).page,
    accepts: (diagnostics) => codeOf(counting(diagnostics), args.maxWarnings) === exitCode.clean,
  };
  const show = (diagnostics: readonly Diagnostic[]): Promise<void> =>
    report(options, counting(diagnostics), formats, streams);
  if (args.check === true) return check(options, show, streams);
  const { diagnostics, written } = await compileToFolder(
    options,
    args.force === true ? 'overwrite' : 'refuse',
  );
  await show(diagnostics);
  if (written === undefined) return exitCode.findings;
  streams.err(summaryOf(written));
  return exitCode.clean;
}
