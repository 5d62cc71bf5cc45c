import { createHash, timingSafeEqual } from 'node:crypto';
import * as fs from 'node:fs';
import { join } from 'node:path';

import { isMissing } from '../queue/disk.ts';
import { reasonOf, StartFailure } from '../start-failure.ts';

/** The name of the file in the folder of keys. */
const fileName = 'viewer-token';

/** Unit: characters; a shorter one could be guessed. Our choice. */
const shortest = 20;

/** Wrong tokens that are looked at in a minute; after them even the right one has to wait. Our choice. */
const mostTries = 10;

/**
 * Reads the token by which the viewer lets somebody act: of the environment, or of a file in the folder of keys.
 *
 * Fails: throws StartFailure where it cannot be read, or is too short; returns undefined where there is none.
 */
export function readToken(keysFolder: string, variable: string | undefined): string | undefined {
  const file = join(keysFolder, fileName);
  const token = (variable ?? textOf(file))?.trim();
  if (token === undefined || token === '') return undefined;
  if (token.length < shortest || !/^[\x21-\x7e]+$/.test(token))
    throw new StartFailure(`the token of the viewer needs ${shortest} characters or more, and no blank`);
  return token;
}

function textOf(file: string): string | undefined {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch (cause) {
    if (isMissing(cause)) return undefined;
    throw new StartFailure(`cannot read ${file}: ${reasonOf(cause)}`, cause);
  }
}

/** Compares tokens, in a time that tells nothing, and so often that nobody can try many. */
export class TokenGate {
  readonly #digest: Buffer;
  readonly #now: () => number;
  #minute = 0;
  #wrong = 0;

  constructor(token: string, now: () => number) {
    this.#digest = digestOf(token);
    this.#now = now;
  }

  judge(token: string): 'right' | 'wrong' | 'too many tries' {
    const minute = Math.floor(this.#now() / 60_000);
    if (minute !== this.#minute) this.#wrong = 0;
    this.#minute = minute;
    if (this.#wrong >= mostTries) return 'too many tries';
    if (timingSafeEqual(digestOf(token), this.#digest)) return 'right';
    this.#wrong += 1;
    return 'wrong';
  }
}

function digestOf(token: string): Buffer {
  return createHash('sha256').update(token, 'utf8').digest();
}
