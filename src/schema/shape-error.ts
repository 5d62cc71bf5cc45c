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
  return errors.filter(
    (error) => !isInsideChoice(error, errors) && !isOfWrongType(error, errors) && !isMisspelt(error, errors),
  );
}

function isChoice({ keyword }: ShapeError): boolean {
  return keyword === 'oneOf';
}

/** Of a choice that fits nothing, what each of its branches lacks. */
function isInsideChoice({ schemaPath }: ShapeError, errors: readonly ShapeError[]): boolean {
  return errors.some((one) => isChoice(one) && schemaPath.startsWith(`${one.schemaPath}/`));
}

/** A value of the wrong type has nothing else to be said about it. */
function isOfWrongType({ keyword, instancePath }: ShapeError, errors: readonly ShapeError[]): boolean {
  if (keyword === 'type') return false;
  return errors.some((one) => one.keyword === 'type' && one.instancePath === instancePath);
}

/** A key that is wanted and stands there misspelt is one fault, not two. */
function isMisspelt(error: ShapeError, errors: readonly ShapeError[]): boolean {
  const here = errors.filter(({ instancePath }) => instancePath === error.instancePath);
  const lacking = isChoice(error) ? here.filter((one) => isInsideChoice(one, [error])) : [error];
  const wanted = lacking.filter(({ keyword }) => keyword === 'required');
  const unknown = here.filter(({ keyword }) => keyword === 'additionalProperties');
  const keys = unknown.map(({ params }) => String(params.additionalProperty));
  return wanted.some(({ params }) => nearest(String(params.missingProperty), keys) !== undefined);
}
