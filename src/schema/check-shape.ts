import { bounds } from '../base/bounds.ts';
import { inOrder, type Diagnostic } from '../base/diagnostic.ts';
import { plainOf, type LocatedDocument, type LocatedNode } from '../source/located.ts';
import { canonicalWord } from './canonical-word.ts';
import { foundIn } from './describe.ts';
import { hasShape } from './has-shape.ts';
import { oneForEachFault } from './shape-error.ts';
// Both are written when the project is built, so they have no source in TypeScript.
import { schema } from './expanded-schema.js';
import { validate } from './validate-topology.js';
import { wordError } from './word-error.ts';

/** Says where a document does not have the shape of a topology: keys, types and words, each fault once. */
export function checkShape({ root }: LocatedDocument): readonly Diagnostic[] {
  if (root.kind !== 'map') return [noTopology(root)];
  if (hasShape(root, schema)) return [];
  const errors = validate(plainOf(root)) ? [] : (validate.errors ?? []);
  const faults = oneForEachFault(errors.filter((error) => canonicalWord(error, root) === undefined));
  const first = faults.slice(0, bounds.findingsOfARule.most + 1);
  return firstOf(inOrder(first.map((error) => wordError(error, root, schema))));
}

/** Says of more faults than anyone mends that there are more; what each of them is would take longest to find out. */
function firstOf(faults: readonly Diagnostic[]): readonly Diagnostic[] {
  const { most } = bounds.findingsOfARule;
  const next = faults[most];
  if (next === undefined) return faults;
  const message = `The file has more faults of shape than the ${most} that are told.`;
  const { at } = next;
  const help = 'Mend the first ones and lint again.';
  return [
    ...faults.slice(0, most),
    { rule: 'too-many-findings', severity: 'error', message, at, related: [], help },
  ];
}

function noTopology(root: LocatedNode): Diagnostic {
  const isEmpty = root.kind === 'scalar' && root.value === null && root.text === '';
  const message = isEmpty ? 'The file is empty.' : `${foundIn(root)} stands where a topology belongs.`;
  const help = 'Begin with "mailtopo: 1" and "organization:".';
  return { rule: 'schema', severity: 'error', message, at: root.at, related: [], help };
}
