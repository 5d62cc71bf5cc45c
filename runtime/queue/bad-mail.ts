import { join } from 'node:path';
import { printable } from '../dsn/text.ts';
import type { Log } from '../log.ts';
import type { Disk } from './disk.ts';

/** Where bad mail goes. */
export interface BadMailOptions {
  readonly disk: Disk;
  readonly folder: string;
  readonly log: Log;
  /** How many messages are kept; more are named in the log alone. */
  readonly most?: number;
}

/** A message that can neither be delivered nor returned. */
export interface UnreturnableMessage {
  readonly id: number;
  readonly messageId: string;
  /** Whom it could not be delivered to, and why. */
  readonly recipients: readonly { readonly forwardPath: string; readonly reply: string }[];
  pieces(): AsyncIterable<Buffer>;
}

/**
 * Keeps messages that have nobody to return to, such as a DSN that is itself refused, where an administrator finds them.
 *
 * The folder may fill up from outside, so it takes a bounded number. Each file is the message with three lines in front.
 */
export class BadMail {
  readonly #options: BadMailOptions;

  constructor(options: BadMailOptions) {
    this.#options = options;
  }

  /** Keeps a message, durably. Fails: rejects with the disk's error, or where the message cannot be read. */
  async keep(message: UnreturnableMessage): Promise<void> {
    const { disk, folder, log, most = 1000 } = this.#options;
    await disk.makeFolder(folder);
    const { length } = await disk.list(folder);
    const fields = { message: message.id, messageId: message.messageId };
    if (length >= most) {
      log('error', 'bad mail not kept', { ...fields, folder, reason: `the folder holds ${length} files` });
      return;
    }
    const path = join(folder, `${message.id}.eml`);
    await this.#write(`${path}.new`, message);
    await disk.rename(`${path}.new`, path);
    await disk.flushFolder(folder);
    log('warning', 'bad mail kept', { ...fields, file: path });
  }

  async #write(path: string, message: UnreturnableMessage): Promise<void> {
    const { disk } = this.#options;
    // A crash may have left it half written.
    await disk.remove(path);
    const file = await disk.open(path, 'create');
    try {
      const lines = message.recipients.flatMap(({ forwardPath, reply }) => [
        `X-Undelivered-To: ${printable(forwardPath)}`,
        `X-Undelivered-Reason: ${printable(reply)}`,
      ]);
      const head = Buffer.from(['Return-Path: <>', ...lines, ''].join('\r\n'), 'latin1');
      await disk.write(file, head, 0);
      let offset = head.length;
      for await (const piece of message.pieces()) {
        await disk.write(file, piece, offset);
        offset += piece.length;
      }
      await disk.flush(file);
    } finally {
      await disk.close(file);
    }
  }
}
