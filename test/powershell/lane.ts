/** What all parts of this lane share: how a check is counted, and work for several hosts. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Host } from './engine.ts';

/** Says what holds; a check that throws is one that failed. */
export type Check = (title: string, holds: () => void) => void;

/** Counts checks, and tells each failure. */
export interface Tally {
  readonly check: Check;
  readonly passed: () => number;
  readonly failures: readonly string[];
}

/** Makes a tally; `tell` gets each failure in words. */
export function tally(tell: (text: string) => void): Tally {
  let passed = 0;
  const failures: string[] = [];
  return {
    check: (title, holds) => {
      try {
        holds();
        passed += 1;
      } catch (fault) {
        const words = fault instanceof Error ? fault.message.replaceAll('\n', '\n   ') : String(fault);
        failures.push(title);
        tell(`not ok: ${title}\n   ${words}`);
      }
    },
    passed: () => passed,
    failures,
  };
}

/** Does pieces of work, each on whichever host is free. */
export async function share<T>(
  hosts: readonly Host[],
  pieces: readonly T[],
  work: (host: Host, piece: T) => Promise<void>,
): Promise<void> {
  const left = [...pieces];
  await Promise.all(
    hosts.map(async (host) => {
      for (let piece = left.shift(); piece !== undefined; piece = left.shift()) await work(host, piece);
    }),
  );
}

/** Gives work a folder of its own, which is gone afterwards. */
export async function inFolder<T>(use: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'mailtopo-powershell-'));
  try {
    return await use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
