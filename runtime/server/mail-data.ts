/** Where in a line the reader stands. Only CR LF ends a line. */
type Place = 'line start' | 'after dot' | 'after dot cr' | 'in line' | 'after cr';

/** How the message is framed: by a final dot after DATA, or by counted octets after BDAT. */
export type Framing = 'final dot' | 'counted';

/** What becomes of a CR or LF alone: it stays as it came, or becomes a CR LF, so that none ever leaves us. */
export type BareLineEnds = 'kept' | 'made CR LF';

/** What one chunk of bytes amounted to. */
export interface Decoded {
  /** Message bytes, with the dots that the client added taken out again. */
  readonly data: Uint8Array;
  /** Bytes after the final dot, which are the next commands; absent while the message goes on. */
  readonly rest?: Uint8Array;
}

const lineEnd = Buffer.from('\r\n');
const bareCr = Buffer.from('\r');
const nothing = Buffer.alloc(0);

const cr = 13;
const lf = 10;
const dot = 46;

/**
 * Finds the end of mail data and undoes its dot-stuffing, however the chunks are cut.
 *
 * Nothing but CR LF . CR LF ends the data, so what is smuggled in behind bare line ends stays part of this message. It
 * is read to its end even then, or the dialogue would lose its place. Bytes are passed on as they lie; only where a dot
 * or a bare line end is taken out are they copied.
 * Source: RFC 5321 §4.5.2 (transparency), §4.1.1.4 (end of data), §2.3.8 (line ends).
 */
export class MailDataDecoder {
  readonly #framing: Framing;
  readonly #bareLineEnds: BareLineEnds;
  #place: Place = 'line start';
  #sawBareLineEnd = false;
  /** What the chunk at hand has given so far, and where what it has not given begins. */
  #pieces: Uint8Array[] = [];
  #start = 0;

  constructor(framing: Framing, bareLineEnds: BareLineEnds) {
    this.#framing = framing;
    this.#bareLineEnds = bareLineEnds;
  }

  /** True once a CR or LF stood alone; a connector that rejects them then refuses the message. */
  get sawBareLineEnd(): boolean {
    return this.#sawBareLineEnd;
  }

  /** Takes the next bytes of the message. A CR at their end is held back: only what follows tells what it is. */
  decode(chunk: Uint8Array): Decoded {
    this.#pieces = [];
    this.#start = 0;
    for (let at = 0; at < chunk.length; at++) {
      const octet = chunk[at]!;
      if (this.#place !== 'in line') {
        const outcome = this.#resolve(chunk, at, octet);
        if (outcome === 'end of data') return { data: joined(this.#pieces), rest: chunk.subarray(at + 1) };
        if (outcome === 'taken') continue;
      }
      if (octet === cr) {
        this.#place = 'after cr';
        continue;
      }
      this.#place = 'in line';
      if (octet === lf) {
        this.#give(chunk, at, at + 1);
        this.#giveBareEnd(chunk.subarray(at, at + 1));
        continue;
      }
      // Most bytes are text inside a line, and nothing happens there.
      while (at + 1 < chunk.length && chunk[at + 1] !== cr && chunk[at + 1] !== lf) at++;
    }
    this.#give(chunk, this.#place === 'after cr' ? chunk.length - 1 : chunk.length, 0);
    return { data: joined(this.#pieces) };
  }

  /** Gives out what waited for a byte that does not come; for counted octets only. */
  end(): Uint8Array {
    this.#pieces = [];
    if (this.#place === 'after cr') this.#giveBareEnd(bareCr);
    this.#place = 'line start';
    return joined(this.#pieces);
  }

  /** Decides what the byte before `at` was; `taken` where this byte is dealt with, too. */
  #resolve(chunk: Uint8Array, at: number, octet: number): 'go on' | 'taken' | 'end of data' {
    switch (this.#place) {
      case 'line start':
        if (octet !== dot || this.#framing === 'counted') return 'go on';
        // A dot at the start of a line is the client's own; it is left out whatever follows.
        this.#give(chunk, at, at + 1);
        this.#place = 'after dot';
        return 'taken';
      case 'after dot':
        if (octet !== cr) return 'go on';
        this.#start = at + 1;
        this.#place = 'after dot cr';
        return 'taken';
      case 'after dot cr':
        if (octet === lf) {
          this.#place = 'line start';
          return 'end of data';
        }
        this.#giveBareEnd(bareCr);
        return 'go on';
      case 'after cr':
        return this.#resolveCr(chunk, at, octet);
      case 'in line':
        return 'go on';
    }
  }

  #resolveCr(chunk: Uint8Array, at: number, octet: number): 'go on' | 'taken' {
    if (octet === lf) {
      // The CR of an earlier chunk was held back.
      if (at === 0) this.#pieces.push(bareCr);
      this.#place = 'line start';
      return 'taken';
    }
    this.#give(chunk, at - 1, at);
    this.#giveBareEnd(bareCr);
    return 'go on';
  }

  /** Gives what lies before `end`, and goes on behind what is left out. */
  #give(chunk: Uint8Array, end: number, next: number): void {
    if (end > this.#start) this.#pieces.push(chunk.subarray(this.#start, end));
    this.#start = next;
  }

  #giveBareEnd(asItCame: Uint8Array): void {
    this.#sawBareLineEnd = true;
    this.#pieces.push(this.#bareLineEnds === 'kept' ? asItCame : lineEnd);
  }
}

function joined(pieces: readonly Uint8Array[]): Uint8Array {
  const [first, second] = pieces;
  return second === undefined ? (first ?? nothing) : Buffer.concat(pieces);
}
