/** One file of the log. */
export interface Segment {
  readonly number: number;
  readonly path: string;
  readonly mark: Buffer;
  readonly file: number;
  /** Unit: bytes. */
  length: number;
  /** What messages that are still open take of it. Unit: bytes. */
  liveLength: number;
  openMessages: number;
  /** How many are reading from it right now. */
  readers: number;
}

/** The name of a segment's file: its number, for the order, and its mark. */
export function segmentFileName(number: number, mark: Buffer): string {
  return `${String(number).padStart(12, '0')}-${mark.toString('hex')}.log`;
}

/** Reads a segment's name. Fails: returns undefined for any other file. */
export function parseSegmentFileName(
  name: string,
): { readonly number: number; readonly mark: Buffer } | undefined {
  const match = /^(\d{12})-([0-9a-f]{16})\.log$/.exec(name);
  if (!match) return undefined;
  return { number: Number(match[1]), mark: Buffer.from(match[2] ?? '', 'hex') };
}
