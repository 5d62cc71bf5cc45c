import type { exitCode } from '../run.ts';

/** What each exit code says. */
export const exitMeanings: Readonly<Record<keyof typeof exitCode, string>> = {
  clean: 'nothing is wrong',
  findings:
    'findings: an error, more warnings than allowed, stale output, or not the verdict that was expected',
  couldNotRun: 'the command could not do its job',
  refused: 'refused for safety; the message holds the flag that lifts it',
  ourBug: 'a bug of mailtopo',
};
