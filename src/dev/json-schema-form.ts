/** The part of JSON Schema that the topology's schema is written in. Source: JSON Schema draft 07. */
export interface SchemaForm {
  readonly $schema?: string;
  readonly $comment?: string;
  readonly $ref?: string;
  readonly $defs?: SchemaForms;
  readonly title?: string;
  readonly description?: string;
  readonly type?: string | readonly string[];
  readonly const?: string | number;
  readonly enum?: readonly (string | number)[];
  readonly examples?: readonly (string | number)[];
  readonly pattern?: string;
  readonly properties?: SchemaForms;
  readonly additionalProperties?: SchemaForm | boolean;
  readonly required?: readonly string[];
  readonly minProperties?: number;
  readonly items?: SchemaForm | readonly SchemaForm[];
  readonly additionalItems?: boolean;
  readonly minItems?: number;
  readonly uniqueItems?: boolean;
  readonly anyOf?: readonly SchemaForm[];
  readonly oneOf?: readonly SchemaForm[];
}

/** Subschemas by name. */
export interface SchemaForms {
  readonly [name: string]: SchemaForm;
}

/** Makes the schema of an object with these keys and no others. */
export function closedObject(
  description: string,
  properties: SchemaForms,
  required: readonly string[] = [],
): SchemaForm {
  const needs = required.length > 0 ? { required } : {};
  return { description, type: 'object', ...needs, additionalProperties: false, properties };
}

/** Makes the schema of a map whose keys are names. */
export function mapOf(description: string, values: SchemaForm): SchemaForm {
  return { description, type: 'object', additionalProperties: values };
}

/** Makes the schema of a text. */
export function text(description: string, ...examples: readonly string[]): SchemaForm {
  return { description, type: 'string', ...(examples.length > 0 && { examples }) };
}

/** Makes the schema of one word out of several; case does not count when a topology is read. */
export function word(description: string, words: readonly string[]): SchemaForm {
  return { description, enum: words };
}

/** Makes the schema of a list of texts or words. */
export function listOf(description: string, items: SchemaForm): SchemaForm {
  return { description, type: 'array', items };
}
