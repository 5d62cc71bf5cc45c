import { existsSync } from 'node:fs';
import { dirname, relative, resolve, sep } from 'node:path';
import type { Diagnostic } from '../base/diagnostic.ts';
import { Failure } from '../base/failure.ts';
import {
  compareWith,
  entryOf,
  parseBaseline,
  printBaseline,
  type BaselineEntry,
  type Comparison,
} from '../baseline/baseline.ts';
import { readSource } from '../read-source.ts';
import { printable } from '../report/printable.ts';
import type { Streams } from '../run.ts';
import { writeSource } from '../write-source.ts';
import { rules } from '../../rules/index.ts';

/** The flags of `lint` that are about the baseline. */
export interface BaselineArguments {
  readonly baseline?: string;
  readonly updateBaseline?: boolean;
}

/** A baseline file that was read. */
export interface Baseline {
  /** As it was named. */
  readonly file: string;
  /** Absent where there is no such file yet. */
  readonly bytes: Uint8Array | undefined;
  readonly entries: readonly BaselineEntry[];
}

/** Unit: entries that a message lists; the file has them all. Our choice. */
const mostListed = 20;

/** A file that cannot be read has but one finding, what was left out is not known, and what guards a relay or a secret is mended. */
const never: ReadonlySet<string> = new Set([
  'yaml-syntax',
  'locked-rule',
  'too-many-findings',
  ...rules.filter(({ lock }) => lock === 'locked').map(({ id }) => id),
]);

/**
 * Reads a baseline file.
 *
 * Fails: with `unreadable-file` for one that is broken, or that is not there where it has to be.
 */
export function readBaseline(file: string, onMissing: 'fail' | 'begin'): Baseline {
  if (file === '') throw new Failure('usage', 'no file stands behind --baseline');
  if (onMissing === 'begin' && !existsSync(file)) return { file, bytes: undefined, entries: [] };
  if (!existsSync(file)) {
    throw new Failure('unreadable-file', `there is no baseline ${file}; --update-baseline writes it`);
  }
  const { bytes, decoded } = readSource(file);
  const entries = decoded.value === undefined ? 'it is not UTF-8' : parseBaseline(decoded.value);
  if (typeof entries === 'string') {
    throw new Failure('unreadable-file', `cannot read the baseline ${file}: ${entries}`);
  }
  return { file, bytes, entries };
}

/** Names files as the baseline does: from its own folder. */
function namesFor(baseline: Baseline): (file: string) => string {
  const folder = dirname(resolve(baseline.file));
  const names = new Map<string, string>();
  return (file) => {
    const name = names.get(file) ?? relative(folder, resolve(file)).split(sep).join('/');
    names.set(file, name);
    return name;
  };
}

/** Sets findings off against the baseline; those that no baseline may hold stay. */
function compared(baseline: Baseline, found: readonly Diagnostic[]): Comparison {
  const { fresh, gone } = compareWith(baseline.entries, found.filter(mayBeIn), namesFor(baseline));
  const left = new Set(fresh);
  return { fresh: found.filter((one) => !mayBeIn(one) || left.has(one)), gone };
}

/** Gives the findings that count although there is a baseline. */
export function notInBaseline(baseline: Baseline, found: readonly Diagnostic[]): readonly Diagnostic[] {
  return compared(baseline, found).fresh;
}

function mayBeIn({ rule }: Diagnostic): boolean {
  return !never.has(rule);
}

/** Entries of files that this run has judged; of others nothing is known, unless they are gone. */
function judged(
  baseline: Baseline,
  found: readonly Diagnostic[],
  files: readonly string[],
): readonly BaselineEntry[] {
  const nameOf = namesFor(baseline);
  const unread = new Set(found.filter(({ rule }) => rule === 'yaml-syntax').map(({ at }) => nameOf(at.file)));
  const looked = new Set(files.map(nameOf));
  const folder = dirname(resolve(baseline.file));
  return baseline.entries.filter(
    ({ file }) => !unread.has(file) && (looked.has(file) || !existsSync(resolve(folder, file))),
  );
}

function tell(baseline: Baseline, gone: readonly BaselineEntry[], streams: Streams): void {
  const name = printable(baseline.file);
  const locked = baseline.entries.filter(({ rule }) => never.has(rule));
  for (const rule of new Set(locked.map((entry) => entry.rule))) {
    streams.err(`mailtopo: ${name} holds findings of "${printable(rule)}", which count all the same\n`);
  }
  const unlocked = gone.filter(({ rule }) => !never.has(rule));
  if (unlocked.length === 0) return;
  const lines = unlocked
    .slice(0, mostListed)
    .map(({ file, path, rule }) => `  gone: ${printable(`${file} ${path} [${rule}]`)}\n`);
  const more = unlocked.length > mostListed ? `  and ${unlocked.length - mostListed} more\n` : '';
  const what = unlocked.length === 1 ? '1 finding' : `${unlocked.length} findings`;
  streams.err(
    `mailtopo: ${what} of ${name} no longer there; --update-baseline removes ${unlocked.length === 1 ? 'it' : 'them'}\n`,
  );
  streams.err(lines.join('') + more);
}

/** Sets the findings of a run off against the baseline, and tells what is left in it without need. */
export function settle(
  baseline: Baseline,
  found: readonly Diagnostic[],
  files: readonly string[],
  streams: Streams,
): readonly Diagnostic[] {
  const { fresh, gone } = compared(baseline, found);
  const known = new Set(judged(baseline, found, files));
  tell(
    baseline,
    gone.filter((entry) => known.has(entry)),
    streams,
  );
  return fresh;
}

/** Writes the findings of a run into the baseline; entries of files that it did not judge stay. */
export async function updateBaseline(
  baseline: Baseline,
  found: readonly Diagnostic[],
  files: readonly string[],
  streams: Streams,
): Promise<readonly Diagnostic[]> {
  const nameOf = namesFor(baseline);
  const dropped = new Set(judged(baseline, found, files));
  const kept = baseline.entries.filter((entry) => !dropped.has(entry) && !never.has(entry.rule));
  const now = found.filter(mayBeIn).map((one) => entryOf(one, nameOf(one.at.file)));
  const { file, bytes, entries } = baseline;
  const text = printBaseline([...kept, ...now]);
  if (bytes === undefined || !Buffer.from(text).equals(bytes)) await writeSource({ file, bytes, text });
  const count = kept.length + now.length;
  streams.err(
    `mailtopo: ${printable(file)} holds ${count === 1 ? '1 finding' : `${count} findings`}, before ${entries.length}\n`,
  );
  return found.filter((one) => !mayBeIn(one));
}
