import { bounds } from './base/bounds.ts';
import { hasErrors, inOrder, type Diagnostic } from './base/diagnostic.ts';
import type { PemFile } from './certificate/pem-file.ts';
import type { Rule } from './lint/rule.ts';
import { firstFindings } from './lint/first-findings.ts';
import { runRules } from './lint/run-rules.ts';
import { bindTopology } from './model/bind-topology.ts';
import type { Topology } from './model/topology.ts';
import { checkShape } from './schema/check-shape.ts';
import { parseSource } from './source/parse-source.ts';

/** What linting needs beside the text. */
export interface LintOptions {
  readonly rules: readonly Rule[];
  /** Says of a path that the topology names whether a file is there. */
  readonly fileExists: (relativePath: string) => boolean;
  /** Reads a file of certificates or keys that the topology names; absent: none is read. */
  readonly certificateOf?: (relativePath: string) => PemFile;
  /** The moment by which dates are judged; absent: they are not. Unit: milliseconds since 1970. */
  readonly now?: number;
}

/** The topology as far as it could be bound, and all that is to be said about it, in order. */
export interface Linted {
  readonly topology?: Topology;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Takes a text through the first four stages: parse, shape, bind, lint.
 *
 * A fault of syntax ends the way, for what follows is guesswork; faults of shape do not, so that one run tells all.
 */
export function lintSource(file: string, text: string, options: LintOptions): Linted {
  const { value: document, diagnostics: syntax } = parseSource(file, text);
  if (document === undefined || hasErrors(syntax)) return { diagnostics: inOrder(syntax) };
  const shape = checkShape(document);
  const { value: topology, diagnostics: bound } = bindTopology(document);
  const earlier = [...syntax, ...shape, ...bound];
  if (topology === undefined) return { diagnostics: firstFindings(earlier, bounds.findings) };
  return { topology, diagnostics: runRules({ ...options, document, topology, earlier }) };
}
