import * as fs from 'node:fs';
import { join } from 'node:path';

/**
 * Says, outside the process, which message is being processed, so that one that takes the process down is known by name.
 *
 * One small write into the page cache: it survives the process, and a crash of the machine is no message's fault.
 */
export interface AttemptMark {
  /** The message that the last process was at when it ended, if it was at one. */
  readonly left: number | undefined;
  /** Called before a message is looked at. */
  set(message: number): void;
  /** Called when no message is being looked at. */
  clear(): void;
  close(): void;
}

/** Opens the mark in a server's queue folder. Fails: throws the disk's error. */
export function openAttemptMark(folder: string): AttemptMark {
  const path = join(folder, 'attempt');
  const file = fs.openSync(path, fs.constants.O_RDWR | fs.constants.O_CREAT, 0o600);
  const bytes = Buffer.alloc(8);
  fs.readSync(file, bytes, 0, 8, 0);
  const left = Number(bytes.readBigUInt64BE());
  let current = left;
  const write = (message: number): void => {
    if (message === current) return;
    current = message;
    bytes.writeBigUInt64BE(BigInt(message));
    fs.writeSync(file, bytes, 0, 8, 0);
  };
  return {
    left: left === 0 ? undefined : left,
    set: write,
    clear: () => write(0),
    close: () => fs.closeSync(file),
  };
}
