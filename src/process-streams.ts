import { reasonOf } from './base/reason-of.ts';
import { OutputStream } from './output-stream.ts';
import { exitCode, type Streams } from './run.ts';

/** Standard output. A reader that closes early, such as head, ends it and is no fault; a full disk behind it is. */
export const out: OutputStream = new OutputStream(1, (error) => {
  if (error.code === 'EPIPE') return;
  err.write(`mailtopo: cannot write standard output: ${reasonOf(error)}\n`);
  process.exit(exitCode.couldNotRun);
});

/** Standard error. Where it cannot be written, nobody can be told so; the exit code still says how the run ended. */
export const err: OutputStream = new OutputStream(2, () => {});

/** Where the commands of this process write. */
export const streams: Streams = { out: (text) => out.write(text), err: (text) => err.write(text) };
