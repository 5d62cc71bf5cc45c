import { Failure } from '../base/failure.ts';
import { exitCode, type ExitCode, type Streams } from '../run.ts';
import { compareBehaviour } from '../verify/difference.ts';
import { jsonChanges, markdownChanges, prettyChanges } from '../verify/diff-reports.ts';
import { readAskable } from './askable.ts';
import { paintFor } from './terminal.ts';

export interface DiffArguments {
  readonly format: string;
  /** Unit: milliseconds since 1970. */
  readonly now?: number;
}

/** `mailtopo diff OLD NEW`: what the new topology does otherwise; a layout that changes is no difference. */
export async function diff(
  before: string,
  after: string,
  args: DiffArguments,
  streams: Streams,
): Promise<ExitCode> {
  const { format, now = Date.now() } = args;
  if (!['pretty', 'json', 'markdown'].includes(format))
    throw new Failure('usage', 'diff prints pretty, json or markdown');
  const [one, other] = [await readAskable(before, now, streams), await readAskable(after, now, streams)];
  // What cannot be read cannot be compared, and a check must not take that for no difference.
  if (one === undefined || other === undefined) return exitCode.couldNotRun;
  const changes = await compareBehaviour(one.world, other.world);
  switch (format) {
    case 'json':
      streams.out(jsonChanges(changes));
      break;
    case 'markdown':
      streams.out(markdownChanges(changes, { before, after }));
      break;
    default:
      streams.out(prettyChanges(changes, paintFor(process.stdout, process.env)));
  }
  return changes.length > 0 ? exitCode.findings : exitCode.clean;
}
