const cr = 13;
const lf = 10;
const dot = 46;

const lineEnd = Buffer.from('\r\n');
const stuffing = Buffer.from('.');

/**
 * Writes a message as mail data, however its pieces are cut: dots are stuffed, and every line end is CR LF.
 *
 * A bare CR or LF would be a line end to some servers and none to others, which is how messages are smuggled. Bytes are
 * passed on as they lie; only a piece that something is put into is copied.
 * Source: RFC 5321 §4.5.2 (transparency), §2.3.8 (line ends).
 */
export class OutgoingData {
  /** Whether the bytes so far end a line. */
  #atLineStart = true;
  /** A CR at the end of a piece, whose LF may begin the next one. */
  #heldCR = false;
  /** What the piece at hand has given so far, and where what it has not given begins. */
  #given: Buffer[] = [];
  #start = 0;

  /** Encodes the next piece. */
  encode(piece: Buffer): Buffer {
    if (piece.length === 0) return piece;
    this.#given = [];
    this.#start = 0;
    let at = this.#endHeldLine(piece);
    while (at < piece.length) {
      if (this.#atLineStart && piece[at] === dot) this.#put(piece, at, stuffing, at);
      while (at < piece.length && piece[at] !== cr && piece[at] !== lf) at += 1;
      this.#atLineStart = at < piece.length;
      if (at < piece.length) at = this.#endLine(piece, at);
    }
    if (this.#start < piece.length) this.#given.push(piece.subarray(this.#start));
    const [first, second] = this.#given;
    return second === undefined ? (first ?? piece.subarray(0, 0)) : Buffer.concat(this.#given);
  }

  /** Ends the mail data; a last line without its line end gets one. */
  end(): string {
    return this.#atLineStart ? '.\r\n' : '\r\n.\r\n';
  }

  /** Ends the line whose CR was held; the answer is where the piece goes on. */
  #endHeldLine(piece: Buffer): number {
    if (!this.#heldCR) return 0;
    this.#heldCR = false;
    this.#atLineStart = true;
    const next = piece[0] === lf ? 1 : 0;
    this.#put(piece, 0, lineEnd, next);
    return next;
  }

  /** Makes the line end at a CR or LF a whole one; the answer is where the next line begins. */
  #endLine(piece: Buffer, at: number): number {
    if (piece[at] === cr && piece[at + 1] === lf) return at + 2;
    if (piece[at] === cr && at + 1 === piece.length) {
      this.#heldCR = true;
      this.#atLineStart = false;
      this.#put(piece, at, undefined, at + 1);
      return at + 1;
    }
    this.#put(piece, at, lineEnd, at + 1);
    return at + 1;
  }

  /** Gives what lies before `end`, then what is put in, and goes on at `next`. */
  #put(piece: Buffer, end: number, inserted: Buffer | undefined, next: number): void {
    if (end > this.#start) this.#given.push(piece.subarray(this.#start, end));
    if (inserted !== undefined) this.#given.push(inserted);
    this.#start = next;
  }
}
