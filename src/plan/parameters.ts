import type { Span } from '../base/span.ts';
import { defaultOf, parametersFor, rangeOf, valuesOf } from '../exchange/cmdlets.ts';
import type { Setting, SettingObject } from '../exchange/setting.ts';
import { holdsIn, type ExchangeVersion } from '../exchange/version.ts';
import type { ServerRole, SettingSource, Usage, WrittenParameter } from '../model/topology.ts';
import { valueOfDefault, valueOfNode } from './parameter-value.ts';
import type { ParameterValue, PlannedParameter } from './step.ts';

/** A value that the model has settled already, with where it comes from. */
export interface Settled {
  readonly value: ParameterValue;
  readonly source: SettingSource;
  readonly origin: Span;
}

/** The object whose parameters are settled, and what decides its defaults. */
export interface Subject {
  readonly object: SettingObject;
  readonly version: ExchangeVersion;
  readonly role?: ServerRole;
  readonly usage?: Usage;
  readonly written: readonly WrittenParameter[];
  /** By the topology's key. */
  readonly settled: ReadonlyMap<string, Settled>;
  /** Keys of what is planned elsewhere. */
  readonly apart: readonly string[];
  /** Where a default is pointed at: the object's name. */
  readonly at: Span;
}

/**
 * Gives the effective value of every setting that the object has in this version, in the catalogue's order.
 *
 * What the model has settled comes first, then what is written, then Exchange's default; a setting for which no
 * source states a default is left out, for its value is not known.
 */
export function effectiveParameters(subject: Subject): readonly PlannedParameter[] {
  return parametersFor(subject.object)
    .filter((setting) => holdsIn(subject.version, setting) && !subject.apart.includes(setting.key))
    .flatMap((setting): readonly PlannedParameter[] => {
      const effective = effectiveValue(setting, subject);
      return effective ? [{ parameter: setting.parameter, key: setting.key, ...effective }] : [];
    });
}

function effectiveValue(setting: Setting, subject: Subject): Settled | undefined {
  const settled = subject.settled.get(setting.key);
  if (settled) return settled;
  const { version, role, usage, object } = subject;
  const { key, form, list } = setting;
  const bareNumber = rangeOf(setting, version)?.bareNumber;
  const shape = { form, list, names: valuesOf(setting, version) ?? [], ...(bareNumber && { bareNumber }) };
  const written = subject.written.find((one) => one.key.value.toLowerCase() === key.toLowerCase());
  if (written) return { value: valueOfNode(written.node, shape), source: 'written', origin: written.node.at };
  const value = defaultOf({ object, key, version, ...(role && { role }), ...(usage && { usage }) });
  if (value === undefined) return undefined;
  return { value: valueOfDefault(value, shape), source: 'default', origin: subject.at };
}
