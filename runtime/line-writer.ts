/** A stream as far as lines need it; Node's own keeps whatever its reader does not take. */
export interface LineStream {
  write(text: string): unknown;
  /** What was written and not taken yet. Unit: characters or bytes, as the stream counts. */
  readonly writableLength: number;
}

/** Writes lines to a stream that somebody may read slowly, or not at all. */
export interface LineWriter {
  write(line: string): void;
  flush(): void;
}

/** What is kept for a reader that does not keep up; it is some thousand lines. */
const mostWaiting = 1024 * 1024;

/**
 * Writes all lines of one turn of the event loop at once, for a write holds everything else up; lines that a slow reader
 * leaves no room for are dropped and counted, for mail goes on where its log cannot.
 *
 * `sayDropped` makes the line that tells how many are missing, as soon as there is room again.
 */
export function lineWriter(
  stream: LineStream,
  sayDropped: (count: number) => string,
  most: number = mostWaiting,
): LineWriter {
  let waiting: string[] = [];
  let length = 0;
  let dropped = 0;
  const flush = (): void => {
    if (waiting.length > 0) put(stream, waiting.join(''));
    waiting = [];
    length = 0;
  };
  const keep = (line: string): void => {
    length += line.length;
    if (waiting.push(line) === 1) setImmediate(flush);
  };
  return {
    write(line) {
      if (stream.writableLength + length + line.length > most) {
        dropped += 1;
        return;
      }
      if (dropped > 0) keep(sayDropped(dropped));
      dropped = 0;
      keep(line);
    },
    flush() {
      if (dropped > 0 && stream.writableLength < most) keep(sayDropped(dropped));
      dropped = 0;
      flush();
    },
  };
}

/** Writes what may be refused: the disk of a log may be full, and whoever read it may be gone. */
export function put(stream: Pick<LineStream, 'write'>, text: string): void {
  try {
    stream.write(text);
  } catch {
    // A file refuses at once, a pipe by an event; mail goes on either way.
  }
}
