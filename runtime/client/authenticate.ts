import { readFile } from 'node:fs/promises';
import type { Credential } from '../config.ts';
import { replyTimeout, type Dialogue } from './dialogue.ts';
import { SessionRefused } from './open-session.ts';
import { replyText, type Reply } from './reply-reader.ts';

const masked = '<authentication response>';

/** Finds a password at the moment when it is needed; it is kept nowhere. */
export type Password = () => Promise<string>;

/**
 * Makes the way to a credential's password: an environment variable, or a file whose last line end does not count.
 *
 * Fails: the answer rejects with a SessionRefused that names the variable or file, never what it holds.
 */
export function passwordOf({ name, passwordFrom }: Credential): Password {
  return async () => {
    if ('env' in passwordFrom) {
      const password = process.env[passwordFrom.env];
      if (password !== undefined) return password;
      throw missing(name, `the environment variable ${passwordFrom.env} is not set`);
    }
    try {
      return (await readFile(passwordFrom.file, 'utf8')).replace(/\r?\n$/, '');
    } catch {
      // The path is named, the error of the system would add nothing that the administrator needs.
      throw missing(name, `the file ${passwordFrom.file} cannot be read`);
    }
  };
}

function missing(credential: string, reason: string): SessionRefused {
  return new SessionRefused('this side', `454 4.7.0 No password for credential "${credential}": ${reason}`);
}

/**
 * Authenticates with AUTH LOGIN, as Exchange's basic authentication does, or AUTH PLAIN where only that is offered.
 *
 * Fails: rejects with SessionRefused; a wrong password is put right by the administrator, so mail waits for it.
 * Source: EXCH Set-SendConnector -SmartHostAuthMechanism; RFC 4954 §4; RFC 4616.
 */
export async function authenticate(
  dialogue: Dialogue,
  extensions: ReadonlyMap<string, string>,
  { username, password }: { readonly username: string; readonly password: Password },
): Promise<void> {
  const mechanisms = (extensions.get('AUTH') ?? '').toUpperCase().split(' ');
  if (mechanisms.includes('LOGIN')) {
    expect(334, await dialogue.command('AUTH LOGIN', replyTimeout.command));
    expect(334, await dialogue.secret(base64(username), masked));
    expect(235, await dialogue.secret(base64(await password()), masked));
  } else if (mechanisms.includes('PLAIN')) {
    const secret = base64(`\0${username}\0${await password()}`);
    expect(235, await dialogue.secret(`AUTH PLAIN ${secret}`, `AUTH PLAIN ${masked}`));
  } else {
    throw new SessionRefused(
      'this side',
      '454 4.7.0 The smart host offers neither AUTH LOGIN nor AUTH PLAIN',
    );
  }
}

function expect(code: number, reply: Reply): void {
  if (reply.code !== code) throw new SessionRefused('server', replyText(reply));
}

function base64(text: string): string {
  return Buffer.from(text, 'utf8').toString('base64');
}
