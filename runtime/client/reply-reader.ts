/** A reply of a server. Source: RFC 5321 §4.2. */
export interface Reply {
  readonly code: number;
  /** The text of each line behind the code, with its enhanced code if it has one. */
  readonly lines: readonly string[];
}

/** Thrown where a server sends what is no reply, or one without end. */
export class MalformedReply extends Error {}

/** Twice what a reply line may have, for servers that do not count. Source: RFC 5321 §4.5.3.1.5. Unit: characters. */
const longestLine = 1024;
const mostLines = 128;

/** Takes replies out of a stream of bytes, however the chunks are cut, and never keeps more than a reply may have. */
export class ReplyReader {
  #rest = '';
  #lines: string[] = [];
  #code: number | undefined;

  /** Whether bytes have come that are not a whole reply yet. */
  get isMidway(): boolean {
    return this.#rest !== '' || this.#lines.length > 0;
  }

  /** Takes a chunk and gives the replies that end in it. Fails: throws MalformedReply. */
  read(chunk: Buffer): readonly Reply[] {
    const replies: Reply[] = [];
    const lines = (this.#rest + chunk.toString('latin1')).split('\n');
    this.#rest = lines.pop() ?? '';
    if (this.#rest.length > longestLine) throw new MalformedReply('a reply line that is too long');
    for (const line of lines) {
      const reply = this.#takeLine(line.endsWith('\r') ? line.slice(0, -1) : line);
      if (reply !== undefined) replies.push(reply);
    }
    return replies;
  }

  #takeLine(line: string): Reply | undefined {
    if (line.length > longestLine) throw new MalformedReply('a reply line that is too long');
    const [, digits, separator, text = ''] = /^([2-5]\d\d)(?:([ -])(.*))?$/s.exec(line) ?? [];
    const code = Number(digits);
    if (digits === undefined || (this.#code !== undefined && this.#code !== code)) {
      throw new MalformedReply('a line that is no SMTP reply');
    }
    this.#code = code;
    this.#lines.push(text);
    if (this.#lines.length > mostLines) throw new MalformedReply('a reply of too many lines');
    if (separator === '-') return undefined;
    const reply = { code, lines: this.#lines };
    this.#lines = [];
    this.#code = undefined;
    return reply;
  }
}

/**
 * Writes a reply on one line, as queue, log and DSN show it: what is not printable ASCII becomes a question mark.
 *
 * Unit: up to 512 characters.
 */
export function replyText({ code, lines }: Reply): string {
  const text = lines
    .join(' ')
    .replaceAll(/[^\x20-\x7e]/g, '?')
    .trim();
  return `${code}${text === '' ? '' : ` ${text}`}`.slice(0, 512);
}

/** Tells what kind of answer a reply is. */
export function outcomeOf({ code }: Reply): 'accepted' | 'put off' | 'refused' {
  if (code < 400) return 'accepted';
  return code < 500 ? 'put off' : 'refused';
}
