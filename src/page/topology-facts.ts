import type { TransportConfig } from '../../runtime/config.ts';
import type { CertificateFacts } from '../../runtime/decide/certificate.ts';
import type { Diagnostic } from '../base/diagnostic.ts';
import type { Span } from '../base/span.ts';
import type { Plan } from '../plan/step.ts';
import type { PlaceOf } from '../trace/pretty.ts';
import type { TraceExample } from './trace-model.ts';
import type { RuleWords } from '../report/report.ts';
import type { Proof } from '../verify/proof.ts';

/** What the page tells of a topology; the same facts give the same bytes. */
export interface TopologyFacts {
  /** The topology file as it was named. */
  readonly file: string;
  readonly text: string;
  readonly plan: Plan;
  /** The transport's for the same plan. */
  readonly config: TransportConfig;
  readonly findings: readonly Diagnostic[];
  /** What holds for everybody; without a moment to judge by, for certificates that are in date. */
  readonly proofs: readonly Proof[];
  /** What is wrong with policies that cannot be asked for. */
  readonly unproven: readonly Diagnostic[];
  readonly wordsOf: (rule: string) => RuleWords | undefined;
  /** Tells the line on which a place begins, counted from 1. */
  readonly lineOf: (place: Span) => number;
  /** Says where an object of the configuration, or a partner of the plan, stands, such as `topology.yaml:31`. */
  readonly placeOf: PlaceOf;
  /** What the files of certificates say, by the names that the topology gives them. */
  readonly certificateFacts: ReadonlyMap<string, CertificateFacts>;
  /** The questions under `tests`. */
  readonly tests: readonly TraceExample[];
  /** What a file of certificates says of the first one in it; undefined where it could not be read. */
  readonly datesIn: (file: string) => Pick<CertificateFacts, 'notBefore' | 'notAfter'> | undefined;
  /** The moment by which certificates are judged; absent: each reader's own. Unit: milliseconds since 1970. */
  readonly judgedAt?: number;
  /** The version of mailtopo. */
  readonly version: string;
}
