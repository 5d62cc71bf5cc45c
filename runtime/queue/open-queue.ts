import { join } from 'node:path';
import type { Clock } from '../clock.ts';
import type { QueueIntervals, Server, TransportConfig } from '../config.ts';
import type { Log } from '../log.ts';
import { serverFolder } from '../server/internal-hop.ts';
import { reasonOf, StartFailure } from '../start-failure.ts';
import type { Witness } from '../witness.ts';
import { openAttemptMark, type AttemptMark } from './attempt-mark.ts';
import { BadMail } from './bad-mail.ts';
import type { ConnectionSlots } from './connection-slots.ts';
import type { Disk } from './disk.ts';
import type { HopQueuesOptions } from './hop-queues.ts';
import { FolderInUse, lockFolder } from './lock.ts';
import { ServerQueue } from './server-queue.ts';
import { FileSpool } from './spool.ts';
import { SuspendedQueues } from './suspended-queues.ts';

/** What the queue of one server is opened with. */
export interface OpenQueueOptions {
  readonly config: TransportConfig;
  readonly server: Server;
  readonly dataFolder: string;
  readonly disk: Disk;
  readonly clock: Clock;
  readonly log: Log;
  readonly witness?: Witness;
  readonly timeScale: number;
  readonly slots: ConnectionSlots;
  readonly carrierFor: HopQueuesOptions['carrierFor'];
}

/** What a new topology brings. */
export type QueueRenewal = Pick<OpenQueueOptions, 'config' | 'server' | 'carrierFor'>;

/** The queue of one server, in the hands of this process alone. */
export interface OpenQueue {
  readonly server: Server;
  readonly folder: string;
  readonly spool: FileSpool;
  /** The one that delivers at the moment. */
  readonly queue: ServerQueue;
  /**
   * Delivers by another topology: what is under way comes to its end first, or is broken off when the time is over, and
   * everything else is looked at anew. Unit: milliseconds.
   */
  renew(renewal: QueueRenewal, within: number): Promise<void>;
  /** Flushes, and gives the folder back. */
  close(): Promise<void>;
}

/** Where the queue of a server lies. */
export function queueFolder(dataFolder: string, server: string): string {
  return join(serverFolder(dataFolder, server), 'queue');
}

/**
 * Takes the folder of a server's queue and reads it; nothing is delivered before the queue is started.
 *
 * Fails: rejects with FolderInUse where another process has it, with StartFailure where it cannot be read and written.
 */
export async function openQueue(options: OpenQueueOptions): Promise<OpenQueue> {
  const { server, dataFolder, disk, clock, log, timeScale } = options;
  const folder = queueFolder(dataFolder, server.name);
  const release = await takeFolder(disk, folder);
  let attempt: AttemptMark | undefined;
  try {
    const intervals = intervalsOf(options);
    // After a long standstill there is time left to try what waits, not only to return it.
    const longestStandstill = (intervals.messageExpirationTimeout * 1000) / timeScale / 2;
    const spool = await FileSpool.open({ disk, folder, clock, log, longestStandstill });
    attempt = openAttemptMark(folder);
    const badMail = new BadMail({
      disk,
      folder: join(serverFolder(dataFolder, server.name), 'bad-mail'),
      log,
    });
    const suspended = await SuspendedQueues.open(disk, folder);
    const mark = attempt;
    const shared = { ...options, spool, badMail, suspended };
    let queue = new ServerQueue({ ...shared, attempt: mark, intervals });
    return {
      server,
      folder,
      spool,
      get queue() {
        return queue;
      },
      async renew(renewal, within) {
        await queue.stop(within);
        // What the last process left behind has been counted by the first queue.
        const attempt = { ...mark, left: undefined };
        queue = new ServerQueue({ ...shared, ...renewal, attempt, intervals: intervalsOf(renewal) });
        queue.start();
      },
      close: () => close(server, { spool, attempt: mark, release }, log),
    };
  } catch (cause) {
    attempt?.close();
    release();
    throw new StartFailure(`cannot read the queue of ${server.name} in ${folder}: ${reasonOf(cause)}`, cause);
  }
}

function intervalsOf({ config, server }: Pick<OpenQueueOptions, 'config' | 'server'>): QueueIntervals {
  const intervals = config.queues.find((queue) => queue.server === server.name)?.intervals;
  if (intervals === undefined) throw new Error(`no retry clock for ${server.name}`);
  return intervals;
}

async function takeFolder(disk: Disk, folder: string): Promise<() => void> {
  try {
    await disk.makeFolder(folder);
    return lockFolder(folder);
  } catch (cause) {
    if (cause instanceof FolderInUse) throw cause;
    throw new StartFailure(`cannot write the data folder ${folder}: ${reasonOf(cause)}`, cause);
  }
}

/** A disk that refuses now has lost nothing but notes of deliveries, which are then done twice. */
async function close(
  server: Server,
  { spool, attempt, release }: { spool: FileSpool; attempt: AttemptMark | undefined; release: () => void },
  log: Log,
): Promise<void> {
  try {
    await spool.close();
  } catch (thrown) {
    log('error', 'queue not flushed', { server: server.name, reason: String(thrown) });
  }
  attempt?.close();
  release();
}
