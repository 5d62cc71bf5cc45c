import { nearest } from '../base/nearest.ts';

/** What a validator says about one value; the paths lead from the root of the value and of the expanded schema. */
export interface ShapeError {
  readonly instancePath: string;
  readonly schemaPath: string;
  readonly keyword: string;
  readonly params: { readonly [name: string]: unknown };
}

/** Leaves one error for each fault: a validator says more about it than its author needs to know. */
export function oneForEachFault(errors: readonly ShapeError[]): readonly ShapeError[] {
  const byPlace = new Map<string, ShapeError[]>();
  for (const error of errors) {
    const here = byPlace.get(error.instancePath);
    if (here) here.push(error);
    else byPlace.set(error.instancePath, [error]);
  }
  return [...byPlace.values()].flatMap(faultsAtOnePlace);
}

function faultsAtOnePlace(here: readonly ShapeError[]): readonly ShapeError[] {
  // Of a value of the wrong type nothing else matters.
  const types = here.filter(({ keyword }) => keyword === 'type');
  if (types.length > 0) return types;
  const choices = here.filter(({ keyword }) => keyword === 'oneOf');
  const unknown = here.filter(({ keyword }) => keyword === 'additionalProperties');
  const unknownKeys = unknown.map(({ params }) => String(params.additionalProperty));
  const isMisspelt = (error: ShapeError): boolean =>
    error.keyword === 'required' && nearest(String(error.params.missingProperty), unknownKeys) !== undefined;
  // What each branch of a choice lacks is said by the choice; a key that is wanted and stands there misspelt is one fault.
  return here.filter((error) => {
    if (choices.some((choice) => isInside(error, choice))) return false;
    const lacking = error.keyword === 'oneOf' ? here.filter((one) => isInside(one, error)) : [error];
    return !lacking.some(isMisspelt);
  });
}

function isInside(error: ShapeError, choice: ShapeError): boolean {
  return error.schemaPath.startsWith(`${choice.schemaPath}/`);
}
