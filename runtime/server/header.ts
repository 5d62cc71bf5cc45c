/** One field of a message header, with its continuation lines, as a part of the header's bytes. */
export interface HeaderField {
  /** In lower case. */
  readonly name: string;
  readonly start: number;
  /** Behind the CR LF of its last line. */
  readonly end: number;
}

/** A header whose end has been found. */
export interface Header {
  readonly bytes: Uint8Array;
  readonly fields: readonly HeaderField[];
  /** What follows the header and the empty line behind it. */
  readonly body: Uint8Array;
}

/**
 * Collects the header of a message from chunks, in which only CR LF ends a line.
 *
 * The header ends at the empty line, or before the first line that is no field, which then begins the body.
 * Source: RFC 5322 §2.1, §2.2.
 */
export class HeaderReader {
  readonly #maxHeaderSize: number;
  /** What has come; the first chunk as it lies, more of them in a buffer with room to grow. */
  #bytes: Uint8Array = Buffer.alloc(0);
  #room: Buffer | undefined;
  /** Where the first line begins that has not been looked at. */
  #at = 0;
  readonly #fields: { name: string; start: number; end: number }[] = [];

  /** Unit of `maxHeaderSize`: bytes. */
  constructor(maxHeaderSize: number) {
    this.#maxHeaderSize = maxHeaderSize;
  }

  /** Takes the next bytes; `too large` once the header exceeds its limit, absent while its end has not come. */
  take(chunk: Uint8Array): Header | 'too large' | undefined {
    this.#append(chunk);
    for (;;) {
      const end = this.#bytes.indexOf(10, this.#at);
      if (end === -1) return this.#bytes.length > this.#maxHeaderSize ? 'too large' : undefined;
      const found = this.#takeLine(end + 1);
      if (found !== undefined) return found;
      if (this.#at > this.#maxHeaderSize) return 'too large';
    }
  }

  /** Tells what came where the message is over before its header was. */
  end(): Header {
    const unfinished = this.#bytes.length > this.#at ? this.#takeLine(this.#bytes.length) : undefined;
    return unfinished ?? this.#header(this.#at, this.#at);
  }

  /** Doubles the room when it is full, so that a header in tiny chunks costs no more than one in large ones. */
  #append(chunk: Uint8Array): void {
    const before = this.#bytes.length;
    if (before === 0) {
      this.#bytes = chunk;
      return;
    }
    const length = before + chunk.length;
    if (this.#room === undefined || this.#room.length < length) {
      const room = Buffer.allocUnsafe(Math.max(4096, 2 * length));
      room.set(this.#bytes);
      this.#room = room;
    }
    this.#room.set(chunk, before);
    this.#bytes = this.#room.subarray(0, length);
  }

  #takeLine(next: number): Header | undefined {
    const start = this.#at;
    const first = this.#bytes[start];
    if (first === 13) return this.#header(start, next);
    const last = this.#fields.at(-1);
    if ((first === 32 || first === 9) && last !== undefined) {
      last.end = next;
    } else {
      const name = fieldName(this.#bytes, start, next);
      if (name === undefined) return this.#header(start, start);
      this.#fields.push({ name, start, end: next });
    }
    this.#at = next;
    return undefined;
  }

  #header(end: number, body: number): Header {
    return { bytes: this.#bytes.subarray(0, end), fields: this.#fields, body: this.#bytes.subarray(body) };
  }
}

/** Reads the name of a field in lower case. Source: RFC 5322 §3.6.8 (characters), §4.5 (blanks before the colon). */
function fieldName(bytes: Uint8Array, start: number, end: number): string | undefined {
  let at = start;
  while (at < end && bytes[at]! > 32 && bytes[at]! < 127 && bytes[at] !== 58) at++;
  let colon = at;
  while (bytes[colon] === 32 || bytes[colon] === 9) colon++;
  if (at === start || colon >= end || bytes[colon] !== 58) return undefined;
  return Buffer.from(bytes.subarray(start, at)).toString('latin1').toLowerCase();
}

/** Reads the value of a field in one line, at most so many characters of it, without control characters. */
export function fieldValue({ bytes }: Pick<Header, 'bytes'>, field: HeaderField, most: number): string {
  const text = Buffer.from(bytes.subarray(field.start, Math.min(field.end, field.start + most))).toString(
    'latin1',
  );
  return text
    .slice(text.indexOf(':') + 1)
    .replaceAll(/[\x00-\x20\x7f]+/g, ' ')
    .trim();
}
