import { bounds } from './base/bounds.ts';
import { hasErrors, type Checked } from './base/diagnostic.ts';
import type { Artefact, Emitter } from './emit/emitter.ts';
import { firstFindings } from './lint/first-findings.ts';
import { lintSource, type LintOptions } from './lint-source.ts';
import { makePlan } from './plan/make-plan.ts';
import { lineFinder } from './report/text-position.ts';

/** What compiling needs beside the text. */
export interface CompileOptions extends LintOptions {
  readonly emitters: readonly Emitter[];
  /** Whether private keys that the topology names are part of the output. */
  readonly keys: 'left-out' | 'copied';
}

/**
 * Takes a text through all stages: lint, plan, emit. The file to read first: every stage is one line of it.
 *
 * An error ends the way before anything is emitted; what a target cannot express is told beside what lint found.
 */
export async function compile(
  file: string,
  text: string,
  options: CompileOptions,
): Promise<Checked<readonly Artefact[]>> {
  const { topology, diagnostics: linted } = lintSource(file, text, options);
  if (topology === undefined || hasErrors(linted)) return { diagnostics: linted };
  const plan = makePlan(topology);
  const unsupported = options.emitters.flatMap((emitter) => emitter.unsupported(plan));
  const diagnostics = firstFindings([...linted, ...unsupported], bounds.findings);
  if (hasErrors(diagnostics)) return { diagnostics };
  const lineOf = lineFinder(text);
  const emitted = await Promise.all(
    options.emitters.map((emitter) => emitter.emit(plan, lineOf, options.certificateOf)),
  );
  const value = emitted.flat().filter((artefact) => options.keys === 'copied' || !isSecret(artefact));
  return { value, diagnostics };
}

function isSecret(artefact: Artefact): boolean {
  return artefact.kind === 'source-file' && artefact.secret;
}
