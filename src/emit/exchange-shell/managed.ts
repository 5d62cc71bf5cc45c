import { cmdletsWith, parametersFor, settingOf } from '../../exchange/cmdlets.ts';
import type { Setting, SettingCmdlet, SettingObject } from '../../exchange/setting.ts';
import type { ExchangeVersion } from '../../exchange/version.ts';
import type { PlannedParameter, Step } from '../../plan/step.ts';
import { mark, type Block } from './block.ts';
import { literal } from './parameter-value.ts';
import { quote } from './quote.ts';
import { settingObjectOf } from './setting-object.ts';

/** Gives the parameters that are ours to set: what is written or follows from it, never what Exchange assumes. */
export function managed(
  object: SettingObject,
  parameters: readonly PlannedParameter[],
): readonly PlannedParameter[] {
  return parameters.filter(
    ({ source, key }) => source !== 'default' && settingOf(object, key)?.internal === undefined,
  );
}

/** Says whether a cmdlet takes a parameter in a version; a few are on New- or on Set- alone. */
export function takes(
  cmdlet: string,
  object: SettingObject,
  { key }: PlannedParameter,
  version: ExchangeVersion,
): boolean {
  const setting = settingOf(object, key);
  return setting !== undefined && cmdletsWith(setting, version).some((one) => one.cmdlet === cmdlet);
}

/** Writes parameters as a table that a cmdlet is given with `@wanted`. */
export function wantedTable(parameters: readonly PlannedParameter[]): Block {
  if (parameters.length === 0) return ['$wanted = @{}'];
  return ['$wanted = @{', ...parameters.map((one) => entry(one, '    ')), '}'];
}

/** Writes what the first cmdlet does not take and the second one does, and the other way round. */
export function wantedAfterwards(
  added: readonly PlannedParameter[],
  removed: readonly PlannedParameter[],
): Block {
  return [
    ...added.map((one) => mark(`$wanted['${one.parameter}'] = ${valueOf(one)}`, one.origin, one.parameter)),
    ...removed.map(({ parameter }) => `$wanted.Remove('${parameter}')`),
  ];
}

/** An accepted domain may have another name than itself, and the cmdlets know it by that. Source: EXCH New-ReceiveConnector -DefaultDomain. */
function valueOf({ parameter, value }: PlannedParameter): string {
  return parameter === 'DefaultDomain' && value.kind === 'text'
    ? `(Get-AcceptedDomainName -Domain ${quote(value.text)})`
    : literal(value);
}

function entry(one: PlannedParameter, margin: string): Block[number] {
  const value = valueOf(one).replaceAll('\n', `\n${margin}`);
  return mark(`${margin}'${one.parameter}' = ${value}`, one.origin, one.parameter);
}

/** How Exchange prints a property decides how it is compared; named as the variables in the scripts. */
const printedAs = {
  exactProperties: ['Banner', 'Comment'],
  rangeProperties: ['RemoteIPRanges', 'InternalSMTPServers'],
  serverProperties: ['SourceTransportServers'],
} as const;

/** Writes the lists of properties that `ConvertTo-Comparable` looks at. */
export function comparisonLists(steps: readonly Step[]): Block {
  const settings = steps.flatMap((step): readonly Setting[] => {
    const object = settingObjectOf[step.kind];
    if (object === undefined || !('parameters' in step)) return [];
    return managed(object, step.parameters).flatMap(({ key }) => settingOf(object, key) ?? []);
  });
  const namesOf = (fits: (one: Setting) => boolean): readonly string[] => [
    ...new Set(settings.filter(fits).map(({ parameter }) => parameter)),
  ];
  const lists: readonly (readonly [string, readonly string[]])[] = [
    ...Object.entries(printedAs).map(([list, names]): [string, readonly string[]] => [
      list,
      namesOf(({ parameter }) => (names as readonly string[]).includes(parameter)),
    ]),
    ['flagProperties', namesOf(({ form }) => form === 'enum')],
    ['sizeProperties', namesOf(({ form }) => form === 'size' || form === 'size-limit')],
    ['durationProperties', namesOf(({ form }) => form === 'time-span')],
  ];
  return [
    '# Properties by the way in which Exchange prints them.',
    ...lists.map(([list, names]) => `$${list} = @(${names.map((name) => `'${name}'`).join(', ')})`),
  ];
}

/** Lists the properties of an object that Set- can bring back in a version, by name. */
export function restorableProperties(object: SettingObject, version: ExchangeVersion): readonly string[] {
  const isSet = ({ cmdlet }: SettingCmdlet): boolean => cmdlet.startsWith('Set-');
  return parametersFor(object)
    .filter((setting) => setting.internal === undefined && cmdletsWith(setting, version).some(isSet))
    .map(({ parameter }) => parameter);
}
