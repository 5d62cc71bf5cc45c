import { verbs } from './verbs.ts';

const mechanisms: ReadonlySet<string> = new Set(['LOGIN', 'PLAIN', 'NTLM', 'GSSAPI', 'CRAM-MD5', 'XOAUTH2']);
const masked = '<authentication response>';

/**
 * Writes what a client says for the log, without what may be a password: a client may send one although nobody asked for
 * it, on the line of AUTH or, when that is refused, on the lines behind.
 */
export class ReceivedText {
  #mayBeSecret = false;

  ofCommand(line: string): string {
    const [, verb = '', mechanism = ''] = /^\s*(\S*)(?:\s+(\S+))?/.exec(line) ?? [];
    const name = verb.toUpperCase();
    if (name === 'AUTH') {
      this.#mayBeSecret = true;
      if (!mechanisms.has(mechanism.toUpperCase())) return mechanism === '' ? verb : `${verb} ${masked}`;
      return `${verb} ${mechanism}${line.trim().split(/\s+/).length > 2 ? ` ${masked}` : ''}`;
    }
    if (verbs.has(name)) this.#mayBeSecret = false;
    return this.#mayBeSecret ? masked : line;
  }

  ofResponse(line: string): string {
    return line === '*' ? line : masked;
  }
}
