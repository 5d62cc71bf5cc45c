/** One command line without its CR LF, or why it is none. */
export type Line =
  | { readonly kind: 'line'; readonly text: string }
  /** Longer than any command; its octets are gone when the answer is given. */
  | { readonly kind: 'too long' }
  /** A CR or LF alone: nobody can tell where the client believes that its command ends. */
  | { readonly kind: 'bare line end' }
  /** Control characters, or octets beyond ASCII that are not UTF-8. */
  | { readonly kind: 'not text' };

/** RFC 5321 §4.5.3.1.4 asks for 512 octets; parameters and Exchange's long addresses need more. */
const longestLine = 2048;
/** What a client may send without a line end before it is no longer listened to. */
const longestRun = 65536;

const strictUtf8 = new TextDecoder('utf-8', { fatal: true });

/** Bytes that the client has sent and nobody has looked at yet. */
export class Input {
  #chunks: Uint8Array[] = [];
  #length = 0;
  /** Octets of an overlong line that have been thrown away. */
  #dropped = 0;

  /** Unit: bytes. */
  get length(): number {
    return this.#length;
  }

  append(chunk: Uint8Array): void {
    this.#chunks.push(chunk);
    this.#length += chunk.length;
  }

  /** Forgets everything, as STARTTLS demands. Source: RFC 3207 §4.2. */
  clear(): void {
    this.#chunks = [];
    this.#length = 0;
    this.#dropped = 0;
  }

  /** Takes the next bytes, at most so many; absent where there are none. */
  takeBytes(most: number): Uint8Array | undefined {
    const [first] = this.#chunks;
    if (first === undefined) return undefined;
    if (first.length <= most) this.#chunks.shift();
    else this.#chunks[0] = first.subarray(most);
    const taken = first.length <= most ? first : first.subarray(0, most);
    this.#length -= taken.length;
    return taken;
  }

  /** Puts bytes back in front that turned out to be somebody else's. */
  putBack(bytes: Uint8Array): void {
    if (bytes.length === 0) return;
    this.#chunks.unshift(bytes);
    this.#length += bytes.length;
  }

  /** Takes the next command line; absent while its end has not come. */
  takeLine(): Line | undefined {
    if (this.#length === 0) return undefined;
    const bytes = this.#joined();
    const end = bytes.indexOf(10);
    if (end === -1) return this.#unfinished(bytes);
    const wasTooLong = this.#dropped > 0 || end + 1 > longestLine;
    this.#dropped = 0;
    this.#consume(bytes, end + 1);
    if (end === 0 || bytes[end - 1] !== 13) return { kind: 'bare line end' };
    return wasTooLong ? { kind: 'too long' } : readLine(bytes.subarray(0, end - 1));
  }

  #unfinished(bytes: Uint8Array): Line | undefined {
    if (bytes.length <= longestLine) return undefined;
    this.#dropped += bytes.length - 1;
    // The last octet stays, for it may be the CR of the line's end.
    this.#consume(bytes, bytes.length - 1);
    return this.#dropped > longestRun ? { kind: 'bare line end' } : undefined;
  }

  #joined(): Uint8Array {
    const [first] = this.#chunks;
    if (this.#chunks.length === 1 && first !== undefined) return first;
    const joined = Buffer.concat(this.#chunks, this.#length);
    this.#chunks = [joined];
    return joined;
  }

  #consume(bytes: Uint8Array, count: number): void {
    this.#length = bytes.length - count;
    this.#chunks = this.#length === 0 ? [] : [bytes.subarray(count)];
  }
}

function readLine(bytes: Uint8Array): Line {
  let beyondAscii = 0;
  for (const octet of bytes) {
    if (octet === 13) return { kind: 'bare line end' };
    if (octet < 32 || octet === 127) return { kind: 'not text' };
    beyondAscii |= octet & 128;
  }
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  if (beyondAscii === 0) return { kind: 'line', text: buffer.toString('latin1') };
  try {
    const text = strictUtf8.decode(buffer);
    return /[\u0080-\u009f\u2028\u2029\ufeff]/.test(text) ? { kind: 'not text' } : { kind: 'line', text };
  } catch {
    // The decoder throws on what is not UTF-8; that is an outcome here, not a failure.
    return { kind: 'not text' };
  }
}
