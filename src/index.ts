/**
 * mailtopo as a library: what the command line does, short of reading topologies and writing folders.
 *
 * The built-in rules stand in `mailtopo/rules`, what a rule of one's own needs in `mailtopo/rule-kit`.
 */
import type { Checked } from './base/diagnostic.ts';
import { pemFilesBeside } from './certificate/pem-files-beside.ts';
import { compile as compileSource, type CompileOptions } from './compile.ts';
import type { Artefact } from './emit/emitter.ts';
import { emitters } from './emit/index.ts';
import { lintSource, type Linted, type LintOptions } from './lint-source.ts';
import { fileExistsBeside } from './read-source.ts';
import { askableSource } from './trace-source.ts';
import { readScenario } from './trace/read-scenario.ts';
import { trace as traceScenario, type Trace } from './trace/trace.ts';
import type { WrittenScenario } from './trace/written-scenario.ts';
import { rules } from '../rules/index.ts';

export type {
  CertificateFacts,
  PemContents,
  PemFile,
  PrivateKeyFacts,
  PublicKeyFacts,
} from './certificate/pem-file.ts';
export type { Checked, Diagnostic, Fix, Related, Severity } from './base/diagnostic.ts';
export type { Located, Span } from './base/span.ts';
export type { CompileOptions } from './compile.ts';
export type { Artefact, CertificateOf, Emitter, LineOf, SourceLine, TextEncoding } from './emit/emitter.ts';
export { emitters } from './emit/index.ts';
export type { LintOptions, Linted } from './lint-source.ts';
export type { Report, Rule, RuleContext, RuleModule } from './lint/rule.ts';
export type { Topology } from './model/topology.ts';
export type { Plan } from './plan/step.ts';
export type { Trace, Verdict } from './trace/trace.ts';
export type { WrittenScenario } from './trace/written-scenario.ts';

function lintDefaults(file: string): LintOptions {
  return { rules, fileExists: fileExistsBeside(file), certificateOf: pemFilesBeside(file) };
}

/**
 * Finds the faults of a topology: by the built-in rules, and with the files beside it, unless the options say otherwise.
 *
 * `file` is its name in what is said, and where the files that it names are looked for; it is not read. Dates of
 * certificates are judged where the options give a `now`, so that the same call says the same.
 */
export function lint(file: string, text: string, options: Partial<LintOptions> = {}): Linted {
  return lintSource(file, text, { ...lintDefaults(file), ...options });
}

/**
 * Turns a topology into the files of every target, or of those in the options; a value is there only where no error is.
 *
 * Nothing is written: `source-file` and `runtime` among the artefacts stand for files that are to be copied.
 */
export function compile(
  file: string,
  text: string,
  options: Partial<CompileOptions> = {},
): Promise<Checked<readonly Artefact[]>> {
  const defaults: CompileOptions = {
    ...lintDefaults(file),
    emitters: Object.values(emitters),
    keys: 'left-out',
  };
  return compileSource(file, text, { ...defaults, ...options });
}

/**
 * Tells what happens to a message or a client in a topology, by the decisions of the transport; a value is there only where
 * the topology could be read and the scenario is one.
 *
 * Certificates that the scenario names by a file are looked for beside the topology. Dates are judged by `now`, or by the clock.
 */
export async function trace(
  file: string,
  text: string,
  scenario: WrittenScenario,
  options: Partial<LintOptions> = {},
): Promise<Checked<Trace> & { readonly fault?: string }> {
  const { askable, diagnostics } = askableSource(file, text, {
    ...lintDefaults(file),
    now: Date.now(),
    ...options,
  });
  if (askable === undefined) return { diagnostics };
  const read = pemFilesBeside(file);
  const asked = readScenario(askable.world, scenario, (path) => {
    const pem = read(path);
    return pem.kind === 'missing' ? undefined : askable.certificateIn(path, pem);
  });
  if ('message' in asked) return { diagnostics, fault: `${asked.key}: ${asked.message}` };
  return { diagnostics, value: await traceScenario(askable.world, asked) };
}
