import { CommanderError } from 'commander';
import { printable } from './base/printable.ts';
import { reasonOf } from './base/reason-of.ts';
import { commandTree, type Work } from './command-tree.ts';
import { exitCode, exitCodeOf, type ExitCode, type Streams } from './run.ts';

const streams: Streams = {
  out: (text) => void process.stdout.write(text),
  err: (text) => void process.stderr.write(text),
};

/** Help has line ends of its own; what a user typed, which a fault quotes, has none that count. */
function usageFault(text: string): string {
  const fault = text.replace(/^error: /, 'mailtopo: ');
  return fault === text ? text : `${fault.trimEnd().split('\n').map(printable).join('\n')}\n`;
}

async function main(argv: readonly string[]): Promise<ExitCode> {
  let work: Work | undefined;
  const program = commandTree({ later: (chosen) => void (work = chosen), streams })
    .exitOverride()
    .configureOutput({ writeErr: (text) => streams.err(usageFault(text)) });
  try {
    await program.parseAsync(argv);
  } catch (thrown) {
    if (!(thrown instanceof CommanderError)) throw thrown;
    // Help and version are what was asked for; all else that commander throws is a fault of usage, and is printed already.
    return thrown.exitCode === 0 ? exitCode.clean : exitCode.couldNotRun;
  }
  return work === undefined ? exitCode.couldNotRun : work();
}

// A reader that closes early, such as head, ends the output and is no fault; a full disk behind it is.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') return;
  streams.err(`mailtopo: cannot write standard output: ${reasonOf(error)}\n`);
  process.exit(exitCode.couldNotRun);
});
// Where words about the run cannot be written, nobody can be told so; the exit code still says how it ended.
process.stderr.on('error', () => {});

void exitCodeOf(() => main(process.argv), streams.err).then((code) => {
  process.exitCode = code;
});
