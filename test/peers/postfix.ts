import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  openSync,
  closeSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { Lacking } from './packages.ts';
import { waitUntil } from './wait-until.ts';

/** A Postfix to start: its configuration, and where its files lie. */
export interface PostfixSetup {
  /** An empty folder; a second Postfix in it finds the queue of the first. */
  readonly folder: string;
  readonly packages: string;
  readonly port: number;
  readonly mainCf: string;
  /** Lines of /etc/hosts, which is all that this Postfix knows of names. */
  readonly hosts: readonly string[];
  /** More files below /etc, by path. */
  readonly files: ReadonlyMap<string, string>;
}

export interface RunningPostfix {
  readonly port: number;
  /** What it has logged so far. */
  log(): string;
  /** The messages in the mailbox that all of its domains share. */
  messages(): readonly string[];
  /** Ends it and everything that it started. */
  stop(): Promise<void>;
}

const namespaces = ['--mount', '--pid', '--fork', '--kill-child', '--mount-proc'];

/** Fails: throws Lacking where this machine does not let us make namespaces. */
export function askForNamespaces(): void {
  const { status, stderr, error } = spawnSync('unshare', [...namespaces, 'true'], { encoding: 'utf8' });
  if (status !== 0)
    throw new Lacking(`root and mount and pid namespaces; unshare says: ${error?.message ?? stderr.trim()}`);
}

/** Where Debian's package would have its parts, moved to where they are seen in the namespace. */
const places = `
compatibility_level = 3.6
daemon_directory = /mnt/usr/lib/postfix/sbin
command_directory = /mnt/usr/sbin
shlib_directory = /mnt/usr/lib/postfix
meta_directory = /mnt/etc/postfix
data_directory = /var/spool/state
maillog_file = /var/log/mail.log
import_environment = MAIL_CONFIG MAIL_DEBUG MAIL_LOGTAG TZ LANG=C LD_LIBRARY_PATH
export_environment = TZ LANG LD_LIBRARY_PATH
alias_maps =
alias_database =
`;

const mailbox = `
virtual_mailbox_base = /var/mail
virtual_mailbox_maps = static:all/
virtual_uid_maps = static:2003
virtual_gid_maps = static:2003
`;

const accounts = ['postfix:2001', 'postdrop:2002', 'mailbox:2003', 'nobody:65534'].map((one) =>
  one.split(':'),
);

function masterCf(port: number): string {
  return `127.0.0.1:${port} inet n - n - - smtpd
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
tlsmgr unix - - n 1000? 1 tlsmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
proxymap unix - - n - - proxymap
smtp unix - - n - - smtp
relay unix - - n - - smtp
error unix - - n - - error
retry unix - - n - - error
discard unix - - n - - discard
virtual unix - n n - - virtual
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
postlog unix-dgram n - n - 1 postlogd
`;
}

function writeEtc({ folder, port, mainCf, hosts, files }: PostfixSetup): void {
  const etc = join(folder, 'etc');
  for (const place of ['etc/postfix', 'etc/ssl', 'var/log', 'var/mail', 'var/spool'])
    mkdirSync(join(folder, place), { recursive: true });
  // What the machine's own libraries are found by.
  for (const name of ['ld.so.cache', 'ld.so.conf', 'ld.so.conf.d', 'services', 'ssl/openssl.cnf'])
    if (existsSync(`/etc/${name}`)) cpSync(`/etc/${name}`, join(etc, name), { recursive: true });
  const users = accounts.map(([name, id]) => `${name}:x:${id}:${id}::/nonexistent:/usr/sbin/nologin\n`);
  const groups = accounts.map(([name, id]) => `${name}:x:${id}:\n`);
  const written = new Map([
    ['passwd', `root:x:0:0::/root:/bin/sh\n${users.join('')}`],
    ['group', `root:x:0:\n${groups.join('')}`],
    ['nsswitch.conf', 'passwd: files\ngroup: files\nhosts: files\n'],
    ['resolv.conf', ''],
    ['hosts', ['127.0.0.1 localhost', ...hosts, ''].join('\n')],
    ['postfix/main.cf', `${places}${mailbox}${mainCf}`],
    ['postfix/master.cf', masterCf(port)],
    ...files,
  ]);
  for (const [path, text] of written) {
    mkdirSync(join(etc, path, '..'), { recursive: true });
    writeFileSync(join(etc, path), text);
  }
}

function listens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('error', () => resolve(false));
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
  });
}

function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => child.once('exit', () => resolve()));
}

/**
 * Starts Postfix in namespaces of its own, and waits until it listens.
 *
 * It ends with this process, however that ends: its standard input is a pipe from here.
 * Fails: throws with what Postfix said where it does not listen.
 */
export async function startPostfix(setup: PostfixSetup): Promise<RunningPostfix> {
  const { folder, packages, port } = setup;
  // Postfix shares a port without a word where another listens on it.
  if (await listens(port)) throw new Error(`something listens on port ${port} already`);
  writeEtc(setup);
  const logFile = join(folder, 'var', 'log', 'mail.log');
  const outputFile = join(folder, 'output.log');
  const output = openSync(outputFile, 'a');
  const inside = ['bash', join('test', 'peers', 'postfix.sh'), folder, packages];
  const child = spawn('unshare', [...namespaces, ...inside], { stdio: ['pipe', output, output] });
  closeSync(output);
  const log = (): string => (existsSync(logFile) ? readFileSync(logFile, 'utf8') : '');
  const stop = async (): Promise<void> => {
    child.stdin?.end();
    await ended(child);
  };
  const said = (): string => `${readFileSync(outputFile, 'utf8')}${log()}`;
  try {
    await waitUntil('Postfix to listen', async () => {
      if (child.exitCode !== null) throw new Error(`Postfix ended:\n${said()}`);
      return (await listens(port)) || undefined;
    });
  } catch (fault) {
    await stop();
    throw fault;
  }
  const inbox = join(folder, 'var', 'mail', 'all', 'new');
  return {
    port,
    log,
    messages: () =>
      existsSync(inbox) ? readdirSync(inbox).map((name) => readFileSync(join(inbox, name), 'utf8')) : [],
    stop,
  };
}
