import type { Limit, ParameterValue, PlannedParameter } from '../../plan/step.ts';

/**
 * Effective values by name; each question says what holds where the version has no such parameter, or where what is
 * written means nothing, which a rule has reported.
 */
export interface ParameterReader {
  flag(parameter: string, absent: boolean): boolean;
  /** A number, a size in bytes, or no limit. */
  limit(parameter: string, absent: Limit): Limit;
  /** As `limit`, where no limit is the largest number there is. */
  amount(parameter: string, absent: number): number;
  /** Unit: seconds. */
  seconds(parameter: string, absent: number): number;
  text(parameter: string): string | undefined;
  names(parameter: string): readonly string[];
  word<T extends string>(parameter: string, words: readonly T[], absent: T): T;
  /** Says whether the author of the topology wrote the value. */
  isWritten(parameter: string): boolean;
}

/** Makes the effective values of a step askable by name. */
export function readParameters(parameters: readonly PlannedParameter[]): ParameterReader {
  const byName = new Map(parameters.map((one) => [one.parameter.toLowerCase(), one]));
  const planned = (parameter: string): PlannedParameter | undefined => byName.get(parameter.toLowerCase());
  const limit = (parameter: string, absent: Limit): Limit => limitOf(planned(parameter)?.value) ?? absent;
  const names = (parameter: string): readonly string[] => namesOf(planned(parameter)?.value);
  return {
    limit,
    names,
    flag(parameter, absent) {
      const value = planned(parameter)?.value;
      return value?.kind === 'boolean' ? value.value : absent;
    },
    amount(parameter, absent) {
      const value = limit(parameter, absent);
      return value === 'unlimited' ? Number.MAX_SAFE_INTEGER : value;
    },
    seconds(parameter, absent) {
      const value = planned(parameter)?.value;
      return value?.kind === 'time-span' ? value.seconds : absent;
    },
    text: (parameter) => names(parameter)[0],
    word: (parameter, words, absent) => words.find((word) => word === names(parameter)[0]) ?? absent,
    isWritten: (parameter) => planned(parameter)?.source === 'written',
  };
}

function limitOf(value: ParameterValue | undefined): Limit | undefined {
  if (value?.kind === 'number' || value?.kind === 'limit') return value.value;
  return value?.kind === 'size' ? value.bytes : undefined;
}

function namesOf(value: ParameterValue | undefined): readonly string[] {
  if (value?.kind === 'enum') return value.names;
  if (value?.kind === 'list') return value.items;
  return value?.kind === 'text' ? [value.text] : [];
}
