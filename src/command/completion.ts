import { Failure } from '../base/failure.ts';
import { bashCompletion } from '../manual/bash-completion.ts';
import type { ProgramWords } from '../manual/command-words.ts';
import { fishCompletion } from '../manual/fish-completion.ts';
import { powershellCompletion } from '../manual/powershell-completion.ts';
import { zshCompletion } from '../manual/zsh-completion.ts';
import { exitCode, type ExitCode, type Streams } from '../run.ts';
import { shells, type Shell } from './shells.ts';

const writers: Readonly<Record<Shell, (program: ProgramWords) => string>> = {
  bash: bashCompletion,
  zsh: zshCompletion,
  fish: fishCompletion,
  powershell: powershellCompletion,
};

/** `mailtopo completion SHELL`: the script that a shell reads to complete the command line. */
export function completion(name: string, program: ProgramWords, streams: Streams): ExitCode {
  const shell = shells.find((one) => one === name);
  if (shell === undefined) {
    throw new Failure(
      'usage',
      `there is no completion for ${JSON.stringify(name)}; the shells are ${shells.join(', ')}`,
    );
  }
  streams.out(writers[shell](program));
  return exitCode.clean;
}
