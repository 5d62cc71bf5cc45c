import type { SecureVersion } from 'node:tls';
import { parseArgs } from 'node:util';

import type { Dialect, Endpoint, TransportConfig } from './config.ts';
import { parseMonitorAddress } from './monitor/monitor-address.ts';
import { usualOldestTls, type OldestTls } from './oldest-tls.ts';
import { printable, StartFailure } from './start-failure.ts';

/** What the command line of a bundle asks for. */
export interface TransportArguments {
  readonly serverNames: readonly string[];
  readonly mode: 'real' | 'rehearsal';
  readonly dataFolder?: string;
  readonly keysFolder?: string;
  /** Where health and metrics are told. */
  readonly monitor?: Endpoint;
  /** Absent where nobody asks for the Queue Viewer. */
  readonly viewer?: Record<never, never>;
  /** By how much retry intervals and expiry are shortened. */
  readonly timeScale?: number;
  /** The oldest version of TLS that is spoken. */
  readonly oldestTls?: OldestTls;
  /** Whose replies all servers give. */
  readonly dialect?: Dialect;
}

/** What `--help` says. */
export const usage = `node main.js [--server NAME]... [--rehearse] [--data DIR] [--keys DIR] [--time-scale N] [--dialect NAME] [--monitor [ADDRESS:]PORT [--viewer]] [--min-tls [receive=|send=]V]...
  --server NAME   run this server of the topology only; may be repeated
  --rehearse      stay on this machine: loopback endpoints stand for the real ones
  --data DIR      where queues, mailboxes and internal certificates lie (default: data beside main.js)
  --keys DIR      where private keys and the file of users lie (default: keys beside main.js)
  --time-scale N  with --rehearse: retries, delays and expiry come N times as fast
  --dialect NAME  exchange (default), or rfc: replies of the standards where Exchange departs from them
  --monitor PORT  tell health and metrics over HTTP on 127.0.0.1, or on ADDRESS:PORT of the loopback interface
  --min-tls V     speak TLS from V on: 1.0, 1.1, 1.2 (default) or 1.3; receive=V and send=V say it for one way.
                  TLS 1.0 and 1.1 are outdated (RFC 8996): for devices that know nothing newer
  --viewer        with --monitor: show queues, messages and sessions to a browser there; whoever has the token in
                  the file viewer-token of the folder of keys, or in MAILTOPO_VIEWER_TOKEN, may act on them
node main.js user NAME [ADDRESS]...
  makes a line for the file of users
node main.js queue --help
  looks at the queues and acts on them, whether the transport runs or not
`;

/**
 * Reads the command line; server names without regard to case, as Exchange takes them. `help` where it is asked for.
 *
 * Fails: throws StartFailure for an option that does not exist and for a server that the topology does not have.
 */
export function readArguments(config: TransportConfig, argv: readonly string[]): TransportArguments | 'help' {
  const {
    server = [],
    rehearse,
    data,
    keys,
    help,
    monitor,
    viewer,
    'time-scale': scale,
    'min-tls': minTls,
    dialect,
  } = parse(argv);
  if (help === true) return 'help';
  if (viewer === true && monitor === undefined)
    throw new StartFailure('--viewer needs --monitor, where it shows itself');
  const known = new Map(config.servers.map(({ name }) => [name.toLowerCase(), name]));
  const serverNames = server.map((name) => {
    const found = known.get(name.toLowerCase());
    if (found === undefined) {
      const servers = config.servers.map((one) => printable(one.name)).join(', ');
      throw new StartFailure(`the topology has no server "${printable(name)}"; it has ${servers}`);
    }
    return found;
  });
  return {
    serverNames: serverNames.length === 0 ? [...known.values()] : [...new Set(serverNames)],
    mode: rehearse === true ? 'rehearsal' : 'real',
    ...(data !== undefined && { dataFolder: data }),
    ...(keys !== undefined && { keysFolder: keys }),
    ...(dialect !== undefined && { dialect: readDialect(dialect) }),
    ...(monitor !== undefined && { monitor: parseMonitorAddress(monitor) }),
    ...(viewer === true && { viewer: {} }),
    ...(minTls !== undefined && { oldestTls: readOldestTls(minTls) }),
    ...(scale !== undefined && { timeScale: readTimeScale(scale, rehearse === true ? 'rehearsal' : 'real') }),
  };
}

function readDialect(text: string): Dialect {
  if (text === 'exchange' || text === 'rfc') return text;
  throw new StartFailure(`--dialect takes exchange or rfc, not "${printable(text)}"`);
}

/** Real mail has the retry clock and the expiry that its sender counts on. */
function readTimeScale(text: string, mode: 'real' | 'rehearsal'): number {
  if (mode === 'real') throw new StartFailure('--time-scale is for rehearsals: add --rehearse');
  const scale = /^\d{1,6}(\.\d{1,3})?$/.test(text) ? Number(text) : 0;
  if (scale < 1 || scale > 100_000)
    throw new StartFailure(`--time-scale takes a number from 1 to 100000, not "${printable(text)}"`);
  return scale;
}

const tlsVersions: ReadonlyMap<string, SecureVersion> = new Map([
  ['1.0', 'TLSv1'],
  ['1.1', 'TLSv1.1'],
  ['1.2', 'TLSv1.2'],
  ['1.3', 'TLSv1.3'],
]);

/** What is said for one way counts there, wherever it stands; of two for the same the last one counts. */
function readOldestTls(texts: readonly string[]): OldestTls {
  let both: Partial<OldestTls> = {};
  let single: Partial<OldestTls> = {};
  for (const text of texts) {
    const [, way, number = ''] = /^(?:(receive|send)=)?(.*)$/s.exec(text) ?? [];
    const version = tlsVersions.get(number);
    if (version === undefined)
      throw new StartFailure(
        `--min-tls takes 1.0, 1.1, 1.2 or 1.3, with receive= or send= before it for one way, not "${printable(text)}"`,
      );
    if (way === undefined) both = { receive: version, send: version };
    else single = { ...single, [way]: version };
  }
  return { ...usualOldestTls, ...both, ...single };
}

interface Parsed {
  readonly server?: readonly string[] | undefined;
  readonly rehearse?: boolean | undefined;
  readonly data?: string | undefined;
  readonly keys?: string | undefined;
  readonly 'time-scale'?: string | undefined;
  readonly monitor?: string | undefined;
  readonly 'min-tls'?: readonly string[] | undefined;
  readonly dialect?: string | undefined;
  readonly viewer?: boolean | undefined;
  readonly help?: boolean | undefined;
}

function parse(argv: readonly string[]): Parsed {
  try {
    return parseArgs({
      args: [...argv],
      options: {
        server: { type: 'string', multiple: true },
        rehearse: { type: 'boolean' },
        data: { type: 'string' },
        keys: { type: 'string' },
        'time-scale': { type: 'string' },
        monitor: { type: 'string' },
        'min-tls': { type: 'string', multiple: true },
        dialect: { type: 'string' },
        viewer: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    }).values;
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause);
    throw new StartFailure(`${printable(message)}; see --help`, cause);
  }
}
