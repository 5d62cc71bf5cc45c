import type { NameServer } from '../client/name-facts.ts';
import type { Clock } from '../clock.ts';
import type { Server, TransportConfig } from '../config.ts';
import type { Log } from '../log.ts';
import type { ServerSpool } from '../message.ts';
import type { ListeningEndpoint, ListenMode } from '../server/endpoints.ts';
import type { InternalHop } from '../server/internal-hop.ts';
import type { TlsMaterial } from '../server/tls-material.ts';
import type { Witness } from '../witness.ts';
import { reasonOf, StartFailure } from '../start-failure.ts';
import { carriersOf } from './carriers.ts';
import { ConnectionSlots } from './connection-slots.ts';
import { nodeDisk, type Disk } from './disk.ts';
import { FolderInUse } from './lock.ts';
import { memoryShare } from './memory-share.ts';
import { openQueue, type OpenQueue } from './open-queue.ts';
import type { QueueAnswer, QueueRequest } from './queue-request.ts';
import { RequestBox } from './request-box.ts';
import { ResourceWatch } from './resource-watch.ts';
import type { HopState } from './hop-queues.ts';
import type { QueueCounts } from './server-queue.ts';

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
  /** Keeps nothing where absent. */
  readonly witness?: Witness;
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

/** What a new topology brings, with the endpoints that its servers listen on. */
export interface Renewal extends Pick<QueueOptions, 'config' | 'material' | 'hop'> {
  readonly endpoints: readonly ListeningEndpoint[];
}

/** The sending half at work. */
export interface RunningQueue {
  /** The spool of a server that runs here. */
  spool(server: string): ServerSpool;
  /** Begins to deliver, once it is known where the servers here listen. */
  deliver(endpoints: readonly ListeningEndpoint[]): void;
  counts(): ReadonlyMap<string, QueueCounts>;
  /**
   * Delivers by another topology of the same servers, once what is under way has come to its end.
   * Unit: milliseconds for the longest wait.
   */
  reload(renewal: Renewal, within?: number): Promise<void>;
  /** How the queue of each next hop stands, by server. */
  hops(): ReadonlyMap<string, readonly HopState[]>;
  /** Does what an administrator asks of a server's queue. Fails: rejects with the disk's error. */
  answer(server: string, request: QueueRequest): Promise<QueueAnswer>;
  /** How many sessions to next hops there are. */
  sessions(): number;
  /** Finishes what is under way, flushes, and gives the folders back. Unit: milliseconds for the longest wait. */
  stop(within?: number): Promise<void>;
}

interface Opened extends OpenQueue {
  readonly watch: ResourceWatch;
  readonly requests: RequestBox;
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
    for (const one of opened) await closeOne(one);
  };
  try {
    for (const server of options.config.servers) {
      if (options.serverNames.includes(server.name)) opened.push(await openOne(options, server, shared));
    }
  } catch (thrown) {
    await close();
    throw thrown;
  }
  const openedOf = (name: string): Opened => {
    const found = opened.find(({ server }) => server.name === name);
    if (found === undefined) throw new Error(`the server ${name} does not run here`);
    return found;
  };
  return {
    spool(name) {
      const { spool, watch } = openedOf(name);
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
    hops: () => new Map(opened.map(({ server, queue }) => [server.name, queue.hops()])),
    answer: async (name, request) => openedOf(name).queue.answer(request),
    sessions: () => shared.slots.taken,
    async reload({ endpoints, ...renewal }, within = 60_000) {
      shared.endpoints = endpoints;
      await Promise.all(
        opened.map(async (one) => {
          const server = renewal.config.servers.find(({ name }) => name === one.server.name);
          if (server === undefined) throw new Error(`the server ${one.server.name} is gone`);
          const carrierFor = carriersOf({ ...options, ...renewal }, server, shared);
          await one.renew({ config: renewal.config, server, carrierFor }, within);
        }),
      );
    },
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
  const { clock, log, disk = nodeDisk, timeScale = 1 } = options;
  const { slots, memoryUsed } = shared;
  const carrierFor = carriersOf(options, server, shared);
  const open = await openQueue({ ...options, server, disk, timeScale, slots, carrierFor }).catch(
    startFailure,
  );
  const { folder } = open;
  const watch = new ResourceWatch({ disk, folder, server: server.name, clock, log, memoryUsed });
  const requests = new RequestBox({
    disk,
    folder,
    clock,
    log,
    answer: (request) => open.queue.answer(request),
  });
  try {
    await watch.start();
    await requests.start();
  } catch (cause) {
    watch.stop();
    await open.close();
    throw new StartFailure(`cannot write ${folder}: ${reasonOf(cause)}`, cause);
  }
  // Not spread, for which queue delivers changes.
  return Object.assign(open, { watch, requests });
}

function startFailure(thrown: unknown): never {
  if (thrown instanceof FolderInUse) throw new StartFailure(thrown.message, thrown);
  throw thrown;
}

async function closeOne({ watch, requests, close }: Opened): Promise<void> {
  watch.stop();
  await requests.stop();
  await close();
}
