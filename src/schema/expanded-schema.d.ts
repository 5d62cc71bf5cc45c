/** Made of topology.schema.json by src/dev/build-validator.ts when the project is built. */
import type { JsonSchema } from './json-schema.ts';

/** The schema of the language without what decides nothing, every reference written out. */
export declare const schema: JsonSchema;
