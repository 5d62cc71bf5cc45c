import type { Diagnostic } from '../base/diagnostic.ts';
import { bindFault } from './bind-fault.ts';
import type { Declared } from './references.ts';

/** Finds declarations of one kind whose names Exchange takes for the same one, since case does not count. */
export function nameClashes(kind: string, declared: readonly Declared[]): readonly Diagnostic[] {
  const known = new Map<string, Declared>();
  return declared.flatMap((later) => {
    const { value, at } = later.name;
    const earlier = known.get(value.toLowerCase());
    if (!earlier) {
      known.set(value.toLowerCase(), later);
      return [];
    }
    const message = `The ${kind} "${value}" is declared above as "${earlier.name.value}", for case does not tell names apart.`;
    const related = [{ at: earlier.name.at, note: 'the same name' }];
    return [bindFault(at, message, 'Give one of the two another name.', related)];
  });
}
