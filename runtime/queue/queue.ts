import { join } from 'node:path';
import type { Carrier } from '../client/carrier.ts';
import { mailboxCarrier } from '../client/mailbox-carrier.ts';
import { makeOutboundTls } from '../client/make-outbound-tls.ts';
import { noNameServer, systemNameServer, withFacts, type NameServer } from '../client/name-server.ts';
import type { Reach, SendingContext } from '../client/sending-context.ts';
import { connectorCarrier, serverCarrier, storeCarrier } from '../client/next-hop-carriers.ts';
import type { Clock } from '../clock.ts';
import type { Endpoint, Server, TransportConfig } from '../config.ts';
import { isLoopback } from '../decide/address.ts';
import type { Log } from '../log.ts';
import type { ServerSpool } from '../message.ts';
import { reachInRehearsal } from '../rehearsal.ts';
import { rehearsalSourceAddress, type ListeningEndpoint, type ListenMode } from '../server/endpoints.ts';
import { serverFolder, type InternalHop } from '../server/internal-hop.ts';
import type { TlsMaterial } from '../server/tls-material.ts';
import { reasonOf, StartFailure } from '../start-failure.ts';
import { openAttemptMark, type AttemptMark } from './attempt-mark.ts';
import { ConnectionSlots } from './connection-slots.ts';
import { nodeDisk, type Disk } from './disk.ts';
import { FolderInUse, lockFolder } from './lock.ts';
import { BadMail } from './bad-mail.ts';
import type { ReachableHop } from './hop-queues.ts';
import { ServerQueue, type QueueCounts } from './server-queue.ts';
import { memoryShare } from './memory-share.ts';
import { ResourceWatch } from './resource-watch.ts';
import { FileSpool } from './spool.ts';

/** What the sending half of the transport needs. */
export interface QueueOptions {
  readonly config: TransportConfig;
  /** The servers of the topology that run in this process. */
  readonly serverNames: readonly string[];
  /** Each server has its own folder in it; Maildirs lie beside them. */
  readonly dataFolder: string;
  readonly mode: ListenMode;
  readonly material: TlsMaterial;
  readonly hop: InternalHop;
  readonly clock: Clock;
  readonly log: Log;
  /** By how much retry intervals and expiry are shortened; 1 where absent. */
  readonly timeScale?: number;
  /** A number from 0 up to 1; decides the order among equals. */
  readonly random?: () => number;
  /** Asked for names that the topology has no facts about. */
  readonly nameServer?: NameServer;
  readonly disk?: Disk;
  /** How much memory all queues together may take. Unit: bytes. */
  readonly memoryShare?: number;
}

/** The sending half at work. */
export interface RunningQueue {
  /** The spool of a server that runs here. */
  spool(server: string): ServerSpool;
  /** Begins to deliver, once it is known where the servers here listen. */
  deliver(endpoints: readonly ListeningEndpoint[]): void;
  counts(): ReadonlyMap<string, QueueCounts>;
  /** Finishes what is under way, flushes, and gives the folders back. Unit: milliseconds for the longest wait. */
  stop(within?: number): Promise<void>;
}

interface Opened {
  readonly server: Server;
  readonly spool: FileSpool;
  readonly watch: ResourceWatch;
  readonly attempt: AttemptMark;
  readonly release: () => void;
  readonly queue: ServerQueue;
}

/**
 * Opens the queues of the servers in this process.
 *
 * Fails: rejects with StartFailure where a data folder is in use or cannot be read and written; nothing is held then.
 */
export async function startQueue(options: QueueOptions): Promise<RunningQueue> {
  const opened: Opened[] = [];
  const share = options.memoryShare ?? memoryShare();
  const shared: Shared = {
    slots: new ConnectionSlots(),
    endpoints: [],
    memoryUsed: () => (100 * opened.reduce((sum, { spool }) => sum + spool.memory, 0)) / share,
  };
  const close = async (): Promise<void> => {
    for (const one of opened) await closeOne(one, options.log);
  };
  try {
    for (const server of options.config.servers) {
      if (options.serverNames.includes(server.name)) opened.push(await openOne(options, server, shared));
    }
  } catch (thrown) {
    await close();
    throw thrown;
  }
  return {
    spool(name) {
      const found = opened.find(({ server }) => server.name === name);
      if (found === undefined) throw new Error(`the server ${name} does not run here`);
      const { spool, watch } = found;
      return {
        open: () => spool.open(),
        get pressure() {
          return watch.pressure;
        },
      };
    },
    deliver(endpoints) {
      shared.endpoints = endpoints;
      for (const { queue } of opened) queue.start();
    },
    counts: () => new Map(opened.map(({ server, queue }) => [server.name, queue.counts()])),
    async stop(within = 10_000) {
      await Promise.all(opened.map(({ queue }) => queue.stop(within)));
      await close();
    },
  };
}

