import type { Diagnostic } from '../base/diagnostic.ts';
import { Failure } from '../base/failure.ts';
import { findingKey } from '../base/finding-key.ts';
import { printable } from '../base/printable.ts';
import { addSuppressions } from '../lint/add-suppressions.ts';
import type { Source } from '../read-source.ts';
import type { ExitCode, Streams } from '../run.ts';
import { parseSource } from '../source/parse-source.ts';
import { rules } from '../../rules/index.ts';
import { endChanges, unchanged, type ChangedSource } from './changed-sources.ts';
import { lintText, type ChangingArguments } from './lint.ts';

/** A comment ends with its line, and a second `#` or a control character would be read as something else by somebody. */
function checkedReason(reason: string | undefined): string {
  if (reason === undefined) throw new Failure('usage', '--add-suppressions needs a --reason');
  const text = reason.trim();
  if (text === '') throw new Failure('usage', 'the reason is empty; say why the findings are right to stay');
  if (printable(text) !== text || text.includes('#')) {
    throw new Failure('usage', 'the reason has to be one line of plain text without "#"');
  }
  return text;
}

/** Finds the first finding that was not there before. */
function newFinding(before: readonly Diagnostic[], after: readonly Diagnostic[]): Diagnostic | undefined {
  const counts = new Map<string, number>();
  for (const one of before) counts.set(findingKey(one), (counts.get(findingKey(one)) ?? 0) + 1);
  return after.find((one) => {
    const left = (counts.get(findingKey(one)) ?? 0) - 1;
    counts.set(findingKey(one), left);
    return left < 0;
  });
}

function suppressOne(source: Source, options: ChangingArguments, reason: string): ChangedSource {
  const { file, decoded } = source;
  const { value: document } = decoded.value === undefined ? {} : parseSource(file, decoded.value);
  if (document === undefined) {
    const none = unchanged(source);
    return decoded.value === undefined
      ? none
      : { ...none, diagnostics: lintText(file, none.text, options.now) };
  }
  const before = lintText(file, document.text, options.now);
  const { text, suppressed } = addSuppressions(document, options.settling.without(before), rules, reason);
  const diagnostics = suppressed.length === 0 ? before : lintText(file, text, options.now);
  const fresh = newFinding(before, diagnostics);
  // Such as a password in the reason.
  if (fresh)
    throw new Failure('usage', `the suppressions would bring a finding into ${file}: ${fresh.message}`);
  return { source, text, applied: suppressed, diagnostics };
}

/** `mailtopo lint --add-suppressions --reason TEXT FILE…`: allows what is found, and reports what cannot be allowed. */
export async function suppressAll(
  read: readonly Source[],
  options: ChangingArguments,
  streams: Streams,
): Promise<ExitCode> {
  const reason = checkedReason(options.reason);
  const changed = read.map((source) => suppressOne(source, options, reason));
  const code = await endChanges(changed, options, { done: 'suppressed', planned: 'would suppress' }, streams);
  const left = changed.flatMap(({ diagnostics }) => options.settling.without(diagnostics));
  const names = [...new Set(left.map(({ rule }) => rule))].sort();
  if (names.length > 0) streams.err(`mailtopo: cannot be suppressed: ${names.join(', ')}\n`);
  return code;
}
