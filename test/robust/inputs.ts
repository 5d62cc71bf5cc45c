import fc from 'fast-check';
import { stringify } from 'yaml';
import { mutatedBytes } from '../support/hostile-source.ts';
import { hostileTopology } from '../support/hostile-value.ts';
import { bytesHold, textHolds } from './holds.ts';

/** A kind of input, and what has to hold of it. */
export interface Inputs {
  readonly title: string;
  /** A long run takes so many of it; values of the schema cost the most, for they go deepest. */
  readonly share: number;
  readonly check: (run: { readonly numRuns: number; readonly seed?: number }) => void;
}

/** Every kind of input that is made up by chance. */
export const inputs: readonly Inputs[] = [
  {
    title: 'topologies to which something happened',
    share: 1,
    check: (run) => fc.assert(fc.property(mutatedBytes, bytesHold), run),
  },
  {
    title: 'topologies with hostile values in every position of the schema',
    share: 0.5,
    check: (run) =>
      fc.assert(
        fc.property(
          hostileTopology.map((value) => stringify(value)),
          textHolds,
        ),
        run,
      ),
  },
];
