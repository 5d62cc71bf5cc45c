import type { Diagnostic } from '../base/diagnostic.ts';
import { pathByName } from '../base/path-by-name.ts';

/** Tells findings apart by rule, names on the way and message, so that one is known again after text before it has changed. */
export function findingKey({ rule, at, message }: Pick<Diagnostic, 'rule' | 'at' | 'message'>): string {
  return JSON.stringify([rule, pathByName(at.path), message]);
}
