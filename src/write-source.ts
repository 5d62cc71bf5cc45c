import { readFileSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { Failure } from './base/failure.ts';
import { reasonOf } from './base/reason-of.ts';
import { disk } from './output/disk.ts';

/** A file as it was read and named, and what shall stand in it. */
export interface NewSource {
  readonly file: string;
  /** Its bytes when it was read; where others stand there now, nothing is written. */
  readonly bytes: Uint8Array;
  readonly text: string;
}

const byteOrderMark = Uint8Array.of(0xef, 0xbb, 0xbf);

/** Gives the byte-order mark that bytes begin with, as text; empty where there is none. */
export function byteOrderMarkOf(bytes: Uint8Array): '' | '\ufeff' {
  return byteOrderMark.every((byte, index) => bytes[index] === byte) ? '\ufeff' : '';
}

function encoded({ bytes, text }: NewSource): Uint8Array {
  return Buffer.from(byteOrderMarkOf(bytes) + text, 'utf8');
}

/**
 * Replaces the text of a topology file: whoever reads it meets the old text or the new one, never a part.
 *
 * A byte-order mark and the mode stay; of a link it is the target that is replaced.
 * Fails: `unwritable-output`, also where the file has changed since it was read; the file is then as it was.
 */
export async function writeSource(source: NewSource): Promise<void> {
  let fresh: string | undefined;
  try {
    const target = realpathSync(source.file);
    const { mode } = statSync(target);
    if (!readFileSync(target).equals(source.bytes)) {
      throw new Failure(
        'unwritable-output',
        `cannot write ${source.file}: it has changed meanwhile; run again`,
      );
    }
    fresh = join(dirname(target), `.${basename(target)}.mailtopo-new-${process.pid}`);
    await disk.writeFile(fresh, encoded(source), 0o600);
    await disk.setMode(fresh, mode & 0o7777);
    await disk.rename(fresh, target);
    await disk.flushFolder(dirname(target));
  } catch (cause) {
    // What cannot be removed is told of by the first cause, which is why it is there.
    if (fresh !== undefined) await disk.remove(fresh).catch(() => undefined);
    if (cause instanceof Failure) throw cause;
    throw new Failure('unwritable-output', `cannot write ${source.file}: ${reasonOf(cause)}`, cause);
  }
}
