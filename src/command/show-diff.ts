import { unifiedDiff } from '../fix/unified-diff.ts';
import { printable } from '../report/printable.ts';

/** Writes a diff for standard output: a terminal would act on control characters of a file, and a patch must hold them. */
export function showDiff(file: string, before: string, after: string): string {
  const diff = unifiedDiff(printable(file), before, after);
  if (!process.stdout.isTTY) return diff;
  return diff.split('\n').map(printable).join('\n');
}
