import type { Fix, Related, Severity } from '../base/diagnostic.ts';
import type { Span } from '../base/span.ts';
import type { PemFile } from '../certificate/pem-file.ts';
import type { Topology } from '../model/topology.ts';
import type { LocatedDocument } from '../source/located.ts';

/** What a rule says about one place; id and severity are added by who runs it. */
export interface Report {
  readonly at: Span;
  /** One sentence of fact, names in double quotes, full stop. */
  readonly message: string;
  readonly related?: readonly Related[];
  /** One imperative sentence. */
  readonly help?: string;
  readonly fix?: Fix;
  /** A milder or harder severity than the rule's own, for the cases that its documentation names. */
  readonly severity?: Severity;
}

/** What a rule may look at. */
export interface RuleContext {
  readonly topology: Topology;
  /** The text that the topology was read from, with what is in no object: comments. Most rules do without. */
  readonly document: LocatedDocument;
  /** Says whether a file that the topology names is there. */
  readonly fileExists: (relativePath: string) => boolean;
  /** Reads a file of certificates or keys that the topology names. */
  readonly certificateOf: (relativePath: string) => PemFile;
  /** The moment by which dates are judged; undefined where they are not judged. Unit: milliseconds since 1970. */
  readonly now: number | undefined;
  readonly report: (report: Report) => void;
}

/** One rule, complete: metadata, check and examples; the file name is its id and the folder its category. */
export interface RuleModule {
  readonly severity: Severity;
  /** `locked` rules guard an open relay or a secret: they can be neither suppressed nor lowered. */
  readonly lock?: 'locked';
  /** One sentence that states the fault. */
  readonly summary: string;
  /** Why it is a fault, in a few sentences. */
  readonly why: string;
  readonly sources: readonly string[];
  /** Plain loops over the model; never throws. */
  check(context: RuleContext): void;
  readonly examples: {
    readonly good: readonly string[];
    /** Each underlines its faults with caret comments. */
    readonly bad: readonly string[];
  };
}

/** A rule with its name. */
export interface Rule extends RuleModule {
  readonly id: string;
  readonly category: string;
}
