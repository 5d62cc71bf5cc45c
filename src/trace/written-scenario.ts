/** A scenario as it was written: on the command line, in a file of scenarios, or under `tests`. */
export interface WrittenScenario {
  readonly from?: string;
  readonly to?: readonly string[];
  readonly client?: string;
  readonly server?: string;
  readonly binding?: string;
  readonly tls?: string;
  readonly clientCertificate?: string;
  readonly size?: string;
  readonly helo?: string;
  readonly auth?: string;
  readonly dialect?: string;
}

/** The parts of a scenario that can be wrong. */
export type ScenarioKey = keyof WrittenScenario;

/** The parts of a scenario that are one text each. */
export const singleKeys: readonly Exclude<ScenarioKey, 'to'>[] = [
  'from',
  'client',
  'server',
  'binding',
  'tls',
  'clientCertificate',
  'size',
  'helo',
  'auth',
  'dialect',
];

/** What is wrong with a scenario: a sentence without a full stop, and the part that it is about. */
export interface ScenarioFault {
  readonly key: ScenarioKey;
  readonly message: string;
}

/** Thrown and caught here alone, so that each part is read where it is needed. */
export class Faulty extends Error {
  readonly fault: ScenarioFault;

  constructor(key: ScenarioKey, message: string) {
    super(message);
    this.fault = { key, message };
  }
}

export function requireLine(key: ScenarioKey, text: string): void {
  if (/[\u0000-\u001f\u007f]/.test(text)) throw new Faulty(key, 'it holds a control character');
}

export function sameWord(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}

export function quoted(text: string): string {
  return JSON.stringify(text);
}
