import { join } from 'node:path';

import { systemClock, type Clock } from './clock.ts';
import type { Endpoint, TransportConfig } from './config.ts';
import { openServerLogs } from './exchange-logs/server-logs.ts';
import { silentLog, type Log } from './log.ts';
import { usualOldestTls, warnOfOutdated, type OldestTls } from './oldest-tls.ts';
import { openFiles } from './open-files.ts';
import { nodeDisk } from './queue/disk.ts';
import { startQueue, type QueueOptions } from './queue/queue.ts';
import type { QueueCounts } from './queue/server-queue.ts';
import type { ListeningEndpoint, ListenMode } from './server/endpoints.ts';
import { openInternalHop, serverFolder } from './server/internal-hop.ts';
import { requireLoopback } from './rehearsal.ts';
import type { Monitor } from './monitor/monitor.ts';
import type { TransportMonitorOptions, ViewerOptions } from './monitor/transport-monitor.ts';
import { Counters } from './monitor/counters.ts';
import { startServer, type Renewal } from './server/server.ts';
import { loadTlsMaterial } from './server/tls-material.ts';
import { reasonOf, StartFailure } from './start-failure.ts';
import type { Users } from './users/logon.ts';
import { openUsers } from './users/users.ts';
import { bothOf } from './witness.ts';

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
  /** Where health and metrics are told over HTTP, a loopback endpoint; nowhere where absent. */
  readonly monitor?: Endpoint;
  /** Shows queues, messages and sessions there, too; with a token in the folder of keys one may act on them. */
  readonly viewer?: {
    /** The token, which comes before that in the folder. */
    readonly token?: string;
  };
  /** The oldest version of TLS that is spoken; TLS 1.2 each way where absent. */
  readonly oldestTls?: OldestTls;
  readonly clock?: Clock;
  readonly log?: Log;
  /** By how much retry intervals and expiry are shortened; 1 where absent. */
  readonly timeScale?: number;
  /** Asked for names that the topology has no facts about. */
  readonly nameServer?: NonNullable<QueueOptions['nameServer']>;
  /** A number from 0 up to 1; decides the order among equals. `Math.random` where absent. */
  readonly random?: () => number;
}

/** How long a stop waits for rows of the logs that are not on the disk. Unit: milliseconds. */
const logsMayTake = 2000;

/** A transport at work. */
export interface Transport {
  readonly endpoints: readonly ListeningEndpoint[];
  /**
   * Goes on by another topology of the same servers: new connections are received by it, sessions that stand end as they
   * began, and what waits is looked at anew.
   *
   * Fails: rejects with StartFailure where the topology cannot be run here, and everything is as it was.
   */
  reload(config: TransportConfig): Promise<void>;
  /** Where the monitor really listens; absent where there is none. */
  readonly monitor?: Endpoint;
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
  const { oldestTls = usualOldestTls } = options;
  const files = { config, serverNames, bundleFolder, dataFolder, keysFolder, oldestTls };
  const material = loadTlsMaterial({ ...files, now: clock.now() });
  const users = await openUsers({ keysFolder, variable: options.users, log });
  await makeFolders(dataFolder, serverNames);
  const hop = openInternalHop({ ...files, now: () => clock.now() });
  const counters = new Counters();
  const viewer = options.viewer && (await openViewer(options.viewer.token, { keysFolder, clock, log }));
  const logs = openServerLogs({ config, serverNames, dataFolder, clock, log });
  const witness = bothOf(logs.witness, viewer ? bothOf(counters, viewer.errors) : counters);
  const shared = { config, serverNames, mode, material, hop, clock, log, witness };
  const servers = serverNames.length === config.servers.length ? 'all' : 'some';
  const place: Place = { ...files, mode, servers, clock };
  let changing: Promise<void> = Promise.resolve();
  let ruling: Renewal = { config, material, hop };
  let isStopping = false;
  const { timeScale, nameServer, random } = options;
  const queue = await startQueue({
    ...shared,
    dataFolder,
    ...(timeScale !== undefined && { timeScale }),
    ...(nameServer && { nameServer }),
    ...(random && { random }),
  });
  try {
    const server = await startServer({ ...shared, users, spoolOf: (name) => queue.spool(name) });
    const monitor =
      options.monitor &&
      (await watch({
        at: options.monitor,
        serverNames,
        queue,
        server,
        counters,
        clock,
        ruling: () => ruling,
        isStopping: () => isStopping,
        ...(viewer && { viewer }),
      }));
    queue.deliver(server.endpoints);
    const dataFolders = serverNames.map((name) => serverFolder(dataFolder, name));
    for (const { path, mode } of openFiles(keysFolder, dataFolders))
      log('warning', 'open to other users', { file: path, mode });
    warnOfOutdated(oldestTls, log);
    warnOfNobody(users, { config, serverNames, log });
    for (const { server, file } of hop.missing) {
      // Mail from and to that server waits until somebody has brought the file.
      log('warning', 'internal certificate missing', { server, copy: `internal.pem of ${server}`, to: file });
    }
    return {
      get endpoints() {
        return server.endpoints;
      },
      ...(monitor && { monitor: monitor.local }),
      counts: () => queue.counts(),
      reload(next) {
        const reloaded = changing.then(async () => {
          const renewal = prepare(next, place);
          await server.reload(renewal);
          ruling = renewal;
          await queue.reload({ ...renewal, endpoints: server.endpoints });
        });
        changing = reloaded.catch(() => undefined);
        return reloaded;
      },
      async stop(within) {
        isStopping = true;
        await changing;
        await server.stop(within);
        await queue.stop(within);
        await monitor?.close();
        await logs.close(logsMayTake);
      },
    };
  } catch (thrown) {
    await queue.stop(0);
    throw thrown;
  }
}

