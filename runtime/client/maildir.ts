import { hostname } from 'node:os';
import { join, resolve, sep } from 'node:path';
import type { Delivery } from '../config.ts';
import type { Disk } from '../queue/disk.ts';
import { pathName } from '../queue/path-name.ts';

/** What is written into a Maildir. */
export interface MaildirMessage {
  readonly forwardPath: string;
  readonly reversePath: string;
  /** Unit: milliseconds since 1970. */
  readonly receivedAt: number;
  /** Different for every delivery on this machine at that time. */
  readonly unique: string;
  pieces(): AsyncIterable<Buffer>;
}

/** Thrown where a folder of the topology would lie outside the data folder. */
export class OutsideDataFolder extends Error {}

/**
 * Names the Maildir of a domain, below the data folder: the folder of its `delivery` entry, or `mailboxes/<domain>`.
 *
 * One Maildir holds the mail of all recipients of the domain; Delivered-To tells them apart. The domain is escaped and
 * never a path.
 * Fails: throws OutsideDataFolder.
 */
export function maildirOf(
  dataFolder: string,
  delivery: Extract<Delivery, { kind: 'maildir' }> | undefined,
  domain: string,
): string {
  if (delivery === undefined) return join(dataFolder, 'mailboxes', pathName(domain));
  const folder = resolve(dataFolder, delivery.folder);
  if (!folder.startsWith(resolve(dataFolder) + sep)) {
    throw new OutsideDataFolder(`the Maildir folder of ${delivery.domain} lies outside the data folder`);
  }
  return folder;
}

/**
 * Delivers a message into a Maildir: written and flushed under `tmp`, then renamed into `new`, then the name flushed.
 *
 * Fails: rejects with the disk's error; nothing is in `new` then.
 * Source: RFC 5321 §4.4 (Return-Path is written at final delivery).
 */
export async function deliverToMaildir(disk: Disk, folder: string, message: MaildirMessage): Promise<void> {
  for (const name of ['tmp', 'new', 'cur']) await disk.makeFolder(join(folder, name));
  const name = `${timeName(message.receivedAt)}Q${message.unique}.${pathName(hostname())}`;
  const path = join(folder, 'tmp', name);
  // A delivery that a crash cut short leaves its file behind, and the same message comes again.
  await disk.remove(path);
  const file = await disk.open(path, 'create');
  try {
    let offset = 0;
    const write = async (bytes: Buffer): Promise<void> => {
      await disk.write(file, bytes, offset);
      offset += bytes.length;
    };
    const { reversePath, forwardPath } = message;
    await write(
      Buffer.from(`Return-Path: <${oneLine(reversePath)}>\r\nDelivered-To: ${oneLine(forwardPath)}\r\n`),
    );
    for await (const piece of message.pieces()) await write(piece);
    await disk.flush(file);
  } finally {
    await disk.close(file);
  }
  await disk.rename(path, join(folder, 'new', name));
  await disk.flushFolder(join(folder, 'new'));
}

/**
 * The time comes first, for readers sort by it; it also keeps two messages apart that got the same number because the
 * clock was set back between two starts. Source: Maildir, cr.yp.to/proto/maildir.html (unique names).
 */
function timeName(at: number): string {
  return `${Math.floor(at / 1000)}.M${String(at % 1000).padStart(3, '0')}`;
}

function oneLine(path: string): string {
  return path.replaceAll(/[\u0000-\u001f\u007f]/g, '?');
}
