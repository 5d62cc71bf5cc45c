import { nearest } from '../base/nearest.ts';
import { rangeOf, valuesOf } from '../exchange/cmdlets.ts';
import type { Setting } from '../exchange/setting.ts';
import type { ExchangeVersion } from '../exchange/version.ts';
import type { SettingFault } from '../model/setting-faults.ts';
import { textFormOf } from '../model/setting-text.ts';
import type { FaultWords } from './fault-words.ts';

/** What a value of each form is called, and how it is written. */
const forms = {
  boolean: { says: 'neither true nor false', help: 'Write true or false.' },
  number: { says: 'no whole number', help: 'Write a whole number.' },
  limit: { says: 'no count', help: 'Write a whole number or unlimited.' },
  size: { says: 'no size', help: 'Write a whole number and a unit, such as 25MB.' },
  'size-limit': { says: 'no size', help: 'Write a whole number and a unit, such as 25MB, or unlimited.' },
  'time-span': { says: 'no duration', help: 'Write hh:mm:ss or d.hh:mm:ss, such as 00:10:00.' },
} as const;

/** Puts into words why a value is none that its parameter takes in a version; the sentence ends in "is …". */
export function settingFaultWords(
  fault: SettingFault,
  setting: Setting,
  version: ExchangeVersion,
): FaultWords {
  switch (fault.kind) {
    case 'several':
      return { says: 'not one value', help: 'Write one value.' };
    case 'empty':
      return { says: 'empty', help: 'Name at least one value, or remove the key.' };
    case 'too-small':
    case 'too-large':
      return wordsOfBound(fault.kind, setting, version);
    case 'word':
    case 'word-of-other-version':
      return wordsOfWord(fault.text, valuesOf(setting, version) ?? []);
    case 'form':
      return wordsOfForm(setting);
  }
}

function wordsOfBound(
  kind: 'too-small' | 'too-large',
  setting: Setting,
  version: ExchangeVersion,
): FaultWords {
  const range = rangeOf(setting, version);
  const unit = setting.form.startsWith('size') ? ` ${range?.unit ?? 'bytes'}` : '';
  const { min = '0', max = '' } = range ?? {};
  const says = kind === 'too-small' ? `less than ${min}${unit}` : `more than ${max}${unit}`;
  return {
    says,
    help: max === '' ? `Write ${min}${unit} or more.` : `Write a value from ${min} to ${max}${unit}.`,
  };
}

function wordsOfWord(text: string, values: readonly string[]): FaultWords {
  const meant = nearest(text, values);
  return {
    says: 'no value that Exchange knows',
    help: meant === undefined ? `Write one of ${values.join(', ')}.` : `Did you mean "${meant}"?`,
  };
}

function wordsOfForm({ form, key, type }: Setting): FaultWords {
  if (form !== 'text' && form !== 'enum') return forms[form];
  const { noun, example } = textFormOf(key, type);
  return {
    says: `no ${noun}`,
    help: `Write ${/^[aeiI]/.test(noun) ? 'an' : 'a'} ${noun} such as "${example}".`,
  };
}
