/** `mailtopo lint FILE…` as a commit hook says it, without an option: the launcher starts this in place of cli.ts. */
import { lint, usualArguments } from './command/lint.ts';
import { err, out, streams } from './process-streams.ts';
import { exitCodeOf } from './run.ts';

const files = process.argv.slice(3);

void exitCodeOf(() => lint(files, usualArguments, streams), streams.err).then((code) => {
  process.exitCode = code;
  // Nothing that lint began is still open, and Node ends sooner by being told than by finding that out.
  if (out.isSettled && err.isSettled) process.exit();
});
