import { fixText } from '../fix/fix-text.ts';
import type { Source } from '../read-source.ts';
import type { ExitCode, Streams } from '../run.ts';
import { endChanges, unchanged, type ChangedSource } from './changed-sources.ts';
import { lintText, type ChangingArguments } from './lint.ts';

function fixOne(source: Source, { unsafeFixes, now }: ChangingArguments): ChangedSource {
  const { file, decoded } = source;
  if (decoded.value === undefined) return unchanged(source);
  const choice = unsafeFixes ? 'all' : 'safe';
  return { source, ...fixText(decoded.value, (text) => lintText(file, text, now), choice) };
}

/** `mailtopo lint --fix FILE…`: applies fixes, writes the files and reports what is left. */
export async function fixAll(
  read: readonly Source[],
  options: ChangingArguments,
  streams: Streams,
): Promise<ExitCode> {
  const fixed = read.map((source) => fixOne(source, options));
  return endChanges(fixed, options, { done: 'fixed', planned: 'would fix' }, streams);
}
