import { settingOf } from '../exchange/cmdlets.ts';
import type { SettingObject } from '../exchange/setting.ts';
import type { LocatedMap } from '../source/located.ts';
import { nameOf } from './read-node.ts';
import type { WrittenParameter } from './topology.ts';

/** Lists the Exchange parameters that are written on an object, also those that its version lacks. */
export function writtenParameters(
  map: LocatedMap | undefined,
  object: SettingObject,
): readonly WrittenParameter[] {
  const entries = map?.entries ?? [];
  return entries
    .filter(({ key }) => settingOf(object, key.text) !== undefined)
    .map(({ key, value }) => ({ key: nameOf(key), node: value }));
}
