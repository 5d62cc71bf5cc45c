/** A line end that is not CR LF, or a line that begins with a dot. */
const needsWork = /\r(?!\n)|(?<!\r)\n|\n\./;

/**
 * Writes a message as mail data, however its pieces are cut: dots are stuffed, and every line end is CR LF.
 *
 * A bare CR or LF would be a line end to some servers and none to others, which is how messages are smuggled.
 * Source: RFC 5321 §4.5.2 (transparency), §2.3.8 (line ends).
 */
export class OutgoingData {
  /** Whether the bytes so far end a line. */
  #atLineStart = true;
  /** A CR at the end of a piece, whose LF may begin the next one. */
  #heldCR = false;

  /** Encodes the next piece. */
  encode(piece: Buffer): Buffer {
    if (piece.length === 0) return piece;
    let text = piece.toString('latin1');
    const endsWithCR = text.endsWith('\r');
    if (
      !this.#heldCR &&
      !endsWithCR &&
      !needsWork.test(text) &&
      !(this.#atLineStart && text.startsWith('.'))
    ) {
      this.#atLineStart = text.endsWith('\n');
      return piece;
    }
    if (this.#heldCR) text = `\r${text}`;
    this.#heldCR = endsWithCR;
    if (endsWithCR) text = text.slice(0, -1);
    let encoded = text.replaceAll(/\r\n|\r|\n/g, '\r\n').replaceAll('\n.', '\n..');
    if (this.#atLineStart && encoded.startsWith('.')) encoded = `.${encoded}`;
    if (encoded !== '') this.#atLineStart = encoded.endsWith('\n');
    return Buffer.from(encoded, 'latin1');
  }

  /** Ends the mail data; a last line without its line end gets one. */
  end(): string {
    const isWhole = this.#atLineStart && !this.#heldCR;
    return isWhole ? '.\r\n' : '\r\n.\r\n';
  }
}
