import type { Diagnostic } from '../base/diagnostic.ts';
import type { PemFile } from '../certificate/pem-file.ts';
import { packageManifest } from '../package.ts';
import type { TopologyFacts } from '../page/topology-facts.ts';
import { lineFinder } from '../report/text-position.ts';
import type { Askable } from '../trace-source.ts';
import { allInDate } from '../trace/world.ts';
import type { Proof } from '../verify/proof.ts';
import { faultsOf, malformedPolicies, verify } from '../verify/verify.ts';
import { writtenIn } from '../verify/expectations.ts';
import { ruleWords } from './rule-words.ts';

/** What was proved of a topology, and what could not be asked for. */
export interface Proven {
  readonly proofs: readonly Proof[];
  readonly unproven: readonly Diagnostic[];
}

/** Proves what the page tells. Unit: `now` is milliseconds since 1970; absent: the same on every day. */
export async function provenOf({ world, topology }: Askable, now: number | undefined): Promise<Proven> {
  const policies = topology.policies.filter((one) => faultsOf(one).length === 0);
  const proofs = await verify(now === undefined ? allInDate(world) : world, policies);
  return { proofs, unproven: malformedPolicies(topology.policies) };
}

/** What the page of a topology is made of. */
export interface PageSource {
  readonly askable: Askable;
  readonly findings: readonly Diagnostic[];
  readonly proven: Proven;
  readonly certificateOf: (relativePath: string) => PemFile;
  /** Absent: the page says the same on every day. Unit: milliseconds since 1970. */
  readonly now?: number;
}

/** Gathers what the page of a topology tells; places have the file's name, and no folder of this machine. */
export function pageFacts({ askable, findings, proven, certificateOf, now }: PageSource): TopologyFacts {
  const { plan, world, topology, text, originOf } = askable;
  const lineOf = lineFinder(text);
  return {
    file: topology.file,
    text,
    plan,
    config: world.config,
    findings,
    ...proven,
    wordsOf: ruleWords,
    lineOf,
    placeOf(about) {
      const origin = originOf(about);
      return origin && `${plan.file}:${lineOf(origin)}`;
    },
    certificateFacts: world.facts,
    tests: topology.tests.map((test) => ({ title: test.name.value, written: writtenIn(test) })),
    datesIn(pemFile) {
      const read = certificateOf(pemFile);
      return read.kind === 'read' ? read.certificates[0] : undefined;
    },
    ...(now !== undefined && { judgedAt: now }),
    version: packageManifest().version,
  };
}
