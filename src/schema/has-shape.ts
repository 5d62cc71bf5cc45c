import type { LocatedList, LocatedMap, LocatedNode } from '../source/located.ts';
import type { JsonSchema } from './json-schema.ts';

/**
 * Says whether a node has the shape that a schema asks for, and nothing about what is wrong where it has not.
 *
 * Most topologies have it, and then neither the validator, which takes longer to load than this to run, nor plain values are
 * needed. Source: JSON Schema draft 07.
 */
export function hasShape(node: LocatedNode, schema: JsonSchema): boolean {
  const { type, enum: words, const: only, oneOf } = schema;
  if (
    type !== undefined &&
    !(typeof type === 'string' ? isOf(node, type) : type.some((one) => isOf(node, one)))
  )
    return false;
  const value = node.kind === 'scalar' ? node.value : undefined;
  if (words !== undefined && !(words as readonly unknown[]).includes(value)) return false;
  if (only !== undefined && value !== only) return false;
  if (oneOf !== undefined && oneOf.filter((choice) => hasShape(node, choice)).length !== 1) return false;
  if (node.kind === 'map') return mapHasShape(node, schema);
  return node.kind === 'scalar' || listHasShape(node, schema);
}

function isOf(node: LocatedNode, type: string): boolean {
  if (node.kind !== 'scalar') return type === (node.kind === 'map' ? 'object' : 'array');
  if (node.value === null) return type === 'null';
  return type === 'integer' ? Number.isInteger(node.value) : type === typeof node.value;
}

function mapHasShape({ entries }: LocatedMap, schema: JsonSchema): boolean {
  const { properties = {}, additionalProperties = true, required = [], minProperties = 0 } = schema;
  if (entries.length < minProperties) return false;
  if (!required.every((name) => entries.some(({ key }) => key.text === name))) return false;
  return entries.every(({ key, value }) => {
    const inside = Object.hasOwn(properties, key.text) ? properties[key.text] : additionalProperties;
    return typeof inside === 'object' ? hasShape(value, inside) : inside === true;
  });
}

function listHasShape({ items: nodes }: LocatedList, schema: JsonSchema): boolean {
  const { items, additionalItems = true, minItems = 0 } = schema;
  if (nodes.length < minItems) return false;
  if (items === undefined) return true;
  if (!('length' in items)) return nodes.every((node) => hasShape(node, items));
  if (nodes.length > items.length && !additionalItems) return false;
  return items.every((item, index) => {
    const node = nodes[index];
    return node === undefined || hasShape(node, item);
  });
}
