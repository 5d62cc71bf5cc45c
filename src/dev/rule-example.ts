import type { Diagnostic } from '../base/diagnostic.ts';
import type { Rule } from '../lint/rule.ts';
import { runRule } from '../lint/run-rules.ts';
import { bindTopology } from '../model/bind-topology.ts';
import { exampleNow, examplePemFile } from './example-pem-files.ts';
import { parseSource } from '../source/parse-source.ts';

/** The name that examples go by in reports. */
export const exampleFile = 'topology.yaml';

const head: readonly (readonly [key: string, text: string])[] = [
  ['mailtopo', 'mailtopo: 1\n'],
  [
    'organization',
    'organization: { name: Contoso, exchangeVersion: "2016", acceptedDomains: { contoso.com: authoritative } }\n',
  ],
];

/** Adds what every topology must have and an example need not show; it is added at the end, so that places stay. */
export function completeExample(example: string): string {
  const missing = head.filter(([key]) => !new RegExp(`^${key}:`, 'm').test(example));
  return example + missing.map(([, text]) => text).join('');
}

/** A caret comment of an example: what it underlines and words that the message must hold. */
export interface Caret {
  /** Unit: lines count from 1, columns from 0. */
  readonly line: number;
  readonly column: number;
  readonly length: number;
  readonly words: string;
}

/** Finds the caret comments; each underlines the nearest line above that is none. */
export function caretsOf(example: string): readonly Caret[] {
  const carets: Caret[] = [];
  let shown = 0;
  for (const [index, line] of example.split('\n').entries()) {
    const caret = /^\s*#\s*(\^+)(?: (.*))?$/.exec(line);
    if (!caret) shown = index + 1;
    else {
      const column = line.indexOf('^');
      carets.push({ line: shown, column, length: caret[1]?.length ?? 0, words: caret[2]?.trim() ?? '' });
    }
  }
  return carets;
}

/** The example without its caret comments, as a reader of the page sees it. */
export function withoutCarets(example: string): string {
  return example.replaceAll(/^\s*#\s*\^+.*\n/gm, '');
}

/** Says whether a file that an example names counts as there. */
export function exampleFileExists(path: string): boolean {
  return !/(^|\/)missing/.test(path);
}

/**
 * Runs one rule over one of its examples.
 *
 * Files count as there unless their name begins with "missing"; of those in
 * src/dev/certificates the contents count as well.
 */
export function runExample(
  rule: Rule,
  example: string,
): { readonly text: string; readonly diagnostics: readonly Diagnostic[] } {
  const text = completeExample(example);
  const { value: document, diagnostics } = parseSource(exampleFile, text);
  if (document === undefined)
    throw new Error(`example of ${rule.id}: ${diagnostics.map(({ message }) => message).join(' ')}`);
  const { value: topology } = bindTopology(document);
  if (topology === undefined) throw new Error(`example of ${rule.id} cannot be bound`);
  return {
    text,
    diagnostics: runRule(rule, {
      document,
      topology,
      fileExists: exampleFileExists,
      certificateOf: examplePemFile,
      now: exampleNow,
    }),
  };
}
