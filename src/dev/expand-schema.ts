import type { JsonSchema } from '../schema/json-schema.ts';

/** A schema as it is written: with references, and with what editors show. */
export interface WrittenSchema {
  readonly [keyword: string]: unknown;
}

const annotations = ['$comment', '$schema', '$defs', '$id', 'title', 'description', 'examples'];

/** Keywords whose faults src/schema has words for, apart from those that hold other schemas. */
const assertions = ['type', 'enum', 'const', 'required', 'minProperties', 'minItems'];

/**
 * Leaves of a schema what decides, with every `$ref` written out, so that the path of a validator's error leads from
 * the root to what it is about.
 *
 * Fails: throws at a keyword for whose faults there are no words yet.
 */
export function expandSchema(schema: WrittenSchema, root: WrittenSchema): JsonSchema {
  const entries = Object.entries(schema).flatMap(([keyword, value]): readonly [string, unknown][] => {
    if (annotations.includes(keyword)) return [];
    if (assertions.includes(keyword)) return [[keyword, value]];
    if (keyword === '$ref') return Object.entries(expandSchema(referred(String(value), root), root));
    return [[keyword, expandInside(keyword, value, root)]];
  });
  return Object.fromEntries(entries);
}

function expandInside(keyword: string, value: unknown, root: WrittenSchema): unknown {
  switch (keyword) {
    case 'properties':
      return Object.fromEntries(
        Object.entries(value as WrittenSchema).map(([name, one]) => [
          name,
          expandSchema(one as WrittenSchema, root),
        ]),
      );
    case 'additionalProperties':
    case 'additionalItems':
    case 'items':
    case 'oneOf':
      if (typeof value === 'boolean') return value;
      return Array.isArray(value)
        ? value.map((one) => expandSchema(one as WrittenSchema, root))
        : expandSchema(value as WrittenSchema, root);
    default:
      throw new Error(`src/schema has no words for faults of the keyword "${keyword}"`);
  }
}

function referred(reference: string, root: WrittenSchema): WrittenSchema {
  let here: unknown = root;
  for (const segment of reference.split('/').slice(1)) here = (here as WrittenSchema | undefined)?.[segment];
  if (typeof here !== 'object' || here === null) throw new Error(`"${reference}" leads nowhere`);
  return here as WrittenSchema;
}
