import type { Step } from '../../plan/step.ts';

/**
 * Gives a short mark of what the steps of a place ask for: it ties a backup to the scripts that it was made for.
 *
 * Where a line stands in the topology does not count, so a comment more asks for no new backup. It guards against a
 * mix-up and against nothing else, so 64 bits of FNV-1a are enough.
 */
export function fingerprintOf(steps: readonly Step[]): string {
  const text = JSON.stringify(steps, (key, value: unknown) => (key === 'origin' ? undefined : value));
  let hash = 0xcbf29ce484222325n;
  for (const byte of new TextEncoder().encode(text)) {
    hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x100000001b3n);
  }
  return hash.toString(16).padStart(16, '0');
}
