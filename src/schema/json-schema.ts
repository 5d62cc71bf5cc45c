/** The part of JSON Schema that decides about a topology, every `$ref` written out. Source: JSON Schema draft 07. */
export interface JsonSchema {
  readonly type?: string | readonly string[];
  readonly enum?: readonly (string | number)[];
  readonly const?: string | number;
  readonly properties?: { readonly [name: string]: JsonSchema };
  readonly additionalProperties?: JsonSchema | boolean;
  readonly required?: readonly string[];
  readonly minProperties?: number;
  readonly items?: JsonSchema | readonly JsonSchema[];
  readonly additionalItems?: boolean;
  readonly minItems?: number;
  readonly oneOf?: readonly JsonSchema[];
}

/** Finds the schema that holds a keyword, by the path to the keyword that a validator gives. */
export function holderOf(schema: JsonSchema, keywordPath: string): JsonSchema {
  const segments = keywordPath.split('/').slice(1, -1);
  let here: unknown = schema;
  for (const segment of segments) {
    const key = decodeURIComponent(segment).replaceAll('~1', '/').replaceAll('~0', '~');
    here = (here as { readonly [key: string]: unknown })[key];
  }
  return here as JsonSchema;
}
