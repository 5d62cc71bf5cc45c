import { Failure } from './base/failure.ts';
import { printable } from './base/printable.ts';

/** What the shell sees; listed in README.md, so a change here is a breaking change. */
export const exitCode = { clean: 0, findings: 1, couldNotRun: 2, refused: 3, ourBug: 70 } as const;

export type ExitCode = (typeof exitCode)[keyof typeof exitCode];

/** Where a command writes: findings and generated text to `out`, words about the run to `err`. */
export interface Streams {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
}

/** Runs a command and turns however it ends into an exit code; the one place that catches a `Failure`. */
export async function exitCodeOf(command: () => Promise<ExitCode>, err: Streams['err']): Promise<ExitCode> {
  try {
    return await command();
  } catch (thrown) {
    if (thrown instanceof Failure) {
      err(`mailtopo: ${printable(thrown.message)}\n`);
      return thrown.code === 'refused' ? exitCode.refused : exitCode.couldNotRun;
    }
    const stack = thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
    err(`${stack}\n\nmailtopo: this is a bug of mailtopo; please report it with the lines above.\n`);
    return exitCode.ourBug;
  }
}
