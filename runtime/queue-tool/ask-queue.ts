import { randomUUID } from 'node:crypto';
import * as fs from 'node:fs';
import { join } from 'node:path';

import { systemClock } from '../clock.ts';
import type { Server, TransportConfig } from '../config.ts';
import type { Log } from '../log.ts';
import { ConnectionSlots } from '../queue/connection-slots.ts';
import { isMissing, nodeDisk } from '../queue/disk.ts';
import { FolderInUse } from '../queue/lock.ts';
import { openQueue, queueFolder } from '../queue/open-queue.ts';
import type { QueueAnswer, QueueRequest } from '../queue/queue-request.ts';
import { requestFolder } from '../queue/request-box.ts';
import { reasonOf, StartFailure } from '../start-failure.ts';

/** What is asked with. */
export interface AskOptions {
  readonly config: TransportConfig;
  readonly server: Server;
  readonly dataFolder: string;
  readonly log: Log;
  /** How long a running transport may take to answer. Unit: milliseconds. */
  readonly patience?: number;
}

/** An answer, and who gave it. */
export interface Asked {
  readonly state: 'running' | 'stopped' | 'no queue yet';
  readonly answer: QueueAnswer;
}

/** Unit: milliseconds. */
const lookEvery = 100;

/**
 * Asks the queue of a server: a running transport by a file in its folder, otherwise the files themselves.
 *
 * Fails: rejects with StartFailure, one line for whoever asks.
 */
export async function askQueue(options: AskOptions, request: QueueRequest): Promise<Asked> {
  const { dataFolder, server, patience = 15_000 } = options;
  const folder = queueFolder(dataFolder, server.name);
  if (!requireOwner(folder)) return { state: 'no queue yet', answer: {} };
  const pending = new PendingRequest(requestFolder(folder), request);
  try {
    for (let waited = 0; ; waited += lookEvery) {
      try {
        return { state: 'stopped', answer: await askFiles(options, request) };
      } catch (thrown) {
        if (!(thrown instanceof FolderInUse)) throw thrown;
        // It may also be another one of us, who will not answer and soon be gone: then the files are asked after all.
        const answer = pending.look();
        if (answer !== undefined) return { state: 'running', answer };
        if (waited >= patience) throw new StartFailure(`${thrown.message}, which does not answer`, thrown);
        await new Promise((resolve) => setTimeout(resolve, lookEvery));
      }
    }
  } finally {
    pending.withdraw();
  }
}

/** What a superuser writes into a folder of somebody else, its owner could not read. Fails: returns false for no folder. */
function requireOwner(folder: string): boolean {
  let owner: number;
  try {
    owner = fs.statSync(folder).uid;
  } catch (cause) {
    if (isMissing(cause)) return false;
    throw new StartFailure(`cannot read ${folder}: ${reasonOf(cause)}`, cause);
  }
  const user = process.getuid?.();
  if (user !== undefined && user !== owner)
    throw new StartFailure(`${folder} belongs to the user with the number ${owner}: ask as that user`);
  return true;
}

async function askFiles(
  { config, server, dataFolder, log }: AskOptions,
  request: QueueRequest,
): Promise<QueueAnswer> {
  const open = await openQueue({
    config,
    server,
    dataFolder,
    disk: nodeDisk,
    clock: systemClock,
    log,
    timeScale: 1,
    slots: new ConnectionSlots(),
    carrierFor() {
      throw new Error('nothing is delivered before the transport is started');
    },
  });
  try {
    await nodeDisk.makeFolder(requestFolder(open.folder));
    return await open.queue.answer(request);
  } finally {
    await open.close();
  }
}

/** A request to a running transport; it is written when it is first looked for its answer. */
class PendingRequest {
  readonly #text: string;
  readonly #path: string;
  #state: 'not asked' | 'asked' = 'not asked';

  constructor(folder: string, request: QueueRequest) {
    this.#text = JSON.stringify(request);
    this.#path = join(folder, randomUUID());
  }

  look(): QueueAnswer | undefined {
    if (this.#state === 'not asked') this.#ask();
    let text: string;
    try {
      text = fs.readFileSync(`${this.#path}.answer`, 'utf8');
    } catch (thrown) {
      if (isMissing(thrown)) return undefined;
      throw thrown;
    }
    return JSON.parse(text) as QueueAnswer;
  }

  /** Leaves nothing behind that would still be done after whoever asked has gone. */
  withdraw(): void {
    for (const ending of ['request.new', 'request', 'answer'])
      fs.rmSync(`${this.#path}.${ending}`, { force: true });
  }

  #ask(): void {
    try {
      fs.writeFileSync(`${this.#path}.request.new`, this.#text, { mode: 0o600 });
      fs.renameSync(`${this.#path}.request.new`, `${this.#path}.request`);
      this.#state = 'asked';
    } catch (thrown) {
      // A transport that is just starting has no folder for requests yet.
      if (!isMissing(thrown)) throw new StartFailure(`cannot ask the transport: ${reasonOf(thrown)}`, thrown);
    }
  }
}
