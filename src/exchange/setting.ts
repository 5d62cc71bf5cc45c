import type { Default, EnumerationValues, ValueRange } from './cmdlet.ts';
import type { VersionFact } from './version.ts';

/** The objects whose Exchange parameters a topology writes. */
export const settingObjects = ['sendConnector', 'receiveConnector', 'transportConfig'] as const;

/** One of those objects. */
export type SettingObject = (typeof settingObjects)[number];

/** Which cmdlet has a setting, and in which versions. */
export interface SettingCmdlet extends VersionFact {
  readonly cmdlet: string;
}

/**
 * How a value is written: `size` and `size-limit` are bytes, `limit` is a count; a limit may be `unlimited`.
 *
 * `text` is everything else; the Exchange type tells more.
 */
export type SettingForm =
  'boolean' | 'number' | 'size' | 'size-limit' | 'limit' | 'time-span' | 'enum' | 'text';

/** An Exchange parameter that a topology may write on an object; `since` and `until` say which versions have it. */
export interface Setting extends VersionFact {
  readonly object: SettingObject;
  /** As the topology spells it, such as `requireTLS`. */
  readonly key: string;
  /** As the cmdlets spell it, such as `RequireTLS`. */
  readonly parameter: string;
  /** Exchange's type of one value. */
  readonly type: string;
  readonly form: SettingForm;
  /** Whether it takes several values. */
  readonly list: boolean;
  readonly cmdlets: readonly SettingCmdlet[];
  readonly values?: readonly EnumerationValues[];
  readonly range?: readonly ValueRange[];
  readonly defaults?: readonly Default[];
  /** Microsoft reserves it; a topology should leave it alone. */
  readonly internal?: true;
}
