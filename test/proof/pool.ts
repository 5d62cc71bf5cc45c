import { scryptSync } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { issue, makeAuthority, type Issued } from '../support/certificates.ts';
import { smtpSink, type SmtpSink } from '../support/smtp-sink.ts';

/** A certificate of the pool: its files, and what a topology declares of it. */
export interface Pooled extends Issued {
  readonly name: string;
  readonly issuedBy: string;
  readonly domains: readonly string[];
}

/** A mail server of a stranger: what it shows, and what it has heard. */
export interface Stranger {
  readonly sink: SmtpSink;
  /** Absent where it offers no STARTTLS. */
  readonly shows?: Pooled;
  /** The lines that were EHLO or HELO, by session. */
  readonly greetings: string[][];
}

/** Everything that takes long to make and serves all runs. */
export interface Pool {
  /** The topology lies here with its files in `certs`, and the bundle with its certificates and keys. */
  readonly folder: string;
  readonly ours: readonly Pooled[];
  readonly theirs: readonly Pooled[];
  readonly authorities: readonly string[];
  /** One for each of `theirs`, and one without TLS at the end. */
  readonly strangers: readonly Stranger[];
  close(): void;
}

const wanted = [
  { name: 'o1', root: 'contoso-root', domains: ['mail.contoso.com', 'contoso.com'] },
  { name: 'o2', root: 'contoso-root', domains: ['*.contoso.com'] },
  { name: 'o3', root: undefined, domains: ['mail.contoso.com', 's1.contoso.com'] },
  { name: 'p1', root: 'fabrikam-root', domains: ['fabrikam.com', 'mail.fabrikam.com'] },
  { name: 'p2', root: 'fabrikam-root', domains: ['mail.fabrikam.com'] },
  { name: 'p3', root: 'other-root', domains: ['fabrikam.com', 'mail.fabrikam.com'] },
  { name: 'p4', root: 'fabrikam-root', domains: ['fabrikam.com'], validity: 'expired' },
  { name: 'p5', root: 'fabrikam-root', domains: ['fabrikam.com'], usage: 'client' },
  { name: 'p6', root: 'fabrikam-root', domains: ['fabrikam.com', '*.fabrikam.com'], usage: 'server' },
  { name: 'p7', root: undefined, domains: ['fabrikam.com'] },
] as const;

/** Somebody who may log on. */
export const user = { address: 'a@contoso.com', password: 'proof' } as const;

/** A hash that is checked in no time; the lengths and the cost are the least that the transport takes. */
function cheapHash(password: string): string {
  const salt = Buffer.alloc(16, 1);
  const key = scryptSync(password, salt, 32, { N: 1024, r: 8, p: 1 });
  const plain = (bytes: Buffer): string => bytes.toString('base64').replaceAll('=', '');
  return `$scrypt$ln=10,r=8,p=1$${plain(salt)}$${plain(key)}`;
}

/** Makes certificates and servers; they are gone when the process is. */
export async function makePool(): Promise<Pool> {
  const folder = mkdtempSync(join(tmpdir(), 'mailtopo-proof-'));
  const authorities = ['contoso-root', 'fabrikam-root', 'other-root'] as const;
  const made = await Promise.all(authorities.map((name) => makeAuthority(name)));
  const place = (from: string, ...to: readonly string[]): void => {
    const path = join(folder, ...to);
    mkdirSync(dirname(path), { recursive: true });
    cpSync(from, path);
  };
  for (const authority of made) {
    place(authority.certificateFile, 'certs', `${authority.name}.pem`);
    place(authority.certificateFile, 'certificates', 'roots', `${authority.name}.pem`);
  }
  const issued = await Promise.all(
    wanted.map(async ({ name, root, domains, ...rest }): Promise<Pooled> => {
      const authority = made.find((one) => one.name === root);
      const certificate = await issue({ domains, ...rest, ...(authority && { authority }) });
      return { ...certificate, name, issuedBy: root ?? 'selfSigned', domains };
    }),
  );
  for (const { name, certificateFile, privateKeyFile } of issued) {
    place(certificateFile, 'certs', `${name}.pem`);
    place(certificateFile, 'certificates', `${name}.pem`);
    place(privateKeyFile, 'keys', `${name}.key`);
  }
  cpSync(join(folder, 'keys'), join(folder, 'keys-with-users'), { recursive: true });
  writeFileSync(
    join(folder, 'keys-with-users', 'users'),
    `${user.address}:${cheapHash(user.password)}:${user.address}\n`,
  );
  const ours = issued.filter(({ name }) => name.startsWith('o'));
  const theirs = issued.filter(({ name }) => name.startsWith('p'));
  const [contoso] = made;
  const strangers = await Promise.all(
    [...theirs, undefined].map((shows) => makeStranger(shows, contoso?.certificate)),
  );
  return {
    folder,
    ours,
    theirs,
    authorities,
    strangers,
    close: () => strangers.forEach(({ sink }) => sink.close()),
  };
}

async function makeStranger(shows: Pooled | undefined, ca: string | undefined): Promise<Stranger> {
  const greetings: string[][] = [];
  const sink = await smtpSink({
    ...(shows && { cert: shows.certificate, key: shows.privateKey }),
    ...(shows && ca !== undefined && { ca }),
    reply(line, session) {
      if (/^(EHLO|HELO) /.test(line)) (greetings[session] ??= []).push(line);
      return undefined;
    },
  });
  return { sink, greetings, ...(shows && { shows }) };
}
