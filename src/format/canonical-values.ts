import type { TextEdit } from '../base/with-edits.ts';
import { yamlScalar } from '../base/yaml-scalar.ts';
import { settingOf } from '../exchange/cmdlets.ts';
import type { SettingForm, SettingObject } from '../exchange/setting.ts';
import { isUnlimited, parseExactByteSize } from '../mail/byte-size.ts';
import { parseTimeSpan, printTimeSpan } from '../mail/time-span.ts';
import type { JsonSchema } from '../schema/json-schema.ts';
import type { LocatedDocument, LocatedNode, LocatedScalar } from '../source/located.ts';

/** A value that is written otherwise than Exchange or the language writes it; `value` is what it then is. */
export interface ValueEdit extends TextEdit {
  readonly value: string;
}

/** What is known of the place of a value. */
interface Place {
  readonly schema: JsonSchema | undefined;
  readonly way: readonly string[];
}

const objects: ReadonlyMap<string, SettingObject> = new Map([
  ['sendConnectors', 'sendConnector'],
  ['receiveConnectors', 'receiveConnector'],
]);

/**
 * Finds the values that have another canonical spelling: words, booleans, sizes, durations, and versions without quotes.
 *
 * Where anchors and merge keys put one value into several places, it is changed only if all of them agree.
 */
export function canonicalEdits({ root, text }: LocatedDocument, schema: JsonSchema): readonly ValueEdit[] {
  const found = new Map<number, { readonly node: LocatedScalar; readonly texts: Set<string | undefined> }>();
  const note: Note = (node, canonical) => {
    // What is not written has the place of its key.
    if (node.value === null) return;
    const here = found.get(node.at.start) ?? { node, texts: new Set() };
    here.texts.add(canonical);
    found.set(node.at.start, here);
  };
  walk(root, { schema, way: [] }, note);
  return [...found.values()].flatMap(({ node, texts }) => {
    const [value] = texts;
    const { start, end } = node.at;
    if (value === undefined || texts.size !== 1 || node.style === 'block') return [];
    // A version without quotes is a number, and so is not yet what it shall be.
    if (value === node.text && typeof node.value !== 'number') return [];
    return [{ start, end, text: spelled(value, node, text.charAt(start)), value }];
  });
}

function spelled(value: string, { style, value: old }: LocatedScalar, quote: string): string {
  if (style === 'quoted') return `${quote}${value}${quote}`;
  if (typeof old === 'boolean') return value;
  return typeof old === 'number' ? JSON.stringify(value) : yamlScalar(value);
}

/** Takes a value with its canonical spelling at one of its places; undefined where it has none. */
type Note = (node: LocatedScalar, canonical: string | undefined) => void;

function walk(node: LocatedNode, place: Place, note: Note): void {
  const { schema, way } = place;
  if (node.kind === 'scalar') {
    note(node, canonicalText(node, place));
  } else if (node.kind === 'list') {
    const { items } = schema ?? {};
    for (const [index, item] of node.items.entries()) {
      const below = Array.isArray(items) ? (items as readonly JsonSchema[])[index] : (items as JsonSchema);
      walk(item, { schema: below, way }, note);
    }
  } else {
    for (const { key, value } of node.entries) {
      note(key, undefined);
      walk(value, { schema: schemaUnder(schema, key.text), way: [...way, key.text] }, note);
    }
  }
}

function schemaUnder(
  { properties, additionalProperties }: JsonSchema = {},
  key: string,
): JsonSchema | undefined {
  if (properties !== undefined && Object.hasOwn(properties, key)) return properties[key];
  return typeof additionalProperties === 'object' ? additionalProperties : undefined;
}

function canonicalText(node: LocatedScalar, { schema, way }: Place): string | undefined {
  const { value, text } = node;
  if (schema?.enum !== undefined) return wordIn(schema.enum, String(value));
  if (schema?.type === 'boolean') return typeof value === 'boolean' ? String(value) : undefined;
  return typeof value === 'string' ? settingText(formAt(way), text.trim()) : undefined;
}

function wordIn(words: readonly (string | number)[], written: string): string | undefined {
  return words.map(String).find((word) => word.toLowerCase() === written.toLowerCase());
}

function formAt([top = '', name, key]: readonly string[]): SettingForm | undefined {
  if (top === 'transportConfig') return settingOf('transportConfig', name ?? '')?.form;
  const object = objects.get(top);
  return object && settingOf(object, key ?? '')?.form;
}

/** A size keeps its unit: `1024KB` and `1MB` are both as Exchange would write them. */
function settingText(form: SettingForm | undefined, text: string): string | undefined {
  switch (form) {
    case 'limit':
      return isUnlimited(text) ? 'unlimited' : undefined;
    case 'size':
    case 'size-limit':
      if (isUnlimited(text)) return form === 'size' ? undefined : 'unlimited';
      return parseExactByteSize(text) === undefined ? undefined : text.replace(' ', '').toUpperCase();
    case 'time-span': {
      const seconds = parseTimeSpan(text);
      return seconds === undefined ? undefined : printTimeSpan(seconds);
    }
    default:
      return undefined;
  }
}
