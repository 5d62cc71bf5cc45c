import { spawn, type ChildProcess } from 'node:child_process';
import {
  closeSync,
  cpSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import type { Issued } from '../support/certificates.ts';
import type { Program } from './packages.ts';
import { waitUntil } from './wait-until.ts';

/** Where a mail server takes mail. */
export interface Doors {
  /** What MX records name. */
  readonly mx: string;
  /** Where its own people hand mail over. */
  readonly inside: string;
}

/** What a mail server's own configuration is made from. */
export interface Surroundings {
  readonly doors: Doors;
  /** The files that a partner gets for this mail system, by name. */
  readonly parts: ReadonlyMap<string, string>;
  /** The roots that a partner gets, all files in one. */
  readonly roots: string;
  /** What it shows as server and as client. */
  readonly certificate: Issued;
}

/** A way to differ from what a partner is asked for. */
export type Habit =
  | 'has no certificate as a server'
  | 'offers no STARTTLS'
  | 'shows no certificate as a client'
  | 'uses no TLS as a client'
  | 'speaks TLS 1.2 at most'
  | 'takes tailspin.com for ours';

/** Gives other files for those that a server has, by path. */
export type Change = (files: ReadonlyMap<string, string>) => ReadonlyMap<string, string>;

/**
 * Changes one file.
 *
 * Fails: the change throws where it would change nothing.
 */
export function editing(path: string, edit: (text: string) => string): Change {
  return (files) => {
    const usual = files.get(path) ?? '';
    const edited = edit(usual);
    if (edited === usual) throw new Error(`${path} is not as this case takes it to be:\n${usual}`);
    return new Map([...files, [path, edited]]);
  };
}

/** A mail server program: how it is configured, and what it says of a message. */
export interface MailServer extends Program {
  readonly name: 'postfix' | 'exim' | 'opensmtpd';
  /** The users and groups that it wants, with their numbers. */
  readonly accounts: Readonly<Record<string, number>>;
  /** Writes its files below /etc, by path: a plain server of the partner's domains, with the partner's files worked in. */
  configure(surroundings: Surroundings): ReadonlyMap<string, string>;
  readonly habits: Readonly<Record<Habit, Change>>;
  /** Finds what it logs as the first outcome of mail that it sends on to a forward-path. */
  outcomeOf(log: string, forwardPath: string): string | undefined;
}

/** A mail server to start. */
export interface MailServerSetup {
  readonly server: MailServer;
  /** An empty folder; a second server in it finds the queue of the first. */
  readonly folder: string;
  readonly packages: string;
  readonly doors: Doors;
  /** Its files below /etc, by path. */
  readonly files: ReadonlyMap<string, string>;
  /** The network that it stands in. */
  readonly network: string;
}

export interface RunningMailServer {
  readonly doors: Doors;
  /** What it has logged so far. */
  log(): string;
  /** The messages in the mailbox that all of its domains share. */
  messages(): readonly string[];
  /** Gives what it logs as the first outcome of mail that it sends on. */
  outcomeOf(forwardPath: string): Promise<string>;
  /** Ends it and everything that it started. */
  stop(): Promise<void>;
}

/** The options of `unshare` that give a process mounts and pids of its own, and end all with it. */
export const ownNamespaces: readonly string[] = [
  '--mount',
  '--pid',
  '--fork',
  '--kill-child',
  '--mount-proc',
];

/** Writes what a server finds below /etc, and makes the folders that it writes to. */
export function writeEtc({
  folder,
  server,
  files,
}: Pick<MailServerSetup, 'folder' | 'server' | 'files'>): void {
  const etc = join(folder, 'etc');
  for (const place of ['etc/ssl/certs', 'var/log', 'var/mail', 'var/spool'])
    mkdirSync(join(folder, place), { recursive: true });
  if (existsSync('/etc/ssl/openssl.cnf')) cpSync('/etc/ssl/openssl.cnf', join(etc, 'ssl', 'openssl.cnf'));
  const accounts = Object.entries({ ...server.accounts, nobody: 65534 });
  const users = accounts.map(([name, id]) => `${name}:x:${id}:${id}::/nonexistent:/usr/sbin/nologin\n`);
  const written = new Map([
    ['passwd', `root:x:0:0::/root:/bin/sh\n${users.join('')}`],
    ['group', `root:x:0:\n${accounts.map(([name, id]) => `${name}:x:${id}:\n`).join('')}`],
    ['nsswitch.conf', 'passwd: files\ngroup: files\nhosts: files dns\nservices: files\n'],
    ['services', 'smtp 25/tcp mail\ndomain 53/udp\n'],
    ['resolv.conf', 'nameserver 203.0.113.53\n'],
    ['hosts', '127.0.0.1 localhost\n'],
    ['mailname', 'mail.fabrikam.com\n'],
    ...files,
  ]);
  for (const [path, text] of written) {
    mkdirSync(join(etc, path, '..'), { recursive: true });
    // OpenSMTPD wants nobody but root to read a key.
    writeFileSync(join(etc, path), text, { mode: path.endsWith('.key') ? 0o640 : 0o644 });
  }
}

function listens(host: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(25, host);
    socket.once('error', () => resolve(false));
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
  });
}

/** Waits for a process to end. */
export function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => child.once('exit', () => resolve()));
}

function textOf(file: string): string {
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}

/**
 * Starts a mail server in namespaces of its own, and waits until it listens.
 *
 * It ends with this process, however that ends: its standard input is a pipe from here.
 * Fails: throws with what the server said where it does not listen.
 */
export async function startMailServer(setup: MailServerSetup): Promise<RunningMailServer> {
  const { folder, packages, server, doors, network } = setup;
  writeEtc(setup);
  const logs = join(folder, 'var', 'log');
  const outputFile = join(folder, 'output.log');
  const output = openSync(outputFile, 'a');
  const inside = ['bash', join('test', 'peers', 'mail-server.sh'), folder, packages, server.name];
  const child = spawn('nsenter', [`--net=${network}`, 'unshare', ...ownNamespaces, ...inside], {
    stdio: ['pipe', output, output],
  });
  closeSync(output);
  const log = (): string =>
    readdirSync(logs)
      .map((name) => textOf(join(logs, name)))
      .join('');
  const stop = async (): Promise<void> => {
    child.stdin?.end();
    await ended(child);
  };
  try {
    await waitUntil(`${server.name} to listen`, async () => {
      if (child.exitCode !== null) throw new Error(`${server.name} ended:\n${textOf(outputFile)}${log()}`);
      return (await listens(doors.mx)) || undefined;
    });
  } catch (fault) {
    await stop();
    throw fault;
  }
  const inbox = join(folder, 'var', 'mail', 'all', 'new');
  return {
    doors,
    log,
    messages: () => (existsSync(inbox) ? readdirSync(inbox).map((name) => textOf(join(inbox, name))) : []),
    outcomeOf: (forwardPath) =>
      waitUntil(`${server.name} to try ${forwardPath}`, () => server.outcomeOf(log(), forwardPath), log),
    stop,
  };
}
