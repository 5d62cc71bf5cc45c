import { hasErrors } from '../base/diagnostic.ts';
import { Failure } from '../base/failure.ts';
import { pemFilesBeside } from '../certificate/pem-files-beside.ts';
import { readSource } from '../read-source.ts';
import { compact } from '../report/compact.ts';
import { plain, summaryLine, type Findings } from '../report/report.ts';
import { exitCode, type ExitCode, type Streams } from '../run.ts';
import { pageOf } from './page-of.ts';
import { writeOutput } from './write-output.ts';

export interface ReportArguments {
  readonly output?: string;
  /** Absent: the page says the same on every day. Unit: milliseconds since 1970. */
  readonly now?: number;
}

/**
 * `mailtopo report FILE`: the topology as one page; faults that a trace can live with are part of it.
 *
 * Without `--now` nothing in the page depends on the day on which it is made, so that a file gives the same bytes
 * on every one.
 */
export async function report(path: string, args: ReportArguments, streams: Streams): Promise<ExitCode> {
  if (path === '-')
    throw new Failure('usage', 'a file is needed: what a topology names is looked for beside it');
  const { file, decoded, shown } = readSource(path);
  const text = decoded.value;
  const { page, diagnostics } =
    text === undefined
      ? { page: undefined, diagnostics: decoded.diagnostics }
      : await pageOf(file, text, pemFilesBeside(file), args.now);
  const findings: Findings = { diagnostics, sources: new Map([[file, shown]]) };
  if (page === undefined) {
    const errors = diagnostics.filter(({ severity }) => severity === 'error');
    streams.err(compact({ ...findings, diagnostics: errors }, plain));
    return exitCode.findings;
  }
  if (args.output === undefined) streams.out(page);
  else writeOutput(args.output, page, path, 'page');
  if (!hasErrors(diagnostics)) return exitCode.clean;
  streams.err(`mailtopo: ${summaryLine(findings)}; the page tells them\n`);
  return exitCode.findings;
}
