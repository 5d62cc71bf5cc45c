import type { ContentNeeds } from './transaction-commands.ts';

/** The longest line that DATA carries, without its CR LF. Source: RFC 5321 §4.5.3.1.6. Unit: bytes. */
const longestLine = 998;

/** Looks through a message, piece by piece, for what a server must be able to do. */
export async function contentNeeds(pieces: AsyncIterable<Buffer>): Promise<ContentNeeds> {
  let has8bit = false;
  let has8bitHeader = false;
  let isBinary = false;
  let inHeader = true;
  let line = 0;
  let last = 0;
  for await (const piece of pieces) {
    for (const byte of piece) {
      if (byte > 127) {
        has8bit = true;
        has8bitHeader ||= inHeader;
      }
      if (byte === 0 || (last === 13) !== (byte === 10)) isBinary = true;
      if (byte === 10) {
        // An empty line ends the header.
        if (line === 1) inHeader = false;
        if (line > longestLine + 1) isBinary = true;
        line = 0;
      } else line += 1;
      last = byte;
    }
  }
  return { has8bit, has8bitHeader, isBinary: isBinary || last === 13 || line > longestLine };
}
