import { crc32 } from 'node:zlib';
import { dirname } from 'node:path';
import type { Envelope, SpoolWriter } from '../message.ts';
import type { FileSpool } from './spool.ts';
import type { LargeFile } from './stored-message.ts';

interface OpenFile {
  readonly path: string;
  readonly file: number;
}

/** What is gathered of a large message before it is written, while the block before it is on its way. Unit: bytes. */
const blockLength = 128 * 1024;

const noBlock = Buffer.alloc(0);

/**
 * A message on its way into the spool.
 *
 * A small one waits in memory for its record in the log; one that grows past the limit moves into a file of its own, so
 * memory does not grow with it.
 */
export class StoredWriter implements SpoolWriter {
  readonly #spool: FileSpool;
  readonly #id: number;
  #chunks: Uint8Array[] = [];
  #length = 0;
  /** How much of the message is in memory. Unit: bytes. */
  #kept = 0;
  #checksum = 0;
  #large: Promise<OpenFile> | undefined;
  #block = noBlock;
  /** How much of the block is filled, how much of the memory it counts for, and where in the file it goes. Unit: bytes. */
  #filled = 0;
  #blockKept = 0;
  #position = 0;
  /** The path of the file once it is flushed and closed. */
  #finished: string | undefined;
  #ended: 'committed' | 'aborted' | undefined;
  #busy: Promise<void> = Promise.resolve();

  constructor(spool: FileSpool) {
    this.#spool = spool;
    this.#id = spool.takeId();
  }

  async write(chunk: Uint8Array): Promise<void> {
    if (this.#ended !== undefined) throw new Error('a message that has ended takes no more bytes');
    this.#length += chunk.length;
    if (this.#large === undefined && this.#length <= this.#spool.options.largeLength) {
      if (this.#spool.incoming.take(chunk.length) === 'room') {
        this.#kept += chunk.length;
        // The caller may fill its buffer anew once the promise has resolved.
        this.#chunks.push(Buffer.from(chunk));
        return;
      }
    }
    if (this.#large === undefined) {
      this.#large = this.#openFile();
      const before = this.#chunks;
      this.#dropChunks();
      await Promise.all([...before, chunk].map((piece) => this.#append(piece)));
      return;
    }
    await this.#append(chunk);
  }

  async commit(envelope: Envelope): Promise<{ readonly internalId: number }> {
    if (this.#ended !== undefined)
      throw new Error('a message is committed once, and not after it was forgotten');
    this.#ended = 'committed';
    try {
      const content =
        this.#large === undefined ? Buffer.concat(this.#chunks) : await this.#finishFile(this.#large);
      this.#dropChunks();
      await this.#spool.commit(this.#id, envelope, content);
      return { internalId: this.#id };
    } catch (error) {
      this.#removeFile();
      throw error;
    }
  }

  abort(): void {
    if (this.#ended !== undefined) return;
    this.#ended = 'aborted';
    this.#dropChunks();
    this.#spool.incoming.giveBack(this.#blockKept);
    this.#block = noBlock;
    this.#blockKept = 0;
    this.#removeFile();
  }

  #dropChunks(): void {
    this.#chunks = [];
    this.#spool.incoming.giveBack(this.#kept);
    this.#kept = 0;
  }

  async #openFile(): Promise<OpenFile> {
    const path = this.#spool.pathOfLarge(this.#id);
    return { path, file: await this.#spool.options.disk.open(path, 'create') };
  }

  /**
   * Gathers bytes into blocks, in the order of the calls, even where the caller does not wait; whoever fills a block waits
   * until the one before it is on the disk, and until all are where there is no memory for more.
   */
  async #append(chunk: Uint8Array): Promise<void> {
    this.#checksum = crc32(chunk, this.#checksum);
    let taken = 0;
    let before: Promise<void> | undefined;
    while (taken < chunk.length) {
      if (this.#block.length === 0) this.#openBlock(chunk.length - taken);
      const part = chunk.subarray(taken, taken + this.#block.length - this.#filled);
      this.#block.set(part, this.#filled);
      this.#filled += part.length;
      taken += part.length;
      if (this.#filled === this.#block.length) before = this.#writeBlock();
    }
    if (before !== undefined) await before;
  }

  /** Where memory is short the block is no longer than what is there. */
  #openBlock(length: number): void {
    this.#blockKept = this.#spool.incoming.take(blockLength) === 'room' ? blockLength : 0;
    this.#block = Buffer.allocUnsafeSlow(this.#blockKept === 0 ? length : blockLength);
  }

  /** Sends the block on its way once the one before it has arrived; the answer is of whom to wait for. */
  #writeBlock(): Promise<void> {
    const block = this.#block.subarray(0, this.#filled);
    const position = this.#position;
    this.#position += block.length;
    const kept = this.#blockKept;
    this.#block = noBlock;
    this.#filled = 0;
    this.#blockKept = 0;
    const before = this.#busy;
    this.#busy = before
      .then(async () => {
        const large = await this.#large;
        if (large !== undefined) await this.#spool.options.disk.write(large.file, block, position);
      })
      .finally(() => this.#spool.incoming.giveBack(kept));
    // A failure is told with the next block or at the commit, which wait for this chain.
    this.#busy.catch(() => undefined);
    return kept === 0 ? this.#busy : before;
  }

  async #finishFile(opening: Promise<OpenFile>): Promise<LargeFile> {
    void this.#writeBlock();
    await this.#busy;
    const { disk } = this.#spool.options;
    const { file, path } = await opening;
    await disk.flush(file);
    await disk.close(file);
    this.#large = undefined;
    this.#finished = path;
    await disk.flushFolder(dirname(path));
    return { size: this.#length, checksum: this.#checksum };
  }

  #removeFile(): void {
    const { disk } = this.#spool.options;
    const opening = this.#large;
    const path = this.#finished;
    const remove = async (): Promise<void> => {
      if (path !== undefined) await disk.remove(path);
      if (opening === undefined) return;
      const large = await opening;
      await this.#busy.catch(() => undefined);
      await disk.close(large.file);
      await disk.remove(large.path);
    };
    // The file belongs to no message; what cannot be removed now is removed at the next start.
    remove().catch(() => undefined);
  }
}
