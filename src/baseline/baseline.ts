import type { Diagnostic } from '../base/diagnostic.ts';
import { pathByName } from '../base/path-by-name.ts';
import { fingerprint } from '../report/fingerprint.ts';

/** A finding that is known and accepted; all but the fingerprint is for those who read the file. */
export interface BaselineEntry {
  /** Relative to the folder of the baseline, with `/` between folders. */
  readonly file: string;
  /** JSON Pointer without the places in lists, so that it holds when an entry comes or goes. */
  readonly path: string;
  readonly rule: string;
  readonly message: string;
  readonly fingerprint: string;
}

/** How findings and a baseline differ. */
export interface Comparison {
  /** Those that are not in the baseline. */
  readonly fresh: readonly Diagnostic[];
  /** Entries that no finding is left for. */
  readonly gone: readonly BaselineEntry[];
}

const fields = ['file', 'path', 'rule', 'message', 'fingerprint'] as const;

/** Makes the entry of a finding; `file` is its file as the baseline names it. */
export function entryOf(one: Diagnostic, file: string): BaselineEntry {
  const { rule, message } = one;
  return { file, path: pathByName(one.at.path), rule, message, fingerprint: fingerprint(one) };
}

function keyOf({ file, fingerprint: print }: Pick<BaselineEntry, 'file' | 'fingerprint'>): string {
  return `${print} ${file}`;
}

/**
 * Tells findings that are new from those that the baseline has, each as often as it has it.
 *
 * So a fault that is mended makes no room for another one of the same rule, and a block that moves brings nothing new.
 */
export function compareWith(
  entries: readonly BaselineEntry[],
  found: readonly Diagnostic[],
  nameOf: (file: string) => string,
): Comparison {
  const left = new Map<string, BaselineEntry[]>();
  for (const entry of entries) {
    const same = left.get(keyOf(entry));
    if (same) same.push(entry);
    else left.set(keyOf(entry), [entry]);
  }
  const fresh = found.filter((one) => {
    const key = keyOf({ file: nameOf(one.at.file), fingerprint: fingerprint(one) });
    return left.get(key)?.pop() === undefined;
  });
  return { fresh, gone: [...left.values()].flat() };
}

/** Writes a baseline: the same findings give the same bytes, whatever their order. */
export function printBaseline(entries: readonly BaselineEntry[]): string {
  // In this order of fields, whatever the order that they were read in.
  const findings = [...entries]
    .sort(compareEntries)
    .map((entry) => Object.fromEntries(fields.map((field) => [field, entry[field]])));
  return `${JSON.stringify({ version: 1, findings }, undefined, 2)}\n`;
}

function compareEntries(a: BaselineEntry, b: BaselineEntry): number {
  for (const field of fields) {
    if (a[field] !== b[field]) return a[field] < b[field] ? -1 : 1;
  }
  return 0;
}

/** Reads a baseline, or says in words what is wrong with it. */
export function parseBaseline(text: string): readonly BaselineEntry[] | string {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return 'it is not JSON';
  }
  const { version, findings } = (value ?? {}) as { readonly version?: unknown; readonly findings?: unknown };
  if (version !== 1) return 'its version is not 1';
  if (!Array.isArray(findings)) return 'it has no list of findings';
  for (const [index, one] of (findings as readonly unknown[]).entries()) {
    const fault = faultOf(one);
    if (fault !== undefined) return `finding ${index + 1} ${fault}`;
  }
  return findings as readonly BaselineEntry[];
}

/** Who reviews a baseline reads its words; so what hides a finding has to be what they say. */
function faultOf(one: unknown): string | undefined {
  const entry = (one ?? {}) as { readonly [field: string]: unknown };
  const lacking = fields.find((field) => typeof entry[field] !== 'string');
  if (lacking !== undefined) return `has no ${lacking}`;
  const { rule, path, message, fingerprint: written } = one as BaselineEntry;
  const span = { file: '', start: 0, end: 0, path };
  return fingerprint({ rule, message, at: span }) === written ? undefined : 'does not have its fingerprint';
}
