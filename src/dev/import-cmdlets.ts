/**
 * Writes the cmdlet files of the catalogue from a reference digest: node dist/src/dev/import-cmdlets.js cmdlets.json
 *
 * The digest has one entry per cmdlet and parameter with a list of versions. Here versions become `since` and `until`,
 * parameters of the cloud are left out, defaults get typed values and conditions, and the corrections are applied.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import type { Cmdlet, Default, EnumerationValues, Parameter, ValueRange } from '../exchange/cmdlet.ts';
import {
  exchangeVersions,
  versionsWith,
  type ExchangeVersion,
  type VersionFact,
} from '../exchange/version.ts';
import { corrections, reachBackTo2007 } from './catalogue-corrections.ts';
import { formatJson } from './format-json.ts';
import type { DigestCmdlet, DigestParameter } from './cmdlet-digest.ts';
import { conditionOfKey, typedDefault, versionsOfKey } from './import-conditions.ts';

/**
 * Turns a list of versions into a range; undefined when none of them is on premises.
 *
 * Fails: throws where the versions have a gap, which `since` and `until` cannot say.
 */
export function rangeOfVersions(names: readonly string[]): VersionFact | undefined {
  const versions = exchangeVersions.filter((version) => names.includes(version));
  const [since, until] = [versions[0], versions.at(-1)];
  if (since === undefined || until === undefined) return undefined;
  const range: { since: ExchangeVersion; until?: ExchangeVersion } =
    until === 'SE' ? { since } : { since, until };
  if (versionsWith(range).length !== versions.length)
    throw new Error(`versions with a gap: ${versions.join(', ')}`);
  return range;
}

/** Turns one entry of the digest into the form of the catalogue. */
export function convertCmdlet(name: string, raw: DigestCmdlet): Cmdlet {
  const versions = rangeOfVersions(raw.appliesTo);
  if (!versions) throw new Error(`${name} is in no version on premises`);
  const parameters = Object.entries(raw.parameters).flatMap(([parameter, one]) => {
    const converted = convertParameter(name, parameter, one);
    return converted ? [[parameter, converted] as const] : [];
  });
  return withoutUndefined({
    name,
    ...versions,
    source: raw.source,
    evidence2007: raw.v2007,
    supersededBy: supersededBy(raw.supersededBy),
    notes: raw.docQuirk === undefined ? undefined : [raw.docQuirk],
    parameterSets: raw.parameterSets,
    parameters: Object.fromEntries(parameters),
  });
}

function convertParameter(cmdlet: string, name: string, raw: DigestParameter): Parameter | undefined {
  const versions = rangeOfVersions(raw.versions);
  if (!versions) return undefined;
  const correction = corrections[cmdlet]?.[name];
  const notes = [...notesOf(raw), ...(correction?.notes ?? [])];
  return withoutUndefined({
    type: raw.type,
    element: raw.element,
    elementSource: raw.elementEvidence === 'ded' ? 'deduced' : raw.elementEvidence,
    multi: raw.multi,
    ...versions,
    syntax: raw.valueSyntax,
    values: valuesOf(raw),
    range: correction?.range ?? rangeOf(cmdlet, name, raw.range),
    defaults: correction?.defaults ?? defaultsOf(raw, versions),
    sets: setsOf(raw),
    required: raw.required,
    requiredIn: raw.requiredIn,
    position: raw.position,
    pipeline: raw.pipeline,
    aliases: raw.aliases,
    internal: raw.internal,
    deprecated: raw.deprecated,
    evidence2007: raw.evidence2007,
    since2007: raw.since2007,
    only2018Revision: raw.onlyIn2018Revision,
    addedAfter2018: raw.addedAfter2018,
    notes: notes.length > 0 ? notes : undefined,
  });
}

/** `?` and `2007` stand where the reference that tells the sets does not have the parameter. */
function setsOf({ sets }: DigestParameter): readonly string[] | undefined {
  return sets === '*' || sets.includes('?') || sets.includes('2007') ? undefined : sets;
}

