import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Cmdlet, Parameter } from '../exchange/cmdlet.ts';
import { settingKey } from '../exchange/setting-key.ts';
import type { Setting, SettingForm, SettingObject } from '../exchange/setting.ts';
import { compareVersions, type ExchangeVersion } from '../exchange/version.ts';
import { formatJson } from './format-json.ts';

/** The cmdlets that make and change each object. */
const cmdletsOf: { readonly [one in SettingObject]: readonly string[] } = {
  sendConnector: ['New-SendConnector', 'Set-SendConnector'],
  receiveConnector: ['New-ReceiveConnector', 'Set-ReceiveConnector'],
  transportConfig: ['Set-TransportConfig'],
};

/** What steers the cmdlet or names the object, and is no setting of it; `usage` is a key of its own. */
const plumbing: readonly string[] = [
  ...[
    'Identity',
    'Name',
    'Server',
    'WhatIf',
    'Confirm',
    'DomainController',
    'Force',
    'Instance',
    'TemplateInstance',
  ],
  ...['Usage', 'Client', 'Custom', 'Internal', 'Internet', 'Partner'],
];

interface Owner {
  readonly cmdlet: string;
  readonly parameter: Parameter;
}

/** The settings of the three objects, each list by key. */
export type Settings = { readonly [one in SettingObject]: readonly Setting[] };

/** Writes the settings into one small file that lint reads. */
export async function genSettings(root: string): Promise<string> {
  const $comment = 'Generated from cmdlets/*.json by npm run gen; do not edit.';
  return formatJson({ $comment, ...gatherSettings(root) });
}

/** Gathers the settings of the three objects from the cmdlet files. */
export function gatherSettings(root: string): Settings {
  return {
    sendConnector: settingsOf(root, 'sendConnector'),
    receiveConnector: settingsOf(root, 'receiveConnector'),
    transportConfig: settingsOf(root, 'transportConfig'),
  };
}

function settingsOf(root: string, object: SettingObject): readonly Setting[] {
  const owners = new Map<string, Owner[]>();
  for (const cmdlet of cmdletsOf[object]) {
    for (const [name, parameter] of Object.entries(readCmdlet(root, cmdlet).parameters)) {
      if (plumbing.includes(name)) continue;
      owners.set(name, [...(owners.get(name) ?? []), { cmdlet, parameter }]);
    }
  }
  const settings = [...owners].map(([name, its]) => settingOf(object, name, its));
  return settings.toSorted((a, b) => (a.key < b.key ? -1 : 1));
}

function settingOf(object: SettingObject, name: string, owners: readonly Owner[]): Setting {
  const { type, element, multi, values, range, defaults, internal } = merged(name, owners);
  const since = oldest(owners.map(({ parameter }) => parameter.since ?? '2007'));
  const until = newest(owners.map(({ parameter }) => parameter.until ?? 'SE'));
  const parameter: Parameter = { type, ...(values && { values }), ...(range && { range }) };
  return {
    object,
    key: settingKey(name),
    parameter: name,
    type: element ?? type,
    form: formOf(parameter),
    list: multi === true,
    since,
    ...(until !== 'SE' && { until }),
    cmdlets: owners.map(({ cmdlet, parameter: one }) => ({
      cmdlet,
      ...(one.since && { since: one.since }),
      ...(one.until && { until: one.until }),
    })),
    ...(values && { values }),
    ...(range && { range }),
    ...(defaults && { defaults }),
    ...(internal && { internal }),
  };
}

/**
 * Takes what New- and Set- say about a parameter together.
 *
 * Fails: throws where they contradict each other, for then one of them wants a correction.
 */
function merged(name: string, owners: readonly Owner[]): Parameter {
  const [first, ...others] = owners.map(({ parameter }) => parameter);
  if (!first) throw new Error(`nobody has ${name}`);
  for (const other of others) {
    for (const fact of ['type', 'element', 'multi', 'values', 'range', 'defaults', 'internal'] as const) {
      const [a, b] = [JSON.stringify(first[fact]), JSON.stringify(other[fact])];
      if (a !== b) throw new Error(`New- and Set- disagree about the ${fact} of ${name}: ${a} and ${b}`);
    }
  }
  return first;
}

function formOf({ type, values, range }: Parameter): SettingForm {
  if (values) return 'enum';
  switch (type) {
    case 'Boolean':
      return 'boolean';
    case 'Int32':
    case 'UInt32':
      return 'number';
    case 'ByteQuantifiedSize':
      return 'size';
    case 'Unlimited':
      return range?.some(({ unit }) => unit !== undefined) ? 'size-limit' : 'limit';
    case 'EnhancedTimeSpan':
      return 'time-span';
    default:
      return 'text';
  }
}

function oldest(versions: readonly ExchangeVersion[]): ExchangeVersion {
  return versions.toSorted(compareVersions)[0] ?? '2007';
}

function newest(versions: readonly ExchangeVersion[]): ExchangeVersion {
  return versions.toSorted(compareVersions).at(-1) ?? 'SE';
}

function readCmdlet(root: string, name: string): Cmdlet {
  return JSON.parse(
    readFileSync(join(root, `src/exchange/catalogue/cmdlets/${name}.json`), 'utf8'),
  ) as Cmdlet;
}
