import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import * as fs from 'node:fs/promises';
import { join } from 'node:path';

import type { Log } from '../log.ts';
import { reasonOf, StartFailure } from '../start-failure.ts';
import { isPassword, nobodysHash } from './password-hash.ts';
import type { LogonOutcome, Users } from './logon.ts';
import { parseUserLines, userKey, type User, type UserLines } from './user-lines.ts';

/** Where users are found. */
export interface UserSources {
  /** `users` in it, one a line. */
  readonly keysFolder: string;
  /** The lines of an environment variable, with a semicolon for each line end. */
  readonly variable?: string | undefined;
  readonly log: Log;
}

/** Logons that are checked at once; scrypt runs on the threads that write mail to the disk, and must leave some. */
const mostAtOnce = 2;
/** Logons that wait for their turn, some seconds' worth. */
const mostWaiting = 64;

/**
 * Reads the users; whatever of them changes later is seen at the next logon.
 *
 * Fails: rejects with StartFailure where a source cannot be read, with the number of the line.
 */
export async function openUsers(sources: UserSources): Promise<Users> {
  const users = new UserFile(sources);
  await users.open();
  return users;
}

class UserFile implements Users {
  readonly #file: string;
  readonly #variable: string;
  readonly #log: Log;
  readonly #turns: (() => void)[] = [];
  readonly #secret = randomBytes(32);
  /** What passwords have been right, so that a device which logs on for every message costs one check. */
  readonly #right = new Map<string, { readonly user: User; readonly proof: Buffer }>();
  #users: ReadonlyMap<string, User> = new Map();
  #version: string | undefined;
  #running = 0;

  constructor({ keysFolder, variable = '', log }: UserSources) {
    this.#file = join(keysFolder, 'users');
    this.#variable = variable.replaceAll(';', '\n');
    this.#log = log;
  }

  get isEmpty(): boolean {
    return this.#users.size === 0;
  }

  async open(): Promise<void> {
    this.#version = await this.#versionNow();
    this.#users = await this.#read();
  }

  async logOn(name: string, password: string): Promise<LogonOutcome> {
    await this.#readAgain();
    const key = userKey(name);
    const user = this.#users.get(key);
    if (user !== undefined && this.#wasRight(key, user, password)) return { kind: 'logged on', user };
    if (!(await this.#turn())) return { kind: 'busy' };
    try {
      const isRight = await isPassword(password, user?.hash ?? nobodysHash);
      if (user === undefined) return { kind: 'wrong' };
      if (!isRight) return { kind: 'wrong', known: user.name };
      this.#right.set(key, { user, proof: this.#proofOf(password) });
      return { kind: 'logged on', user };
    } finally {
      this.#running -= 1;
      this.#turns.shift()?.();
    }
  }

  #wasRight(key: string, user: User, password: string): boolean {
    const right = this.#right.get(key);
    // After a change of the file the users are new ones, and nothing that was known of the old ones counts.
    return right?.user === user && timingSafeEqual(right.proof, this.#proofOf(password));
  }

  #proofOf(password: string): Buffer {
    return createHmac('sha256', this.#secret).update(password.normalize('NFC')).digest();
  }

  /** Waits for its turn. Fails: resolves to false where too many wait already. */
  async #turn(): Promise<boolean> {
    if (this.#running >= mostAtOnce) {
      if (this.#turns.length >= mostWaiting) return false;
      await new Promise<void>((resolve) => this.#turns.push(resolve));
    }
    this.#running += 1;
    return true;
  }

  async #readAgain(): Promise<void> {
    const version = await this.#versionNow();
    if (version === this.#version) return;
    this.#version = version;
    try {
      this.#users = await this.#read();
      this.#right.clear();
      this.#log('info', 'users read', { file: this.#file, count: this.#users.size });
    } catch (thrown) {
      // Those who were known stay known: a slip of a pen must not lock everybody out.
      this.#log('error', 'users not read', { reason: (thrown as Error).message });
    }
  }

  async #read(): Promise<ReadonlyMap<string, User>> {
    const all = new Map(usersIn('MAILTOPO_USERS', parseUserLines(this.#variable)));
    for (const [key, user] of usersIn(this.#file, parseUserLines(await this.#text()))) {
      if (all.has(key)) throw new StartFailure(`a user of ${this.#file} is in MAILTOPO_USERS, too`);
      all.set(key, user);
    }
    return all;
  }

  async #text(): Promise<string> {
    try {
      return await fs.readFile(this.#file, 'utf8');
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return '';
      throw new StartFailure(`cannot read the users: ${this.#file}: ${reasonOf(cause)}`, cause);
    }
  }

  /** Tells one state of the file from the next; undefined where there is none. */
  async #versionNow(): Promise<string | undefined> {
    try {
      const { mtimeMs, size, ino } = await fs.stat(this.#file);
      return `${mtimeMs} ${size} ${ino}`;
    } catch {
      // Whether that is a fault is found out by whoever reads it.
      return undefined;
    }
  }
}

function usersIn(source: string, { users, fault }: UserLines): ReadonlyMap<string, User> {
  if (fault !== undefined) throw new StartFailure(`cannot read the users: ${source}, ${fault}`);
  return users;
}
