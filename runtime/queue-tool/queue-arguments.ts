import { parseArgs } from 'node:util';

import type { TransportConfig } from '../config.ts';
import type { QueueRequest, Selection } from '../queue/queue-request.ts';
import { printable, StartFailure } from '../start-failure.ts';
import { Refusal } from './refusal.ts';

/** What the command line asks of queues. */
export interface QueueArguments {
  readonly serverNames: readonly string[];
  readonly dataFolder?: string;
  readonly format: 'pretty' | 'json';
  readonly request: QueueRequest;
  /** Where exported messages go. */
  readonly outputFolder?: string;
}

/** What `queue --help` says. */
export const queueUsage = `node main.js queue list                           queues and messages
node main.js queue show ID...                     all that is known of messages
node main.js queue retry|suspend|resume WHAT      WHAT is ID..., --queue QUEUE or --all
node main.js queue remove WHAT --with-dsn         removes messages and tells their senders
node main.js queue remove WHAT --without-dsn      removes messages and tells nobody
node main.js queue export WHAT --output FOLDER    copies messages into .eml files
  --server NAME       only of this server of the topology; may be repeated
  --queue QUEUE       a queue by its name in the list; "poison" and "unreachable" are queues, too
  --limit N           list so many messages at most (default: 1000)
  --format FORMAT     pretty or json
  --data DIR          where the queues lie (default: data beside main.js)
`;

/**
 * Reads the command line of `queue`; `help` where it is asked for. `prefix` is for files that are made on the way.
 *
 * Fails: throws StartFailure for what makes no sense, Refusal where it must be said what senders are told.
 */
export function readQueueArguments(
  config: TransportConfig,
  argv: readonly string[],
  prefix: string,
): QueueArguments | 'help' {
  const { values, positionals } = parse(argv);
  if (values.help === true || positionals.length === 0) return 'help';
  const known = new Map(config.servers.map(({ name }) => [name.toLowerCase(), name]));
  const named = (values.server ?? []).map((name) => {
    const found = known.get(name.toLowerCase());
    if (found === undefined) throw new StartFailure(`the topology has no server "${printable(name)}"`);
    return found;
  });
  const { format = 'pretty', data, output } = values;
  if (format !== 'pretty' && format !== 'json') throw new StartFailure('--format is pretty or json');
  return {
    serverNames: named.length === 0 ? [...known.values()] : named,
    format,
    ...(data !== undefined && { dataFolder: data }),
    ...(output !== undefined && { outputFolder: output }),
    request: requestOf(positionals, values, prefix),
  };
}

type Values = ReturnType<typeof parse>['values'];

function requestOf([action, ...ids]: readonly string[], values: Values, prefix: string): QueueRequest {
  const { queue } = values;
  switch (action) {
    case 'list': {
      if (ids.length > 0) throw new StartFailure('list takes no message: use show');
      return { kind: 'list', limit: readLimit(values.limit), ...(queue !== undefined && { queue }) };
    }
    case 'show':
    case 'retry':
    case 'suspend':
    case 'resume':
      return { kind: action, of: selectionOf(action, ids, values) };
    case 'remove':
      return { kind: action, of: selectionOf(action, ids, values), dsn: readDsn(values) };
    case 'export':
      if (values.output === undefined) throw new StartFailure('export needs --output FOLDER');
      return { kind: action, of: selectionOf(action, ids, values), prefix };
    default:
      throw new StartFailure(`there is no "queue ${printable(action ?? '')}"; see queue --help`);
  }
}

function selectionOf(action: string, ids: readonly string[], { queue, all }: Values): Selection {
  const ways = [ids.length > 0, queue !== undefined, all === true].filter(Boolean).length;
  if (ways !== 1) throw new StartFailure(`${action} needs message numbers, --queue QUEUE or --all`);
  if (queue !== undefined) return { kind: 'queue', key: queue };
  if (all !== true) return { kind: 'messages', ids: ids.map(readId) };
  if (action === 'remove') throw new StartFailure('remove takes message numbers or --queue QUEUE, not --all');
  return { kind: 'all' };
}

function readId(text: string): number {
  const id = /^\d{1,16}$/.test(text) ? Number(text) : Number.NaN;
  if (!Number.isSafeInteger(id)) throw new StartFailure(`"${printable(text)}" is no message number`);
  return id;
}

function readLimit(text: string | undefined): number {
  if (text === undefined) return 1000;
  if (!/^\d{1,9}$/.test(text)) throw new StartFailure(`"${printable(text)}" is no whole number`);
  return Number(text);
}

/** Exchange asks whether to send one; nobody can be asked here. Source: EXCH Remove-Message -WithNDR. */
function readDsn(values: Values): 'with' | 'without' {
  const [asksWith, asksWithout] = [values['with-dsn'] === true, values['without-dsn'] === true];
  if (asksWith === asksWithout)
    throw new Refusal(
      'what is removed is gone: add --with-dsn to tell the senders, or --without-dsn to tell nobody',
    );
  return asksWith ? 'with' : 'without';
}

function parse(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: {
        server: { type: 'string', multiple: true },
        queue: { type: 'string' },
        all: { type: 'boolean' },
        limit: { type: 'string' },
        format: { type: 'string' },
        data: { type: 'string' },
        output: { type: 'string', short: 'o' },
        'with-dsn': { type: 'boolean' },
        'without-dsn': { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause);
    throw new StartFailure(`${printable(message)}; see queue --help`, cause);
  }
}