function notesOf(raw: DigestParameter): readonly string[] {
  const versions = Object.entries(raw.versionNotes ?? {}).map(([version, note]) => `${version}: ${note}`);
  const onPremises = raw.versions2018?.filter((one) => rangeOfVersions([one]));
  return onPremises ? [...versions, `the reference of 2018 says ${onPremises.join(', ')}`] : versions;
}

function valuesOf(raw: DigestParameter): readonly EnumerationValues[] | undefined {
  if (!raw.enumByVersion) return raw.enum && [{ values: raw.enum }];
  return Object.entries(raw.enumByVersion).map(([key, values]) => {
    const when = versionsOfKey(key);
    if (!when) throw new Error(`values for an unknown version: ${key}`);
    return { when, values };
  });
}

function rangeOf(
  cmdlet: string,
  name: string,
  raw: DigestParameter['range'],
): readonly ValueRange[] | undefined {
  if (raw === undefined) return undefined;
  const [min, max, words = ''] = Array.isArray(raw) ? (raw as readonly string[]) : [];
  const [, unitWord = '', unlimited] = /^(bytes|KB|kilobytes|chars|)(\|unlimited)?$/.exec(words) ?? [];
  if (min === undefined || max === undefined || words !== `${unitWord}${unlimited ?? ''}`) {
    throw new Error(`a range that wants a correction: ${cmdlet} -${name} ${JSON.stringify(raw)}`);
  }
  const unit = ({ kilobytes: 'KB', chars: 'characters', KB: 'KB', bytes: 'bytes' } as const)[unitWord];
  return [
    withoutUndefined<ValueRange>({ min, max, unit, unlimited: unlimited === undefined ? undefined : true }),
  ];
}

function defaultsOf(raw: DigestParameter, versions: VersionFact): readonly Default[] | undefined {
  if (raw.default === undefined) return undefined;
  const typed = (text: string): Default['value'] => typedDefault(text, raw.type, raw.multi === true);
  if (typeof raw.default === 'string') return [serverOf(raw.default) ?? { value: typed(raw.default) }];
  const defaults = Object.entries(raw.default).map(([key, text]) => ({
    when: conditionOfKey(key),
    value: typed(text),
  }));
  return versions.since === '2007' ? reachBackTo2007(defaults) : defaults;
}

/** `<local server>` and the like are no values. */
function serverOf(text: string): Default | undefined {
  const words = /^<(.+)>$/.exec(text)?.[1];
  return words === undefined ? undefined : { value: null, note: `the ${words}` };
}

function supersededBy(raw: DigestCmdlet['supersededBy']): Cmdlet['supersededBy'] {
  const [key, cmdlet] = Object.entries(raw ?? {})[0] ?? [];
  const when = key === undefined ? undefined : versionsOfKey(key);
  return cmdlet === undefined || !when ? undefined : { cmdlet, when };
}

/** Leaves out what is undefined, as JSON does, and tells the types so. */
function withoutUndefined<T>(value: { readonly [K in keyof T]: T[K] | undefined }): T {
  return JSON.parse(JSON.stringify(value)) as T;
}

async function main(path: string): Promise<void> {
  const digest = JSON.parse(readFileSync(path, 'utf8')) as {
    cmdlets: { readonly [name: string]: DigestCmdlet };
  };
  for (const [name, raw] of Object.entries(digest.cmdlets)) {
    const $comment = 'Written by src/dev/import-cmdlets.ts; see ../README.md before you change it by hand.';
    const file = { $comment, $schema: '../catalogue.schema.json', ...convertCmdlet(name, raw) };
    writeFileSync(`src/exchange/catalogue/cmdlets/${name}.json`, await formatJson(file));
  }
}

const [, script, digestPath] = process.argv;
if (script !== undefined && import.meta.filename === script) {
  if (digestPath === undefined) throw new Error('usage: node dist/src/dev/import-cmdlets.js cmdlets.json');
  await main(digestPath);
}
