import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';

import { StartFailure } from '../start-failure.ts';

/** What a password is read from: standard input, or a stream of a test. */
export type PasswordInput = NodeJS.ReadableStream & { readonly isTTY?: boolean };

/** Swallows what readline would show of a line that is being typed. */
class Nowhere extends Writable {
  override _write(_chunk: unknown, _encoding: string, done: () => void): void {
    done();
  }
}

/**
 * Reads one line and shows none of it; on a terminal somebody is asked first.
 *
 * Fails: rejects with StartFailure where no line comes.
 */
export async function readPassword(
  input: PasswordInput,
  ask: () => void,
  say: (text: string) => void,
): Promise<string> {
  const isTerminal = input.isTTY === true;
  if (isTerminal) ask();
  const lines = createInterface({ input, output: new Nowhere(), terminal: isTerminal });
  try {
    const password = await new Promise<string | undefined>((resolve) => {
      lines.once('line', resolve);
      lines.once('close', () => resolve(undefined));
      lines.once('SIGINT', () => resolve(undefined));
    });
    if (password === undefined) throw new StartFailure('no password was given');
    return password;
  } finally {
    lines.close();
    if (isTerminal) say('\n');
  }
}
