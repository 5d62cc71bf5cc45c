/**
 * A plan and its twin, in which every text that people chose is a harmless word: their scripts are of one shape, token by
 * token, and differ in those texts alone. So no text can become code, end a comment or change another value, wherever in a
 * script it stands; nothing here knows what scripts look like.
 */
import assert from 'node:assert/strict';
import { argumentNamesFor } from '../../src/emit/exchange-shell/argument-names.ts';
import { certificateFileName } from '../../src/emit/exchange-shell/certificate-file.ts';
import { fingerprintOf } from '../../src/emit/exchange-shell/fingerprint.ts';
import { placesOf } from '../../src/emit/exchange-shell/places.ts';
import { isSettingStep } from '../../src/emit/exchange-shell/steps.ts';
import { onOneLine } from '../../src/emit/readable-text.ts';
import { fileNamesFor } from '../../src/emit/safe-file-name.ts';
import type { Plan } from '../../src/plan/step.ts';
import type { Check } from './lane.ts';

/** How a script compares with its twin. */
export interface Twinned {
  /** Where the two are not of one shape. */
  readonly different: string | null;
  /** Tokens that differ or hold the mark; a quote stands in front of a literal. */
  readonly pairs: readonly (readonly [string, string])[];
}

/** The mark of every word that stands for a text. */
export const mark = 'Zq';

const harmless = /^[A-Za-z0-9:][A-Za-z0-9 _.:;,/\\*[\]()=-]*$/;

/** A plan whose texts are harmless words, and how to get back from a text of it. */
export interface Twin {
  readonly plan: Plan;
  readonly back: (text: string) => string;
}

/** Makes the twin of a plan. */
export function twinOf(plan: Plan): Twin {
  const words = new Map<string, string>();
  const twin = calmed(plan, words) as Plan;
  return { plan: twin, back: replacements(plan, twin, words) };
}

/** Checks that a script has the shape of its twin, and every text as it was meant. */
export function checkTwin({ different, pairs }: Twinned, { back }: Twin, title: string, check: Check): void {
  check(`${title} is of the shape of its twin`, () => assert.equal(different, null));
  check(`${title} has every text as it was meant`, () => {
    for (const [is, calm] of pairs) {
      const shall = back(calm);
      // A comment is brought to one line, and names of variables are letters and digits alone.
      if (calm.startsWith('#')) assert.equal(onOneLine(is), onOneLine(shall));
      else if (/^[$-]/.test(calm)) assert.match(is, /^[$-][A-Za-z]\w*$/);
      else assert.equal(is, shall);
    }
  });
}

/** Copies a plan, with a word of the same length, as far as it goes, for each text that is not harmless. */
function calmed(value: unknown, words: Map<string, string>): unknown {
  if (typeof value === 'string') {
    if (harmless.test(value) || value === '' || value === '*' || value === '--' || /^[*\[]/.test(value))
      return value;
    const known = words.get(value);
    if (known !== undefined) return known;
    const word = `${mark} ${words.size} x`.padEnd(value.length, 'y');
    words.set(value, word);
    return word;
  }
  if (Array.isArray(value)) return value.map((one) => calmed(one, words));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [key, key === 'origin' ? one : calmed(one, words)]),
  );
}

/** Gives what turns a text of the twin into that of the plan, also where names were made of it. */
function replacements(plan: Plan, twin: Plan, words: ReadonlyMap<string, string>): (text: string) => string {
  const pairs: [string, string][] = [...words].map(([text, word]) => [word, text]);
  const [theirs, ours] = [argumentNamesFor(twin), argumentNamesFor(plan)];
  for (const [index, { name }] of plan.certificates.entries()) {
    const calm = twin.certificates[index]?.name ?? '';
    pairs.push([theirs.certificates.get(calm) ?? '', ours.certificates.get(name) ?? '']);
    pairs.push([
      certificateFileName(twin, 'certificate', calm),
      certificateFileName(plan, 'certificate', name),
    ]);
    const files = (one: Plan): ReadonlyMap<string, string> =>
      fileNamesFor(one.certificates.map((each) => each.name));
    pairs.push([`${files(twin).get(calm) ?? ''}.req`, `${files(plan).get(name) ?? ''}.req`]);
  }
  for (const [index, { name }] of plan.authorities.entries())
    pairs.push([
      certificateFileName(twin, 'authority', twin.authorities[index]?.name ?? ''),
      certificateFileName(plan, 'authority', name),
    ]);
  for (const [index, { name }] of plan.credentials.entries())
    pairs.push([
      theirs.credentials.get(twin.credentials[index]?.name ?? '') ?? '',
      ours.credentials.get(name) ?? '',
    ]);
  for (const [index, { steps }] of placesOf(plan).entries())
    pairs.push([
      fingerprintOf((placesOf(twin)[index]?.steps ?? []).filter(isSettingStep)),
      fingerprintOf(steps.filter(isSettingStep)),
    ]);
  const known = new Map(pairs.filter(([calm]) => calm !== ''));
  const any = new RegExp(
    [...known.keys()]
      .toSorted((a, b) => b.length - a.length)
      .map((one) => one.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'))
      .join('|') || '(?!)',
    'g',
  );
  return (text) => text.replaceAll(any, (calm) => known.get(calm) ?? calm);
}