/** What the queues of one process have in common. */
interface Shared {
  readonly slots: ConnectionSlots;
  /** Unit: hundredths of what they may take. */
  readonly memoryUsed: () => number;
  endpoints: readonly ListeningEndpoint[];
}

async function openOne(options: QueueOptions, server: Server, shared: Shared): Promise<Opened> {
  const { config, clock, log, disk = nodeDisk, timeScale = 1 } = options;
  const folder = join(serverFolder(options.dataFolder, server.name), 'queue');
  const release = await takeFolder(disk, folder);
  try {
    const intervals = config.queues.find((queue) => queue.server === server.name)?.intervals;
    if (intervals === undefined) throw new Error(`no retry clock for ${server.name}`);
    // After a long standstill there is time left to try what waits, not only to return it.
    const longestStandstill = (intervals.messageExpirationTimeout * 1000) / timeScale / 2;
    const spool = await FileSpool.open({ disk, folder, clock, log, longestStandstill });
    const attempt = openAttemptMark(folder);
    const carrierFor = carriersOf(options, server, shared);
    const { slots, memoryUsed } = shared;
    const badMail = new BadMail({
      disk,
      folder: join(serverFolder(options.dataFolder, server.name), 'bad-mail'),
      log,
    });
    const queue = new ServerQueue({
      config,
      badMail,
      server,
      spool,
      attempt,
      intervals,
      timeScale,
      slots,
      clock,
      log,
      carrierFor,
    });
    const watch = new ResourceWatch({ disk, folder, server: server.name, clock, log, memoryUsed });
    await watch.start();
    return { server, spool, watch, attempt, release, queue };
  } catch (cause) {
    release();
    throw new StartFailure(`cannot read the queue of ${server.name} in ${folder}`, cause);
  }
}

async function takeFolder(disk: Disk, folder: string): Promise<() => void> {
  try {
    await disk.makeFolder(folder);
    return lockFolder(folder);
  } catch (cause) {
    if (cause instanceof FolderInUse) throw new StartFailure(cause.message, cause);
    throw new StartFailure(`cannot write the data folder ${folder}: ${reasonOf(cause)}`, cause);
  }
}

/** Flushes and closes; a disk that refuses now has lost nothing but notes of deliveries, which are then done twice. */
async function closeOne({ server, spool, watch, attempt, release }: Opened, log: Log): Promise<void> {
  watch.stop();
  try {
    await spool.close();
  } catch (thrown) {
    log('error', 'queue not flushed', { server: server.name, reason: String(thrown) });
  }
  attempt.close();
  release();
}

function carriersOf(options: QueueOptions, server: Server, shared: Shared): (hop: ReachableHop) => Carrier {
  const { config, mode, dataFolder, clock, random = Math.random, disk = nodeDisk } = options;
  const beyond = options.nameServer ?? (mode === 'rehearsal' ? noNameServer : systemNameServer());
  const sourceAddress = mode === 'rehearsal' ? rehearsalSourceAddress(config, server.name) : undefined;
  const reach: SendingContext['reach'] = (endpoint, to) =>
    mode === 'rehearsal' ? reachInRehearsal(config, shared.endpoints, endpoint, to) : openly(endpoint);
  // A mail store on this machine is named as such in the topology, so a rehearsal does not leave the machine by it.
  const reachStore: SendingContext['reach'] = (endpoint) =>
    isLoopback(endpoint.address) ? openly(endpoint) : reach(endpoint);
  const context: SendingContext = {
    config,
    server,
    tls: makeOutboundTls({ ...options, server }),
    nameServer: withFacts(config.dns, beyond),
    random,
    clock,
    reach,
    ...(sourceAddress !== undefined && { sourceAddress }),
  };
  return (hop) => {
    switch (hop.kind) {
      case 'connector':
        return connectorCarrier(context, hop);
      case 'servers':
        return serverCarrier(context, hop);
      case 'delivery':
        if (hop.delivery?.kind === 'smtp')
          return storeCarrier({ ...context, reach: reachStore }, hop.delivery);
        return mailboxCarrier(disk, dataFolder, hop, server.name);
    }
  };
}

function openly(endpoint: Endpoint): Reach {
  return { kind: 'endpoint', endpoint };
}
