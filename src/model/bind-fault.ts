import type { Diagnostic, Related } from '../base/diagnostic.ts';
import { nearest } from '../base/nearest.ts';
import type { Span } from '../base/span.ts';
import type { LocatedMap } from '../source/located.ts';

/** States a fault of shape that shows only when names are known. */
export function bindFault(
  at: Span,
  message: string,
  help: string,
  related: readonly Related[] = [],
): Diagnostic {
  return { rule: 'schema', severity: 'error', message, at, related, help };
}

/** Says whether a map has the key, or one that looks like its misspelling, which src/schema reports. */
export function hasKey(map: LocatedMap | undefined, key: string): boolean {
  const keys = (map?.entries ?? []).map((entry) => entry.key.text);
  return nearest(key, keys) !== undefined;
}
