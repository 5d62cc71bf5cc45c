/** As much of a header as is returned. Unit: bytes. */
const longestHeader = 64 * 1024;

/** The header of a message that is reported on. */
export interface OriginalHeader {
  /** With its line ends, without the empty line; printable ASCII only. */
  readonly text: string;
  /** The Subject, unfolded; empty where there is none. */
  readonly subject: string;
}

/** Reads the header of a message from its first pieces. */
export async function readHeader(pieces: AsyncIterable<Buffer>): Promise<OriginalHeader> {
  let bytes = Buffer.alloc(0);
  let end = -1;
  for await (const piece of pieces) {
    bytes = Buffer.concat([bytes, piece]);
    end = bytes.indexOf('\r\n\r\n');
    if (end !== -1 || bytes.length > longestHeader) break;
  }
  const whole = bytes.subarray(0, end === -1 ? longestHeader : Math.min(end, longestHeader)).toString('utf8');
  // A header that was cut off ends with a whole line.
  const header =
    end === -1 || end > longestHeader ? whole.slice(0, whole.lastIndexOf('\r\n') + 2) : `${whole}\r\n`;
  const subject = /^subject:[ \t]*((?:.|\r\n[ \t])*)/im.exec(header)?.[1] ?? '';
  return {
    text: header.replaceAll(/[^\r\n\t\x20-\x7e]/g, '?'),
    subject: subject.replaceAll(/\r\n[ \t]/g, ' ').trim(),
  };
}
