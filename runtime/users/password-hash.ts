import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';

/** A password as it is kept: what scrypt makes of it, and what scrypt was told. Source: RFC 7914. */
export interface PasswordHash {
  /** The binary logarithm of scrypt's N. */
  readonly ln: number;
  readonly r: number;
  readonly p: number;
  readonly salt: Buffer;
  readonly key: Buffer;
}

// A guess costs 32 MB of memory and the better part of a second, three times in a row: the least that OWASP's Password
// Storage Cheat Sheet asks for.
const cost = { ln: 15, r: 8, p: 3 } as const;
const saltLength = 16;
const keyLength = 32;
/** What one check may take, whoever wrote the hash. Unit: bytes. */
const mostMemory = 256 * 1024 * 1024;

/** Makes the text to keep in place of a password, in the form of PHC strings: `$scrypt$ln=15,r=8,p=3$salt$key`. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(saltLength);
  const key = await derive(password, { ...cost, salt, key: Buffer.alloc(keyLength) });
  return `$scrypt$ln=${cost.ln},r=${cost.r},p=${cost.p}$${plain(salt)}$${plain(key)}`;
}

/** Reads what hashPassword has made. Fails: returns undefined for any other text, and for a cost that no server can bear. */
export function parsePasswordHash(text: string): PasswordHash | undefined {
  const form = /^\$scrypt\$ln=(\d{1,2}),r=(\d{1,2}),p=(\d{1,2})\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/;
  const [, ln, r, p, salt = '', key = ''] = form.exec(text) ?? [];
  const hash = {
    ln: Number(ln),
    r: Number(r),
    p: Number(p),
    salt: Buffer.from(salt, 'base64'),
    key: Buffer.from(key, 'base64'),
  };
  const isBearable = hash.ln >= 10 && hash.r >= 1 && hash.p >= 1 && memoryOf(hash) <= mostMemory;
  return isBearable && hash.salt.length >= 8 && hash.key.length >= 16 ? hash : undefined;
}

/** Says whether the password is the one that the hash was made of. */
export async function isPassword(password: string, hash: PasswordHash): Promise<boolean> {
  return timingSafeEqual(await derive(password, hash), hash.key);
}

/** A hash of no password at all: whoever names an unknown user waits as long as for a known one. */
export const nobodysHash: PasswordHash = {
  ...cost,
  salt: Buffer.alloc(saltLength),
  key: Buffer.alloc(keyLength),
};

function derive(password: string, { ln, r, p, salt, key }: PasswordHash): Promise<Buffer> {
  // One password may be typed in several ways that look alike. Source: RFC 8265 §4.2.2.
  const text = password.normalize('NFC');
  const options = { N: 2 ** ln, r, p, maxmem: 2 * mostMemory };
  return new Promise((resolve, reject) =>
    scrypt(text, salt, key.length, options, (error, derived) =>
      error === null ? resolve(derived) : reject(error),
    ),
  );
}

function memoryOf({ ln, r, p }: Pick<PasswordHash, 'ln' | 'r' | 'p'>): number {
  return 128 * r * (2 ** ln + p);
}

/** PHC strings have no padding. */
function plain(octets: Buffer): string {
  return octets.toString('base64').replaceAll('=', '');
}
