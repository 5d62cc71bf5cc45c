import type { FixedText } from '../fix/fix-text.ts';
import type { Source } from '../read-source.ts';
import { summaryLine, type Findings } from '../report/report.ts';
import { exitCode, type ExitCode, type Streams } from '../run.ts';
import { byteOrderMarkOf, writeSource } from '../write-source.ts';
import { writeReports } from './formats.ts';
import { codeOf, type ChangingArguments } from './lint.ts';
import { showDiff } from './show-diff.ts';

/** A file that was read, with its new text; bytes that are no text have none. */
export interface ChangedSource extends FixedText {
  readonly source: Source;
}

/** How the summary says what was done to findings, and what would be. */
export interface ChangeWords {
  readonly done: string;
  readonly planned: string;
}

/** A file whose bytes are no text has nothing to change. */
export function unchanged(source: Source): ChangedSource {
  const { shown: text, decoded } = source;
  const { diagnostics } = decoded;
  return { source, text, applied: [], diagnostics };
}

function isChanged({ source, text }: ChangedSource): boolean {
  return source.decoded.value !== undefined && source.decoded.value !== text;
}

/** Writes what changed: a diff of it, the files, or for standard input the whole text. */
async function deliver(
  changed: ChangedSource,
  { diff }: Pick<ChangingArguments, 'diff'>,
  streams: Streams,
): Promise<void> {
  const { source, text } = changed;
  const { file, bytes, decoded } = source;
  if (diff)
    streams.out(showDiff(file, decoded.value ?? '', isChanged(changed) ? text : (decoded.value ?? '')));
  else if (source.place === 'standard-input') {
    streams.out(decoded.value === undefined ? '' : byteOrderMarkOf(bytes) + text);
  } else if (isChanged(changed)) await writeSource({ file, bytes, text });
}

/**
 * Ends a run that changes files: writes them and reports what is left.
 *
 * Where standard output holds a diff or a text, the report goes to standard error.
 */
export async function endChanges(
  changed: readonly ChangedSource[],
  options: ChangingArguments,
  words: ChangeWords,
  streams: Streams,
): Promise<ExitCode> {
  for (const one of changed) await deliver(one, options, streams);
  const findings: Findings = {
    diagnostics: await options.settling.settle(
      changed.flatMap(({ diagnostics }) => diagnostics),
      changed.map(({ source }) => source.file),
    ),
    sources: new Map(changed.map(({ source, text }) => [source.file, text])),
  };
  const holdsText = options.diff || changed.some(({ source }) => source.place === 'standard-input');
  await writeReports(findings, options.formats, holdsText ? { ...streams, out: streams.err } : streams);
  const count = changed.reduce((sum, { applied }) => sum + applied.length, 0);
  streams.err(
    `mailtopo: ${options.diff ? words.planned : words.done} ${count}; left: ${summaryLine(findings)}\n`,
  );
  if (options.diff && changed.some(isChanged)) return exitCode.findings;
  return codeOf(findings.diagnostics, options.maxWarnings);
}
