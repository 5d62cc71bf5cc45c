import { crc32 } from 'node:zlib';
import type { Disk } from './disk.ts';

/** The bytes of a stored message: in memory, or in a file that is read piece by piece. */
export type MessageBytes =
  | { readonly kind: 'memory'; readonly bytes: Buffer }
  | { readonly kind: 'file'; readonly path: string; readonly size: number; readonly checksum: number };

/** Thrown where a file does not hold what was written into it. */
export class CorruptMessage extends Error {}

/** Unit: bytes. */
const pieceLength = 256 * 1024;

/**
 * Reads a message piece by piece.
 *
 * The checksum is compared before the last piece is handed out, so that nobody ends a message that is not whole.
 * Fails: throws CorruptMessage, or the disk's error.
 */
export async function* piecesOf(message: MessageBytes, disk: Disk): AsyncGenerator<Buffer> {
  if (message.kind === 'memory') {
    yield message.bytes;
    return;
  }
  const file = await disk.open(message.path, 'existing');
  const readAt = (offset: number): Promise<Buffer> => {
    const piece = disk.read(file, Math.min(pieceLength, message.size - offset), offset);
    // Whoever wants the piece is told; nobody may want it any more.
    piece.catch(() => undefined);
    return piece;
  };
  let reading = readAt(0);
  try {
    let checksum = 0;
    let offset = 0;
    while (offset < message.size) {
      const piece = await reading;
      offset += piece.length;
      // The next piece comes from the disk while this one is used.
      if (piece.length > 0 && offset < message.size) reading = readAt(offset);
      checksum = crc32(piece, checksum);
      const isLast = offset >= message.size || piece.length === 0;
      if (isLast && (checksum !== message.checksum || offset !== message.size)) {
        throw new CorruptMessage(`the bytes of ${message.path} are not those that were written`);
      }
      yield piece;
    }
  } finally {
    await reading.catch(() => undefined);
    await disk.close(file);
  }
}
