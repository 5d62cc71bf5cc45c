import type { Diagnostic } from './diagnostic.ts';
import { pathByName } from './path-by-name.ts';

/**
 * Tells findings apart by rule, by the names that lead there and by message, so that one is known again after its block,
 * or text before it, has moved.
 */
export function findingKey({ rule, at, message }: Pick<Diagnostic, 'rule' | 'at' | 'message'>): string {
  // As JSON no part can run into the next, and half characters stay told apart.
  return JSON.stringify([rule, pathByName(at.path).split('/'), message]);
}