/** Opens the monitor, which is loaded for whoever asks for it. Fails: as that does, and nothing listens any more. */
async function watch(options: TransportMonitorOptions): Promise<Monitor> {
  try {
    const { openTransportMonitor } = await import('./monitor/transport-monitor.ts');
    return await openTransportMonitor(options);
  } catch (thrown) {
    await options.server.stop(0);
    throw thrown;
  }
}

/** Makes the Queue Viewer, which is loaded for whoever asks for it. Fails: rejects with StartFailure. */
async function openViewer(
  token: string | undefined,
  { keysFolder, clock, log }: { readonly keysFolder: string; readonly clock: Clock; readonly log: Log },
): Promise<ViewerOptions> {
  const [{ viewerAnswer }, { RecentErrors }, { readToken, TokenGate }] = await Promise.all([
    import('./viewer/viewer.ts'),
    import('./viewer/recent-errors.ts'),
    import('./viewer/token.ts'),
  ]);
  const now = (): number => clock.now();
  const read = readToken(keysFolder, token);
  const gate = read === undefined ? undefined : new TokenGate(read, now);
  return { answer: viewerAnswer, errors: new RecentErrors(now), log, ...(gate && { gate }) };
}

/** What a new topology is read with. */
interface Place {
  readonly bundleFolder: string;
  readonly dataFolder: string;
  readonly keysFolder: string;
  readonly oldestTls: OldestTls;
  readonly mode: ListenMode;
  readonly serverNames: readonly string[];
  /** Whether all servers of the topology run here. */
  readonly servers: 'all' | 'some';
  readonly clock: Clock;
}

/** Reads what a new topology needs. Fails: throws StartFailure. */
function prepare(config: TransportConfig, { mode, servers, clock, ...files }: Place): Renewal {
  requireVersion(config);
  if (mode === 'rehearsal') requireLoopback(config.rehearsal);
  const present = config.servers.map(({ name }) => name);
  const isWhole = files.serverNames.every((name) => present.includes(name));
  // A server that has come wants a data folder and a queue of its own.
  if (!isWhole || (servers === 'all' && present.length !== files.serverNames.length))
    throw new StartFailure('the topology has other servers now, which needs a restart');
  const given = { ...files, config };
  const material = loadTlsMaterial({ ...given, now: clock.now() });
  return { config, material, hop: openInternalHop({ ...given, now: () => clock.now() }) };
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
