import type { Default, DefaultValue } from '../exchange/cmdlet.ts';
import type { Setting } from '../exchange/setting.ts';
import type { VersionFact } from '../exchange/version.ts';
import type { SchemaForm } from './json-schema-form.ts';
import { meanings } from './setting-meanings.ts';

/** Makes the schema of one setting: its form, its values in all versions, and what an editor shows about it. */
export function settingSchema(setting: Setting): SchemaForm {
  const description = describe(setting);
  const value = valueSchema(setting);
  return setting.list ? { description, type: 'array', items: value } : { description, ...value };
}

function valueSchema({ form, values = [], object, key }: Setting): SchemaForm {
  switch (form) {
    case 'boolean':
      return { type: 'boolean' };
    case 'number':
      return { type: 'integer' };
    case 'size':
    case 'size-limit':
    case 'limit':
      return { type: ['integer', 'string'] };
    case 'enum':
      // A value that only some versions have is a matter for a rule, which can say which ones.
      return { enum: [...new Set(values.flatMap((one) => one.values))] };
    case 'time-span':
    case 'text':
      return { type: 'string', ...examplesOf(`${object}.${key}`) };
  }
}

function examplesOf(path: string): { readonly examples?: readonly string[] } {
  const examples: { readonly [path: string]: readonly string[] } = {
    'receiveConnector.bindings': ['0.0.0.0:25', '[::]:25'],
    'receiveConnector.remoteIPRanges': ['192.0.2.0/24', '0.0.0.0-255.255.255.255'],
    'sendConnector.addressSpaces': ['fabrikam.com', '*.fabrikam.com'],
  };
  const found = examples[path];
  return found ? { examples: found } : {};
}

function describe(setting: Setting): string {
  const meaning = setting.internal
    ? 'Reserved by Microsoft; leave it alone.'
    : meanings[setting.object][setting.key];
  const sentences = [meaning, `${origin(setting)}.`, rangeIn(setting), defaultsIn(setting)];
  return sentences.filter((one) => one !== undefined).join(' ');
}

/** As in `New-SendConnector -RequireTLS (2007 to SE)`. */
function origin(setting: Setting): string {
  const names = setting.cmdlets.map(({ cmdlet }) => cmdlet);
  const [first = '', second] = names;
  const cmdlets = second === undefined ? first : `${first.split('-')[0]}-/${second}`;
  return `${cmdlets} -${setting.parameter} (${versionsIn(setting)})`;
}

function versionsIn({ since = '2007', until = 'SE' }: VersionFact): string {
  return since === until ? since : `${since} to ${until}`;
}

function rangeIn({ range = [], form }: Setting): string | undefined {
  // What a range of texts counts is a part of them, such as the cost of an address space.
  if (form === 'text' || range.length === 0) return undefined;
  const parts = range.map(({ when, min, max, unit, unlimited }) => {
    const bounds = min === undefined ? `up to ${max}` : `${min} to ${max}`;
    const versions = when ? ` (${versionsIn(when)})` : '';
    return `${bounds}${unit ? ` ${unit}` : ''}${unlimited ? ' or unlimited' : ''}${versions}`;
  });
  return `Range: ${parts.join('; ')}.`;
}

/** Where the default depends on something, that goes before what there is to say about its sources. */
function defaultsIn({ defaults = [] }: Setting): string | undefined {
  const [first, ...others] = defaults;
  if (!first) return undefined;
  if (others.length === 0 && !first.when) return `Default: ${withRemark(first.value, first.note)}.`;
  return `Default: ${defaults.map(({ value, when }) => withRemark(value, conditionIn(when))).join('; ')}.`;
}

function withRemark(value: DefaultValue, remark = ''): string {
  return `${valueIn(value)}${remark === '' ? '' : ` (${remark})`}`;
}

function conditionIn(when: Default['when'] = {}): string {
  const { role = [], usage = [], since, until } = when;
  const versions = (since ?? until) === undefined ? [] : [versionsIn(when)];
  return [...versions, ...role, ...usage].join(', ');
}

function valueIn(value: DefaultValue): string {
  if (value === null) return 'not set';
  if (!Array.isArray(value)) return String(value);
  return value.length === 0 ? 'none' : value.join(', ');
}
