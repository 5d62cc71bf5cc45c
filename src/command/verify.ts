import type { Diagnostic } from '../base/diagnostic.ts';
import { Failure } from '../base/failure.ts';
import { compact } from '../report/compact.ts';
import { plain } from '../report/report.ts';
import { exitCode, type ExitCode, type Streams } from '../run.ts';
import { malformedPolicies, verify as prove } from '../verify/verify.ts';
import { jsonProofs, junitProofs, prettyProofs } from '../verify/reports.ts';
import type { Askable } from '../trace-source.ts';
import { findingOf } from '../trace/finding.ts';
import type { Proof } from '../verify/proof.ts';
import { readAskable } from './askable.ts';
import { writeReports } from './formats.ts';
import { paintFor } from './terminal.ts';

export interface VerifyArguments {
  readonly format: string;
  /** Unit: milliseconds since 1970. */
  readonly now?: number;
}

/** `mailtopo verify FILE`: proves what every topology should have, and the policies that it states. */
export async function verify(path: string, args: VerifyArguments, streams: Streams): Promise<ExitCode> {
  const { format } = args;
  if (!['pretty', 'json', 'junit', 'sarif'].includes(format))
    throw new Failure('usage', 'verify prints pretty, json, junit or sarif');
  const askable = await readAskable(path, args.now ?? Date.now(), streams);
  if (askable === undefined) return exitCode.findings;
  const { world, topology, placeOf } = askable;
  const malformed = malformedPolicies(topology.policies);
  if (malformed.length > 0) {
    streams.err(
      compact({ diagnostics: malformed, sources: new Map([[topology.file, askable.text]]) }, plain),
    );
    return exitCode.findings;
  }
  const proofs = await prove(world, topology.policies);
  const isViolated = proofs.some(({ violations }) => violations.length > 0);
  switch (format) {
    case 'json':
      streams.out(jsonProofs(proofs, placeOf));
      break;
    case 'junit':
      streams.out(junitProofs(topology.file, proofs, placeOf));
      break;
    case 'sarif':
      await writeReports(
        {
          diagnostics: proofs.flatMap((one) => violationsOf(one, askable)),
          sources: new Map([[topology.file, askable.text]]),
        },
        [{ format: 'sarif' }],
        streams,
      );
      break;
    default:
      streams.out(prettyProofs(proofs, placeOf, paintFor(process.stdout, process.env)));
  }
  return isViolated ? exitCode.findings : exitCode.clean;
}

/** Tells violations as findings, at the policy or at the topology as a whole, with the trace that shows them. */
function violationsOf(
  { title, at, violations }: Proof,
  { topology, originOf }: Askable,
): readonly Diagnostic[] {
  const place = at ?? { file: topology.file, start: 0, end: 0, path: '' };
  return violations.map(({ message, trace }) =>
    findingOf(
      trace,
      { rule: 'violated-property', severity: 'error', message: `Violated: ${title}: ${message}.`, at: place },
      originOf,
    ),
  );
}
