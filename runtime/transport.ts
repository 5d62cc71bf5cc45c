import { join } from 'node:path';

import { systemClock, type Clock } from './clock.ts';
import type { TransportConfig } from './config.ts';
import { silentLog, type Log } from './log.ts';
import { nodeDisk } from './queue/disk.ts';
import { startQueue, type QueueOptions } from './queue/queue.ts';
import type { QueueCounts } from './queue/server-queue.ts';
import type { ListeningEndpoint, ListenMode } from './server/endpoints.ts';
import { openInternalHop, serverFolder } from './server/internal-hop.ts';
import { requireLoopback } from './rehearsal.ts';
import { startServer } from './server/server.ts';
import { loadTlsMaterial } from './server/tls-material.ts';
import { reasonOf, StartFailure } from './start-failure.ts';
import { openUsers, type Users } from './users/users.ts';

/** What a transport is started with. */
export interface TransportOptions {
  readonly config: TransportConfig;
  /** Where the certificates of the topology lie. */
  readonly bundleFolder: string;
  /** The servers of the topology that run here; all of them where absent. */
  readonly serverNames?: readonly string[];
  /** `real` where absent. */
  readonly mode?: ListenMode;
  /** `data` in the bundle where absent. */
  readonly dataFolder?: string;
  /** `keys` in the bundle where absent; users who may log on are in its file `users`. */
  readonly keysFolder?: string;
  /** More users, each like a line of that file, with semicolons between them. */
  readonly users?: string;
  readonly clock?: Clock;
  readonly log?: Log;
  /** By how much retry intervals and expiry are shortened; 1 where absent. */
  readonly timeScale?: number;
  /** Asked for names that the topology has no facts about. */
  readonly nameServer?: NonNullable<QueueOptions['nameServer']>;
}

/** A transport at work. */
export interface Transport {
  readonly endpoints: readonly ListeningEndpoint[];
  /** What each server holds. */
  counts(): ReadonlyMap<string, QueueCounts>;
  /**
   * Takes no more mail, finishes what is under way, and gives its folders back.
   * Unit of `within`: milliseconds, for each of the two halves.
   */
  stop(within?: number): Promise<void>;
}

/**
 * Starts both halves of the transport: mail is taken as soon as the promise resolves.
 *
 * Fails: rejects with StartFailure, one line for whoever starts it, and holds nothing then.
 */
export async function startTransport(options: TransportOptions): Promise<Transport> {
  const { config, bundleFolder, mode = 'real', clock = systemClock, log = silentLog } = options;
  const serverNames = options.serverNames ?? config.servers.map(({ name }) => name);
  const dataFolder = options.dataFolder ?? join(bundleFolder, 'data');
  const keysFolder = options.keysFolder ?? join(bundleFolder, 'keys');
  requireVersion(config);
  if (mode === 'rehearsal') requireLoopback(config.rehearsal);
  const files = { config, serverNames, bundleFolder, dataFolder, keysFolder };
  const material = loadTlsMaterial({ ...files, now: clock.now() });
  const users = await openUsers({ keysFolder, variable: options.users, log });
  await makeFolders(dataFolder, serverNames);
  const hop = openInternalHop({ ...files, now: () => clock.now() });
  const shared = { config, serverNames, mode, material, hop, clock, log };
  const { timeScale, nameServer } = options;
  const queue = await startQueue({
    ...shared,
    dataFolder,
    ...(timeScale !== undefined && { timeScale }),
    ...(nameServer && { nameServer }),
  });
  try {
    const server = await startServer({ ...shared, users, spoolOf: (name) => queue.spool(name) });
    queue.deliver(server.endpoints);
    warnOfNobody(users, { config, serverNames, log });
    for (const { server, file } of hop.missing) {
      // Mail from and to that server waits until somebody has brought the file.
      log('warning', 'internal certificate missing', { server, copy: `internal.pem of ${server}`, to: file });
    }
    return {
      endpoints: server.endpoints,
      counts: () => queue.counts(),
      async stop(within) {
        await server.stop(within);
        await queue.stop(within);
      },
    };
  } catch (thrown) {
    await queue.stop(0);
    throw thrown;
  }
}

/** A connector that is there for people who log on is of no use before somebody can. */
function warnOfNobody(
  { isEmpty }: Users,
  {
    config,
    serverNames,
    log,
  }: Pick<TransportOptions, 'config'> & {
    readonly serverNames: readonly string[];
    readonly log: Log;
  },
): void {
  if (!isEmpty) return;
  for (const { name, server, source, authMechanism, permissionGroups } of config.receiveConnectors) {
    const isForUsers = authMechanism.includes('BasicAuth') && permissionGroups.includes('ExchangeUsers');
    if (isForUsers && source === 'declared' && serverNames.includes(server))
      log('warning', 'no users', { server, connector: name, file: 'users in the folder of keys' });
  }
}

function requireVersion({ configVersion }: { readonly configVersion: unknown }): void {
  if (configVersion !== 1)
    throw new StartFailure('the topology was compiled for another version of this transport');
}

async function makeFolders(dataFolder: string, serverNames: readonly string[]): Promise<void> {
  try {
    await nodeDisk.makeFolder(dataFolder);
    for (const name of serverNames) await nodeDisk.makeFolder(serverFolder(dataFolder, name));
  } catch (cause) {
    throw new StartFailure(`cannot write the data folder ${dataFolder}: ${reasonOf(cause)}`, cause);
  }
}
