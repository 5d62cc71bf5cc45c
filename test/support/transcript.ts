import type { Dialect, ReceiveConnector, TransportConfig } from '../../runtime/config.ts';
import type { PresentedCertificate } from '../../runtime/decide/client-certificate.ts';
import { Connection } from '../../runtime/server/connection.ts';
import type { Wire } from '../../runtime/server/connection.ts';
import { mailboxKey } from '../../runtime/users/mailbox-key.ts';
import { noUsers, type Users } from '../../runtime/users/logon.ts';
import { makeReceivers } from '../../runtime/server/receiver.ts';
import type { TlsState } from '../../runtime/server/receiver.ts';
import { manualClock } from './manual-clock.ts';
import type { ManualClock } from './manual-clock.ts';
import { memorySpool } from './memory-spool.ts';
import type { MemorySpool, SpoolFault } from './memory-spool.ts';
import { receiveConnector, receivingConfig } from './receive-connector.ts';

/** What a transcript sets before its dialogue, one JSON value per line such as `# connector: {"requireTLS": true}`. */
export interface TranscriptSettings {
  readonly connector?: Partial<ReceiveConnector>;
  readonly config?: Partial<TransportConfig>;
  readonly version?: TransportConfig['servers'][number]['exchangeVersion'];
  readonly dialect?: Dialect;
  readonly client?: string;
  /** Whether STARTTLS is offered, and what the client then proves to be. */
  readonly tls?:
    | 'unavailable'
    | 'available'
    | { readonly presented?: Partial<PresentedCertificate>; readonly internalServer?: string };
  readonly spool?: SpoolFault;
  /** Who may log on, with password and addresses; `busy` puts every logon off. */
  readonly users?: 'busy' | Readonly<Record<string, readonly [password: string, ...addresses: string[]]>>;
}

/** One line of a dialogue. */
export interface TranscriptLine {
  readonly number: number;
  /**
   * `C` a line from the client, `c` bytes without a line end, `S` a line from the server, `T` seconds that pass,
   * `X` the server has closed, `M` a line of the message that was queued last, `D` the server is asked to stop,
   * `P` the pressure on its machine from here on.
   */
  readonly kind: 'C' | 'c' | 'S' | 'T' | 'X' | 'M' | 'D' | 'P';
  readonly text: string;
}

/** Reads a transcript: `#` lines are words or settings, all others begin with their kind. */
export function parseTranscript(source: string): {
  readonly settings: TranscriptSettings;
  readonly lines: readonly TranscriptLine[];
} {
  const settings: Record<string, unknown> = {};
  const lines = source.split('\n').flatMap((line, at) => {
    const [, name, json] =
      /^# (connector|config|version|client|tls|spool|users|dialect): (.+)$/.exec(line) ?? [];
    if (name !== undefined && json !== undefined) settings[name] = JSON.parse(json);
    if (line === '' || line.startsWith('#')) return [];
    const [, kind, text = ''] = /^([CcSTXMDP]):(?: (.*))?$/.exec(line) ?? [];
    if (kind === undefined) throw new Error(`line ${at + 1} is no line of a transcript: ${line}`);
    return [{ number: at + 1, kind: kind as TranscriptLine['kind'], text }];
  });
  return { settings, lines };
}

/** Turns `\r`, `\n`, `\t` and `\xNN` in a line into the bytes they mean. */
export function unescapeBytes(text: string): Buffer {
  const plain = text.replaceAll(/\\(?:x([0-9a-f]{2})|([rnt\\]))/gi, (_, hex?: string, letter?: string) => {
    if (hex !== undefined) return String.fromCharCode(Number.parseInt(hex, 16));
    return { r: '\r', n: '\n', t: '\t' }[letter ?? ''] ?? '\\';
  });
  return Buffer.from(plain, 'latin1');
}

/** A connection without a socket. */
export interface RehearsedSession {
  readonly connection: Connection;
  readonly clock: ManualClock;
  readonly spool: MemorySpool;
  readonly sent: () => string;
  readonly writes: string[];
  /** What the log was told, one JSON text an event. */
  readonly logged: readonly string[];
  readonly isClosed: () => boolean;
  /** Whether the client has been asked to wait. */
  readonly isPaused: () => boolean;
}

const goodCertificate: PresentedCertificate = {
  chain: { kind: 'ends in authority', authority: 'fabrikam-root' },
  names: ['fabrikam.com'],
  notBefore: 0,
  notAfter: 2_000_000_000_000,
};

/** Starts a session on a wire that only writes down what is sent. */
export function rehearseSession(settings: TranscriptSettings): RehearsedSession {
  const clock = manualClock(Date.UTC(2026, 9, 1, 8));
  const spool = memorySpool(settings.spool);
  const { tls = 'unavailable' } = settings;
  const writes: string[] = [];
  const logged: string[] = [];
  let isClosed = false;
  let isPaused = false;
  const wire: Wire = {
    send: (text) => void writes.push(text),
    pause: () => void (isPaused = true),
    resume: () => void (isPaused = false),
    close: () => void (isClosed = true),
    startTls: async () => (typeof tls === 'string' ? undefined : tlsState(tls)),
  };
  const connector = receiveConnector(settings.connector);
  const base = receivingConfig([connector], settings.config);
  const { version = '2016', dialect } = settings;
  const config = {
    ...base,
    servers: base.servers.map((server) => ({
      ...server,
      exchangeVersion: version,
      ...(dialect && { dialect }),
    })),
  };
  const receiver = makeReceivers(config, ['EDGE01'], () => clock.now(), {
    users: usersOf(settings),
  }).get(connector);
  if (receiver === undefined) throw new Error('the connector is not on EDGE01');
  const connection = new Connection({
    wire,
    receiver,
    clientAddress: settings.client ?? '198.51.100.10',
    tls: tls === 'unavailable' ? tls : 'available',
    sessionId: '6ADFC3A000000001',
    spool,
    clock,
    log: (level, event, fields) => void logged.push(JSON.stringify({ level, event, ...fields })),
    onEnd: () => undefined,
  });
  connection.start();
  return {
    connection,
    clock,
    spool,
    writes,
    logged,
    sent: () => writes.splice(0).join(''),
    isClosed: () => isClosed,
    isPaused: () => isPaused,
  };
}

/** Users whose passwords lie open, for a transcript has no time for scrypt. */
function usersOf({ users = {} }: TranscriptSettings): Users {
  if (users === 'busy') return { isEmpty: false, logOn: async () => ({ kind: 'busy' }) };
  if (Object.keys(users).length === 0) return noUsers;
  return {
    isEmpty: false,
    async logOn(name, password) {
      const [right, ...addresses] = users[name] ?? [];
      if (right === undefined) return { kind: 'wrong' };
      if (right !== password) return { kind: 'wrong', known: name };
      return {
        kind: 'logged on',
        user: { name, addresses: new Set(addresses.map((one) => mailboxKey(one) ?? '')) },
      };
    },
  };
}

function tlsState(tls: Exclude<TranscriptSettings['tls'], string | undefined>): TlsState {
  const { presented, internalServer } = tls;
  return {
    protocol: 'TLSv1.3',
    cipher: 'TLS_AES_256_GCM_SHA384',
    ...(presented && { presented: { ...goodCertificate, ...presented } }),
    ...(internalServer !== undefined && { internalServer }),
  };
}

/** Lets everything that waits for a turn of the event loop have it. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 8; turn++) await new Promise((resolve) => setImmediate(resolve));
}
