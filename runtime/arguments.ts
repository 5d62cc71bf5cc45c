import { parseArgs } from 'node:util';

import type { Endpoint, TransportConfig } from './config.ts';
import { parseMonitorAddress } from './monitor/monitor-address.ts';
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
}

/** What `--help` says. */
export const usage = `node main.js [--server NAME]... [--rehearse] [--data DIR] [--keys DIR] [--time-scale N] [--monitor [ADDRESS:]PORT [--viewer]]
  --server NAME   run this server of the topology only; may be repeated
  --rehearse      stay on this machine: loopback endpoints stand for the real ones
  --data DIR      where queues, mailboxes and internal certificates lie (default: data beside main.js)
  --keys DIR      where private keys and the file of users lie (default: keys beside main.js)
  --time-scale N  with --rehearse: retries, delays and expiry come N times as fast
  --monitor PORT  tell health and metrics over HTTP on 127.0.0.1, or on ADDRESS:PORT of the loopback interface
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
  const { server = [], rehearse, data, keys, help, monitor, viewer, 'time-scale': scale } = parse(argv);
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
    ...(monitor !== undefined && { monitor: parseMonitorAddress(monitor) }),
    ...(viewer === true && { viewer: {} }),
    ...(scale !== undefined && { timeScale: readTimeScale(scale, rehearse === true ? 'rehearsal' : 'real') }),
  };
}

/** Real mail has the retry clock and the expiry that its sender counts on. */
function readTimeScale(text: string, mode: 'real' | 'rehearsal'): number {
  if (mode === 'real') throw new StartFailure('--time-scale is for rehearsals: add --rehearse');
  const scale = /^\d{1,6}(\.\d{1,3})?$/.test(text) ? Number(text) : 0;
  if (scale < 1 || scale > 100_000)
    throw new StartFailure(`--time-scale takes a number from 1 to 100000, not "${printable(text)}"`);
  return scale;
}

interface Parsed {
  readonly server?: readonly string[] | undefined;
  readonly rehearse?: boolean | undefined;
  readonly data?: string | undefined;
  readonly keys?: string | undefined;
  readonly 'time-scale'?: string | undefined;
  readonly monitor?: string | undefined;
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
        viewer: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    }).values;
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause);
    throw new StartFailure(`${printable(message)}; see --help`, cause);
  }
}
