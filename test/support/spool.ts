import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { silentLog, type Log } from '../../runtime/log.ts';
import type { Envelope } from '../../runtime/message.ts';
import { nodeDisk } from '../../runtime/queue/disk.ts';
import { piecesOf } from '../../runtime/queue/message-bytes.ts';
import { FileSpool } from '../../runtime/queue/spool.ts';
import type { SpoolOptions, StoredMessage } from '../../runtime/queue/stored-message.ts';
import { manualClock } from './manual-clock.ts';

let root: string | undefined;

/** Makes a folder that goes away with the process, after everything that a test still has open in it. */
export function temporaryFolder(): string {
  if (root === undefined) {
    const made = mkdtempSync(join(tmpdir(), 'mailtopo-'));
    process.once('exit', () => rmSync(made, { recursive: true, force: true }));
    root = made;
  }
  return mkdtempSync(join(root, 'folder-'));
}

/** Opens a spool with small lengths, so that a test reaches the limits. */
export function openSpool(folder: string, more: Partial<SpoolOptions> = {}): Promise<FileSpool> {
  return FileSpool.open({ disk: nodeDisk, folder, clock: manualClock(), log: silentLog, ...more });
}

/** An envelope with the recipients given. */
export function envelopeTo(recipients: readonly string[], more: Partial<Envelope> = {}): Envelope {
  return {
    server: 'MBX1',
    reversePath: 'ann@contoso.com',
    recipients: recipients.map((forwardPath) => ({ forwardPath })),
    body: '7BIT',
    smtpUtf8: false,
    messageId: '<1@contoso.com>',
    receivedAt: 1_800_000_000_000,
    origin: {
      receiveConnector: 'MBX1\\Default',
      clientAddress: '10.0.0.5',
      clientName: 'client.contoso.com',
      authAs: 'Anonymous',
      sessionId: '1',
    },
    ...more,
  };
}

/** Puts a message into a spool. */
export async function put(
  spool: FileSpool,
  text: string,
  recipients: readonly string[] = ['bob@fabrikam.com'],
): Promise<number> {
  const writer = spool.open();
  await writer.write(Buffer.from(text));
  return (await writer.commit(envelopeTo(recipients))).internalId;
}

/** Reads a whole message back. */
export async function textOf(spool: FileSpool, message: StoredMessage): Promise<string> {
  const pieces: Buffer[] = [];
  for await (const piece of piecesOf(await spool.bytesOf(message), spool.options.disk)) pieces.push(piece);
  return Buffer.concat(pieces).toString();
}

/** The texts of all messages in a spool, in order. */
export async function textsIn(spool: FileSpool): Promise<string[]> {
  const texts: string[] = [];
  for (const message of spool.messages()) texts.push(await textOf(spool, message));
  return texts;
}

/** A log that keeps the names of its events. */
export function listeningLog(): Log & { readonly events: string[] } {
  const events: string[] = [];
  const log: Log = (_level, event) => void events.push(event);
  return Object.assign(log, { events });
}
