import type { Diagnostic } from './diagnostic.ts';

/** The object that a place belongs to: the first two steps of its path. */
export function objectOf(path: string): string {
  return path.split('/').slice(0, 3).join('/');
}

/** Says whether a diagnostic speaks of one of the objects, at its own place or at one that belongs to it. */
export function concerns({ at, related }: Diagnostic, objects: ReadonlySet<string>): boolean {
  return [at, ...related.map((one) => one.at)].some(({ path }) => objects.has(objectOf(path)));
}
