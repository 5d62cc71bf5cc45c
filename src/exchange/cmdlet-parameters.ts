import { cmdletFiles } from './cmdlet-files.ts';
import type { Cmdlet, Parameter } from './cmdlet.ts';
import { holdsIn, type ExchangeVersion } from './version.ts';

const byName: ReadonlyMap<string, Cmdlet> = new Map(cmdletFiles.map((one) => [one.name.toLowerCase(), one]));

/** Finds a cmdlet by name, without regard to case as PowerShell does; undefined where the catalogue lacks it. */
export function cmdletOf(name: string): Cmdlet | undefined {
  return byName.get(name.toLowerCase());
}

/** Finds a parameter of a cmdlet by its whole name, without regard to case; undefined where no version has it. */
export function parameterOf(cmdlet: string, name: string): Parameter | undefined {
  const parameters = Object.entries(cmdletOf(cmdlet)?.parameters ?? {});
  return parameters.find(([one]) => one.toLowerCase() === name.toLowerCase())?.[1];
}

/** Says whether a version has a cmdlet. */
export function hasCmdlet(version: ExchangeVersion, cmdlet: string): boolean {
  const found = cmdletOf(cmdlet);
  return found !== undefined && holdsIn(version, found);
}

/** Says whether a version's cmdlet has a parameter. */
export function hasParameter(version: ExchangeVersion, cmdlet: string, parameter: string): boolean {
  const found = parameterOf(cmdlet, parameter);
  return found !== undefined && hasCmdlet(version, cmdlet) && holdsIn(version, found);
}
