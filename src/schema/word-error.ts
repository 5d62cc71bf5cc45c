import type { Diagnostic, Fix } from '../base/diagnostic.ts';
import { nearest, onlyNearest } from '../base/nearest.ts';
import { present } from '../base/present.ts';
import { quoted } from '../base/quoted.ts';
import type { Span } from '../base/span.ts';
import type { LocatedNode } from '../source/located.ts';
import { kindOf, subjectOf } from './declared-object.ts';
import { expectedBy, foundIn, inWords, typesOf } from './describe.ts';
import { holderOf, type JsonSchema } from './json-schema.ts';
import { keyOf, nameOf, placeAt, type Place } from './place.ts';
import type { ShapeError } from './shape-error.ts';
import { trapOf } from './yaml-traps.ts';

/** What is said about a fault of shape, and where. */
interface Wording {
  readonly at: Span;
  readonly message: string;
  readonly help?: string | undefined;
  readonly fix?: Fix | undefined;
}

/** Turns a validator's error into a diagnostic at the tightest place that shows the fault. */
export function wordError(error: ShapeError, root: LocatedNode, schema: JsonSchema): Diagnostic {
  const place = placeAt(root, error.instancePath);
  const { at, message, help, fix } = wordingOf(error, place, schema);
  return { rule: 'schema', severity: 'error', message, at, related: [], ...present({ help, fix }) };
}

function wordingOf(error: ShapeError, place: Place, schema: JsonSchema): Wording {
  const { params } = error;
  const holder = holderOf(schema, error.schemaPath);
  switch (error.keyword) {
    case 'type':
      return wrongType(place, holder);
    case 'enum':
    case 'const':
      return notAWord(place, holder);
    case 'additionalProperties':
      return unknownKey(place, String(params.additionalProperty), holder, schema);
    case 'required':
      return missingKey(place, String(params.missingProperty));
    case 'oneOf':
      return noChoice(place, holder);
    default:
      return wrongLength(place, Number(params.limit));
  }
}

function wrongType(place: Place, wanted: JsonSchema): Wording {
  const { node } = place;
  const trap = trapOf(node, typesOf(wanted));
  const message = `${foundIn(node)} stands in ${quoted(place.label)} where ${expectedBy(wanted)} belongs.`;
  return { at: node.at, message, help: trap?.help, fix: trap?.fix };
}

/** A value that is not one of those that are listed; a version is listed twice, for YAML takes it for a number. */
function notAWord(place: Place, wanted: JsonSchema): Wording {
  const { node } = place;
  const words = [...new Set((wanted.enum ?? []).map(String))];
  if (wanted.const !== undefined) {
    const message = `${foundIn(node)} stands in ${quoted(place.label)} where ${wanted.const} belongs.`;
    return { at: node.at, message, help: `Write ${wanted.const}.` };
  }
  if (node.kind !== 'scalar' || node.value === null) {
    const message = `${foundIn(node)} stands in ${quoted(place.label)} where ${inWords(words, 'or')} belongs.`;
    return { at: node.at, message };
  }
  const message = `${quoted(node.text)} is not one of the values of ${quoted(place.label)}: ${words.join(', ')}.`;
  return { at: node.at, message, ...suggestion(node.text, words, node.at, 'value') };
}

/**
 * Of numbers none is a misspelling of another one. An unknown key means nothing, so the only one near is what was meant;
 * of values, each means something else.
 */
function suggestion(
  text: string,
  words: readonly string[],
  at: Span,
  kind: 'key' | 'value',
): Pick<Wording, 'help' | 'fix'> {
  const meant = /^\d+$/.test(text) ? undefined : nearest(text, words);
  if (meant === undefined) return {};
  const isSafe = kind === 'key' && onlyNearest(text, words) === meant;
  const edits = [{ at, text: meant }];
  const fix: Fix = { description: `Write ${meant}.`, edits, ...(isSafe ? {} : { safety: 'unsafe' }) };
  return { help: `Did you mean "${meant}"?`, fix };
}

function unknownKey({ node, way }: Place, text: string, holder: JsonSchema, schema: JsonSchema): Wording {
  const at = keyOf(node, text)?.at ?? node.at;
  const message = `${quoted(text)} is not a key of ${kindOf(way)}.`;
  const meant = suggestion(text, Object.keys(holder.properties ?? {}), at, 'key');
  return { at, message, help: homeOf(text, schema), ...meant };
}

/** Says where the key would be one, for it may only stand in the wrong place. */
function homeOf(text: string, schema: JsonSchema): string | undefined {
  const has = ({ properties = {} }: JsonSchema): boolean => Object.hasOwn(properties, text);
  if (has(schema)) return `It belongs at the top of the file.`;
  const homes = Object.entries(schema.properties ?? {}).flatMap(([section, whole]) => {
    const { additionalProperties: named } = whole;
    const isNamed = typeof named === 'object' && has(named);
    return [...(has(whole) ? [kindOf([section])] : []), ...(isNamed ? [kindOf([section, '*'])] : [])];
  });
  return homes.length > 0 ? `It is a key of ${inWords(homes, 'and')}.` : undefined;
}

function missingKey(place: Place, key: string): Wording {
  return { at: nameOf(place), message: `${subjectOf(place.way)} has no "${key}".`, help: `Add "${key}".` };
}

/** Of a choice between keys, none is there or more than one. */
function noChoice(place: Place, { oneOf = [] }: JsonSchema): Wording {
  const keys = oneOf.flatMap(({ required = [] }) => required);
  const there = keys.filter((key) => keyOf(place.node, key));
  const names = (there.length > 0 ? there : keys).map((key) => `"${key}"`);
  const has = there.length > 0 ? `has ${inWords(names, 'and')}` : `has no ${inWords(names, 'or')}`;
  const help = there.length > 0 ? 'Keep one of them.' : 'Add one of them.';
  return { at: nameOf(place), message: `${subjectOf(place.way)} ${has}.`, help };
}

/** A list or a map with too few entries or too many. */
function wrongLength({ node, key, label }: Place, limit: number): Wording {
  const length = node.kind === 'map' ? node.entries.length : node.kind === 'list' ? node.items.length : 0;
  const name = key ? quoted(label) : `An entry of ${quoted(label)}`;
  const values = length === 1 ? 'one value' : `${length} values`;
  return {
    at: node.at,
    message: length === 0 ? `${name} is empty.` : `${name} has ${values} where ${limit} belong.`,
  };
}
