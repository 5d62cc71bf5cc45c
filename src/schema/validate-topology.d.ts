/** Made of topology.schema.json by src/dev/build-validator.ts when the project is built. */
import type { ShapeError } from './shape-error.ts';

/** Says whether a value has the shape of a topology; when not, `errors` says all that is wrong. */
export declare const validate: {
  (value: unknown): boolean;
  errors?: readonly ShapeError[] | null;
};
