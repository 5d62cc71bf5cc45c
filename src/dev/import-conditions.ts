import type { Condition, DefaultValue } from '../exchange/cmdlet.ts';
import type { VersionFact } from '../exchange/version.ts';

/** The versions behind the keys of the imported file; `2010+` and the like begin there and do not end. */
const versionKeys: { readonly [key: string]: VersionFact } = {
  '2007': { since: '2007', until: '2007' },
  '2010': { since: '2010', until: '2010' },
  '2013': { since: '2013', until: '2013' },
  '2010+': { since: '2010' },
  '2013+': { since: '2013' },
  '2016+': { since: '2016' },
};

const otherKeys: { readonly [key: string]: Condition } = {
  edge: { role: ['edge'] },
  'mailbox/hub': { role: ['hub', 'mailbox', 'clientAccess'] },
  Client: { usage: ['client'] },
  Custom: { usage: ['custom'] },
  Internal: { usage: ['internal'] },
  Internet: { usage: ['internet'] },
  Partner: { usage: ['partner'] },
};

/** Turns a key such as `2013+` into versions; undefined where it is no version. */
export function versionsOfKey(key: string): VersionFact | undefined {
  return versionKeys[key];
}

/** Turns a key of an imported default into a condition; what has no field stays in words. */
export function conditionOfKey(key: string): Condition {
  return versionKeys[key] ?? otherKeys[key] ?? { words: key };
}

/** Turns an imported default, which is text in the reference's spelling, into a typed value. */
export function typedDefault(text: string, type: string, multi: boolean): DefaultValue {
  if (text === '$true') return true;
  if (text === '$false') return false;
  if (text === '$null') return null;
  if (text === '{}') return [];
  if (multi) return text.split(',').map((one) => one.trim());
  const isNumber = /^(Int32|UInt32|Unlimited)$/.test(type) && /^\d+$/.test(text);
  return isNumber ? Number(text) : text;
}
