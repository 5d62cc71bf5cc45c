import { unreachable } from '../base/failure.ts';
import type { Span } from '../base/span.ts';
import type { ValueRange } from '../exchange/cmdlet.ts';
import { canonicalValue, rangeOf, versionsWithValue } from '../exchange/cmdlets.ts';
import type { Setting } from '../exchange/setting.ts';
import type { ExchangeVersion } from '../exchange/version.ts';
import { isUnlimited, parseExactByteSize } from '../mail/byte-size.ts';
import { parseTimeSpan } from '../mail/time-span.ts';
import type { LocatedNode, LocatedScalar } from '../source/located.ts';
import { textFormOf } from './setting-text.ts';

/**
 * Why a value is none that its parameter takes: several values or no value where one belongs, a form that the type does
 * not have, a word that no version or only another version has, or a number beyond a bound.
 */
export type SettingFaultKind =
  'several' | 'empty' | 'form' | 'word' | 'word-of-other-version' | 'too-small' | 'too-large';

/** A fault in the value of a parameter; `text` is what stands there, empty for a list or a map. */
export interface SettingFault {
  readonly kind: SettingFaultKind;
  readonly at: Span;
  readonly text: string;
}

/**
 * Finds what is wrong with a written parameter by what the catalogue knows of it in a version.
 *
 * Bounds hold for what is written, before Exchange rounds it; a size without a unit is bytes, or kilobytes where the
 * cmdlets of the version take it so.
 * Source: EXCH Set-TransportConfig -MaxSendSize.
 */
export function explainSetting(
  setting: Setting,
  version: ExchangeVersion,
  node: LocatedNode,
): readonly SettingFault[] {
  const items = setting.list && node.kind === 'list' ? node.items : [node];
  if (items.length === 0) return setting.form === 'enum' ? [{ kind: 'empty', at: node.at, text: '' }] : [];
  return items.flatMap((item): readonly SettingFault[] => {
    if (item.kind !== 'scalar') return [{ kind: setting.list ? 'form' : 'several', at: item.at, text: '' }];
    const kind = explainScalar(setting, version, item);
    return kind === undefined ? [] : [{ kind, at: item.at, text: item.text }];
  });
}

function explainScalar(
  setting: Setting,
  version: ExchangeVersion,
  { value, text }: LocatedScalar,
): SettingFaultKind | undefined {
  if (value === null) return mayBeUnset(setting) ? undefined : 'form';
  const range = rangeOf(setting, version);
  switch (setting.form) {
    case 'boolean':
      return /^(true|false)$/i.test(text) ? undefined : 'form';
    case 'limit':
      return isUnlimited(text) ? undefined : explainCount(text, range);
    case 'number':
      return explainCount(text, range);
    case 'size-limit':
      return isUnlimited(text) ? undefined : explainSize(text, range);
    case 'size':
      return explainSize(text, range);
    case 'time-span':
      return outsideOf(range, parseTimeSpan(text), parseTimeSpan);
    case 'enum':
      return explainWord(setting, version, text);
    case 'text':
      return textFormOf(setting.key, setting.type).holds(text) ? undefined : 'form';
    default:
      return unreachable(setting.form);
  }
}

/** What has no default of its own can be unset, as `-Banner $null` does. */
function mayBeUnset({ form, list, defaults }: Setting): boolean {
  return !list && (form === 'text' || (form === 'enum' && defaults === undefined));
}

function explainCount(text: string, range: ValueRange | undefined): SettingFaultKind | undefined {
  return outsideOf(range, /^\d{1,15}$/.test(text) ? Number(text) : undefined, Number);
}

function explainSize(text: string, range: ValueRange | undefined): SettingFaultKind | undefined {
  const isKilobytes = range?.bareNumber === 'KB' && /^\d+$/.test(text.trim());
  const bytes = parseExactByteSize(isKilobytes ? `${text.trim()}KB` : text);
  const scale = range?.unit === 'KB' ? 1024 : 1;
  return outsideOf(range, bytes, (bound) => Number(bound) * scale);
}

function explainWord(setting: Setting, version: ExchangeVersion, text: string): SettingFaultKind | undefined {
  if (canonicalValue(setting, version, text) !== undefined) return undefined;
  return versionsWithValue(setting, text).length > 0 ? 'word-of-other-version' : 'word';
}

function outsideOf(
  range: ValueRange | undefined,
  value: number | undefined,
  read: (bound: string) => number | undefined,
): SettingFaultKind | undefined {
  if (value === undefined) return 'form';
  const min = range?.min === undefined ? undefined : read(range.min);
  const max = range?.max === undefined ? undefined : read(range.max);
  if (min !== undefined && value < min) return 'too-small';
  return max !== undefined && value > max ? 'too-large' : undefined;
}
