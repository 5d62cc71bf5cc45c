import { CommanderError } from 'commander';
import { printable } from './base/printable.ts';
import { commandTree, type Work } from './command-tree.ts';
import { exitCode, type ExitCode, type Streams } from './run.ts';

/** Help has line ends of its own; what a user typed, which a fault quotes, has none that count. */
function usageFault(text: string): string {
  const fault = text.replace(/^error: /, 'mailtopo: ');
  return fault === text ? text : `${fault.trimEnd().split('\n').map(printable).join('\n')}\n`;
}

/** Reads the arguments of a process, and does what they ask for. */
export async function runCommandLine(argv: readonly string[], streams: Streams): Promise<ExitCode> {
  let work: Work | undefined;
  const program = commandTree({ later: (chosen) => void (work = chosen), streams })
    .exitOverride()
    .configureOutput({ writeOut: streams.out, writeErr: (text) => streams.err(usageFault(text)) });
  try {
    await program.parseAsync(argv);
  } catch (thrown) {
    if (!(thrown instanceof CommanderError)) throw thrown;
    // Help and version are what was asked for; all else that commander throws is a fault of usage, and is printed already.
    return thrown.exitCode === 0 ? exitCode.clean : exitCode.couldNotRun;
  }
  return work === undefined ? exitCode.couldNotRun : work();
}
