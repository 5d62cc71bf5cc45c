import type { Diagnostic, FlowStep, Severity } from '../base/diagnostic.ts';
import type { Span } from '../base/span.ts';
import { verdictLine } from './pretty.ts';
import { storyOf } from './story.ts';
import type { Trace } from './trace.ts';

/** Where in the topology something stands; undefined for what Exchange's setup makes. */
export type OriginOf = (about: object) => Span | undefined;

/** What a finding about a trace says beside the trace. */
export interface FindingWords {
  readonly rule: string;
  readonly severity: Severity;
  /** A sentence; default: the verdict. */
  readonly message?: string;
  /** Where it stands where nothing on the way has a place of its own. */
  readonly at: Span;
}

/** Turns a trace into a finding, with the whole way as the steps that lead to it. */
export function findingOf(trace: Trace, words: FindingWords, originOf: OriginOf): Diagnostic {
  const flow = storyOf(trace).flatMap(({ title, lines }): readonly FlowStep[] => [
    { note: title },
    ...lines.map(({ text, about }): FlowStep => {
      const at = about && originOf(about);
      return { note: text, ...(at && { at }) };
    }),
  ]);
  const { rule, severity, message = `The message is ${verdictLine(trace.verdict)}.` } = words;
  return { rule, severity, message, at: words.at, related: [], flow };
}
