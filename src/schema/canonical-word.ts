import type { LocatedNode } from '../source/located.ts';
import { placeAt } from './place.ts';
import type { ShapeError } from './shape-error.ts';

/** Finds the word of an enumeration that its author wrote in another case. */
export function canonicalWord(error: ShapeError, root: LocatedNode): string | undefined {
  const { keyword, params, instancePath } = error;
  if (keyword !== 'enum' || !Array.isArray(params.allowedValues)) return undefined;
  const { node } = placeAt(root, instancePath);
  if (node.kind !== 'scalar' || typeof node.value !== 'string') return undefined;
  const written = node.text.toLowerCase();
  const words = params.allowedValues.filter((word) => typeof word === 'string');
  return words.find((word) => word.toLowerCase() === written);
}
