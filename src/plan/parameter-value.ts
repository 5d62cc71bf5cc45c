import type { DefaultValue } from '../exchange/cmdlet.ts';
import type { SettingForm } from '../exchange/setting.ts';
import { isUnlimited, parseByteLimit } from '../mail/byte-size.ts';
import { parseTimeSpan } from '../mail/time-span.ts';
import type { WrittenParameter } from '../model/topology.ts';
import type { ParameterValue } from './step.ts';

type WrittenNode = WrittenParameter['node'];
type WrittenScalar = Extract<WrittenNode, { readonly kind: 'scalar' }>;

/** How the value of a parameter is read, whatever type the cmdlet gives it. */
export interface ValueShape {
  readonly form: SettingForm;
  /** Whether it takes several values. */
  readonly list: boolean;
  /** The words of an enumeration. */
  readonly names: readonly string[];
  /** The unit of a size that is written without one; bytes where it is left out. */
  readonly bareNumber?: 'bytes' | 'KB';
}

/**
 * Reads what the author wrote for a parameter.
 *
 * A value that its type cannot hold stays the text it is: where that matters a rule has said so, and a plan of a file
 * with warnings alone is made all the same.
 */
export function valueOfNode(node: WrittenNode, shape: ValueShape): ParameterValue {
  if (node.kind === 'map') return { kind: 'null' };
  const nodes = node.kind === 'list' ? node.items : [node];
  return valueOfWords(nodes.flatMap(wordIn), shape);
}

/** Takes over a default of the catalogue, which writes values as Exchange does. */
export function valueOfDefault(value: DefaultValue, shape: ValueShape): ParameterValue {
  if (value === null) return { kind: 'null' };
  return valueOfWords(typeof value === 'object' ? value : [String(value)], shape);
}

function valueOfWords(words: readonly string[], shape: ValueShape): ParameterValue {
  const { form, list, names } = shape;
  if (form === 'enum') return { kind: 'enum', names: words.map((word) => spelled(word, names)), multi: list };
  if (list) return { kind: 'list', items: words };
  const [text] = words;
  return text === undefined
    ? { kind: 'null' }
    : (valueInForm(withUnit(text, shape), form) ?? { kind: 'text', text });
}

/** Source: EXCH Set-TransportConfig -MaxSendSize (kilobytes up to 2010). */
function withUnit(text: string, { form, bareNumber }: ValueShape): string {
  const isSize = form === 'size' || form === 'size-limit';
  return isSize && bareNumber === 'KB' && /^\s*\d+\s*$/.test(text) ? `${text.trim()}KB` : text;
}

/** Fails: returns undefined where the text is no value of the form. */
function valueInForm(text: string, form: SettingForm): ParameterValue | undefined {
  switch (form) {
    case 'boolean':
      return /^(?:true|false)$/i.test(text)
        ? { kind: 'boolean', value: text.toLowerCase() === 'true' }
        : undefined;
    case 'number':
      return isCount(text) ? { kind: 'number', value: Number(text) } : undefined;
    case 'size':
    case 'size-limit': {
      const bytes = parseByteLimit(text);
      return bytes === undefined ? undefined : { kind: 'size', bytes };
    }
    case 'limit':
      if (isUnlimited(text)) return { kind: 'limit', value: 'unlimited' };
      return isCount(text) ? { kind: 'limit', value: Number(text) } : undefined;
    case 'time-span': {
      const seconds = parseTimeSpan(text);
      return seconds === undefined ? undefined : { kind: 'time-span', seconds };
    }
    case 'enum':
    case 'text':
      return undefined;
  }
}

function wordIn(node: WrittenNode): readonly string[] {
  return node.kind === 'scalar' && node.value !== null ? [textOf(node)] : [];
}

/** YAML's other spellings of a boolean mean the same to Exchange; everything else is what was written. */
function textOf(scalar: WrittenScalar): string {
  return typeof scalar.value === 'boolean' ? String(scalar.value) : scalar.text;
}

function isCount(text: string): boolean {
  return /^\d+$/.test(text) && Number.isSafeInteger(Number(text));
}

function spelled(word: string, names: readonly string[]): string {
  return names.find((name) => name.toLowerCase() === word.toLowerCase()) ?? word;
}
