import { lstatSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { Failure } from './base/failure.ts';
import { reasonOf } from './base/reason-of.ts';
import { disk } from './output/disk.ts';

/** A file as it was read and named, and what shall stand in it. */
export interface NewSource {
  readonly file: string;
  /** Its bytes when it was read, undefined where there was none; where others stand there now, nothing is written. */
  readonly bytes: Uint8Array | undefined;
  readonly text: string;
}

const byteOrderMark = Uint8Array.of(0xef, 0xbb, 0xbf);

/** Gives the byte-order mark that bytes begin with, as text; empty where there is none. */
export function byteOrderMarkOf(bytes: Uint8Array): '' | '\ufeff' {
  return byteOrderMark.every((byte, index) => bytes[index] === byte) ? '\ufeff' : '';
}

function encoded({ bytes, text }: NewSource): Uint8Array {
  return Buffer.from((bytes ? byteOrderMarkOf(bytes) : '') + text, 'utf8');
}

function isAsRead(target: string, bytes: Uint8Array | undefined): boolean {
  if (bytes === undefined) return lstatSync(target, { throwIfNoEntry: false }) === undefined;
  return readFileSync(target).equals(bytes);
}

/**
 * Replaces the text of a topology file or a baseline: whoever reads it meets the old text or the new one, never a part.
 *
 * A byte-order mark and the mode stay; of a link it is the target that is replaced.
 * Fails: `unwritable-output`, also where the file has changed since it was read; the file is then as it was.
 */
export async function writeSource(source: NewSource): Promise<void> {
  let fresh: string | undefined;
  try {
    const target = source.bytes === undefined ? resolve(source.file) : realpathSync(source.file);
    const mode = source.bytes === undefined ? undefined : statSync(target).mode & 0o7777;
    if (!isAsRead(target, source.bytes)) {
      throw new Failure(
        'unwritable-output',
        `cannot write ${source.file}: it has changed meanwhile; run again`,
      );
    }
    fresh = join(dirname(target), `.${basename(target)}.mailtopo-new-${process.pid}`);
    await disk.writeFile(fresh, encoded(source), mode === undefined ? 0o666 : 0o600);
    if (mode !== undefined) await disk.setMode(fresh, mode);
    await disk.rename(fresh, target);
    await disk.flushFolder(dirname(target));
  } catch (cause) {
    // What cannot be removed is told of by the first cause, which is why it is there.
    if (fresh !== undefined) await disk.remove(fresh).catch(() => undefined);
    if (cause instanceof Failure) throw cause;
    throw new Failure('unwritable-output', `cannot write ${source.file}: ${reasonOf(cause)}`, cause);
  }
}
