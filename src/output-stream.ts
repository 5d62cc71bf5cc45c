import { fstatSync, writeSync } from 'node:fs';

/** Says whether what is written to a descriptor is taken at once: by a file, a pipe or a socket, and no terminal. */
export function isPlain(descriptor: number): boolean {
  const facts = fstatSync(descriptor);
  return facts.isFile() || facts.isFIFO() || facts.isSocket();
}

/** What a text is written with; other than Node's own in tests. */
export interface Writing {
  readonly isPlain: (descriptor: number) => boolean;
  /** Writes some of the bytes, and says how many. */
  readonly write: (descriptor: number, bytes: Uint8Array) => number;
  /** Node's stream for the descriptor. */
  readonly stream: () => NodeJS.WritableStream;
}

/**
 * Standard output or standard error.
 *
 * Node's streams for them take longer to load than a small topology takes to lint, so a file, a pipe and a socket are written
 * to without one. A stream takes over where that would have to wait.
 */
export class OutputStream {
  readonly #descriptor: number;
  readonly #writing: Writing;
  readonly #failed: (error: NodeJS.ErrnoException) => void;
  #state: 'unused' | 'plain' | 'broken' | NodeJS.WritableStream = 'unused';

  /** `failed` is told what Node says where a text could not be written. */
  constructor(
    descriptor: 1 | 2,
    failed: (error: NodeJS.ErrnoException) => void,
    writing: Partial<Writing> = {},
  ) {
    this.#descriptor = descriptor;
    this.#failed = failed;
    const stream = (): NodeJS.WritableStream => (descriptor === 1 ? process.stdout : process.stderr);
    this.#writing = { isPlain, write: writeSync, stream, ...writing };
  }

  /** Says whether all that was written is out of the process, or never will be. */
  get isSettled(): boolean {
    return typeof this.#state === 'string';
  }

  /** Takes Node's stream from now on, to which others may write as well. */
  open(): NodeJS.WritableStream {
    const stream = this.#writing.stream().on('error', this.#failed);
    this.#state = stream;
    return stream;
  }

  write(text: string): void {
    if (this.#state === 'unused' && this.#writing.isPlain(this.#descriptor)) this.#state = 'plain';
    if (this.#state === 'unused') this.open();
    if (this.#state === 'plain') this.#writePlainly(Buffer.from(text));
    else if (typeof this.#state !== 'string') this.#state.write(text);
  }

  #writePlainly(bytes: Uint8Array): void {
    let done = 0;
    try {
      while (done < bytes.length) done += this.#writing.write(this.#descriptor, bytes.subarray(done));
    } catch (thrown) {
      const error = thrown as NodeJS.ErrnoException;
      if (error.code === 'EAGAIN') {
        this.open().write(bytes.subarray(done));
      } else {
        this.#state = 'broken';
        this.#failed(error);
      }
    }
  }
}
