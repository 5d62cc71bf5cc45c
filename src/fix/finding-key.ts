import type { Diagnostic } from '../base/diagnostic.ts';

/** Names the way to a node without its places in lists, which move when an entry comes or goes. */
export function pathByName(path: string): string {
  return path
    .split('/')
    .filter((step) => !/^\d+$/.test(step))
    .join('/');
}

/** Tells findings apart by rule, names on the way and message, so that one is known again after text before it has changed. */
export function findingKey({ rule, at, message }: Pick<Diagnostic, 'rule' | 'at' | 'message'>): string {
  return JSON.stringify([rule, pathByName(at.path), message]);
}
