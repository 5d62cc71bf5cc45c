/**
 * What each version knows about the settings of connectors and of the transport configuration.
 *
 * This reads one small generated file, so that lint starts fast; the cmdlets themselves, with their parameter sets and
 * everything else, are in cmdlet-parameters.ts.
 */
import settingsFile from './catalogue/settings.json' with { type: 'json' };
import type { ConnectorUsage, Default, DefaultValue, ValueRange } from './cmdlet.ts';
import type { ServerRole } from './server-role.ts';
import type { Setting, SettingCmdlet, SettingObject } from './setting.ts';
import { exchangeVersions, holdsIn, type ExchangeVersion } from './version.ts';

const settings = settingsFile as unknown as { readonly [one in SettingObject]: readonly Setting[] };

const byKey: { readonly [one in SettingObject]: ReadonlyMap<string, Setting> } = {
  sendConnector: new Map(settings.sendConnector.map((one) => [one.key, one])),
  receiveConnector: new Map(settings.receiveConnector.map((one) => [one.key, one])),
  transportConfig: new Map(settings.transportConfig.map((one) => [one.key, one])),
};

/** A question for a default value; without `role` or `usage` only what holds for all of them answers. */
export interface DefaultQuestion {
  readonly object: SettingObject;
  readonly key: string;
  readonly version: ExchangeVersion;
  readonly role?: ServerRole;
  readonly usage?: ConnectorUsage;
}

/** Lists the settings of an object in all versions, by name; plumbing such as Identity and WhatIf is left out. */
export function parametersFor(object: SettingObject): readonly Setting[] {
  return settings[object];
}

/** Finds a setting by the key that a topology writes, such as `requireTLS`; undefined where no version has it. */
export function settingOf(object: SettingObject, key: string): Setting | undefined {
  return byKey[object].get(key);
}

/** Lists the cmdlets that have a setting in a version: New-, Set- or both. */
export function cmdletsWith(setting: Setting, version: ExchangeVersion): readonly SettingCmdlet[] {
  return setting.cmdlets.filter((one) => holdsIn(version, one));
}

/** Lists the values of an enumeration in a version; undefined where the setting is none. */
export function valuesOf(setting: Setting, version: ExchangeVersion): readonly string[] | undefined {
  return setting.values?.find(({ when }) => holdsIn(version, when ?? {}))?.values;
}

/** Lists the versions in which an enumeration has a value, without regard to case, oldest first. */
export function versionsWithValue(setting: Setting, value: string): readonly ExchangeVersion[] {
  return exchangeVersions.filter((version) => canonicalValue(setting, version, value) !== undefined);
}

/** Spells a value of an enumeration as Exchange does; undefined where the version lacks the setting or the value. */
export function canonicalValue(
  setting: Setting,
  version: ExchangeVersion,
  value: string,
): string | undefined {
  if (!holdsIn(version, setting)) return undefined;
  return valuesOf(setting, version)?.find((one) => one.toLowerCase() === value.toLowerCase());
}

/** Tells what a value must lie between in a version; undefined where no range is known. */
export function rangeOf(setting: Setting, version: ExchangeVersion): ValueRange | undefined {
  return setting.range?.find(({ when }) => holdsIn(version, when ?? {}));
}

/**
 * Tells the default of a setting, with the note about its sources.
 *
 * Fails: returns undefined where the version lacks the setting or no default is known.
 */
export function defaultEntryOf(question: DefaultQuestion): Default | undefined {
  const { object, key, version, role, usage } = question;
  const setting = settingOf(object, key);
  if (!setting || !holdsIn(version, setting)) return undefined;
  return setting.defaults?.find(({ when = {} }) => {
    return (
      when.words === undefined &&
      holdsIn(version, when) &&
      (when.role === undefined || (role !== undefined && when.role.includes(role))) &&
      (when.usage === undefined || (usage !== undefined && when.usage.includes(usage)))
    );
  });
}

/**
 * Tells the default value of a setting; `null` is a property that is not set.
 *
 * Fails: returns undefined where the version lacks the setting or no default is known.
 */
export function defaultOf(question: DefaultQuestion): DefaultValue | undefined {
  return defaultEntryOf(question)?.value;
}
