/** Why a run stopped for a reason outside the topology file; the command line prints it without a stack. */
export type FailureCode =
  | 'usage'
  | 'unreadable-file'
  | 'no-file-matched'
  | 'unwritable-output'
  | 'unknown-rule'
  | 'could-not-start'
  | 'refused';

/** Thrown only where the world fails us; faults in the author's file are diagnostics, never this. */
export class Failure extends Error {
  readonly code: FailureCode;

  constructor(code: FailureCode, message: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'Failure';
    this.code = code;
  }
}

/** Marks a branch that the types rule out; reaching it is our bug, so it throws. */
export function unreachable(value: never): never {
  throw new Error(`mailtopo bug: unreachable case ${JSON.stringify(value)}`);
}
