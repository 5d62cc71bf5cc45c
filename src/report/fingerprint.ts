import { createHash } from 'node:crypto';
import type { Diagnostic } from '../base/diagnostic.ts';
import { findingKey } from '../base/finding-key.ts';

/**
 * Names a finding so that it is known again after its block has moved: by rule, by the names that lead to it and by the
 * message, which holds names and values. Lines, list places and severity do not count.
 *
 * Unit: SHA-256 in hexadecimal digits. Two files that hold the same fault give the same one.
 */
export function fingerprint(one: Pick<Diagnostic, 'rule' | 'at' | 'message'>): string {
  return createHash('sha256').update(findingKey(one)).digest('hex');
}

/**
 * Names findings so that no two of a report share a name, for readers that take equal names for one finding: the file
 * counts, and which of several equal findings it is.
 */
export function distinctFingerprints(
  diagnostics: readonly Diagnostic[],
  pathOf: (file: string) => string,
): readonly string[] {
  const seen = new Map<string, number>();
  return diagnostics.map((one) => {
    const name = JSON.stringify([pathOf(one.at.file), fingerprint(one)]);
    const earlier = seen.get(name) ?? 0;
    seen.set(name, earlier + 1);
    return createHash('sha256').update(`${name}${earlier}`).digest('hex');
  });
}
