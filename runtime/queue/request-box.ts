import { join } from 'node:path';
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import type { Disk } from './disk.ts';
import { parseQueueRequest, type QueueAnswer, type QueueRequest } from './queue-request.ts';

/** Where requests come in, and who answers them. */
export interface RequestBoxOptions {
  readonly disk: Disk;
  /** The folder of the queue, which its owner alone may read and write. */
  readonly folder: string;
  readonly clock: Clock;
  readonly log: Log;
  readonly answer: (request: QueueRequest) => Promise<QueueAnswer>;
}

/** How often it is looked for requests. Unit: milliseconds. */
const interval = 500;
/** A longer request is nobody's. Unit: bytes. */
const longestRequest = 1024 * 1024;

/** The folder of requests in the folder of a queue. */
export function requestFolder(folder: string): string {
  return join(folder, 'requests');
}

/**
 * Takes requests of administrators while the queue runs: files in a folder that the queue's owner alone may enter, so that
 * the file system says who may ask, and nothing listens.
 */
export class RequestBox {
  readonly #options: RequestBoxOptions;
  #cancel: (() => void) | undefined;
  #looking: Promise<void> | undefined;
  #isStopped = false;

  constructor(options: RequestBoxOptions) {
    this.#options = options;
  }

  /** Forgets what was asked of an earlier process, and begins to look. Fails: rejects with the disk's error. */
  async start(): Promise<void> {
    const { disk, folder } = this.#options;
    const requests = requestFolder(folder);
    await disk.makeFolder(requests);
    for (const name of await disk.list(requests)) await disk.remove(join(requests, name));
    this.#lookLater();
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#cancel?.();
    await this.#looking;
  }

  #lookLater(): void {
    if (this.#isStopped) return;
    this.#cancel = this.#options.clock.after(interval, () => {
      this.#looking = this.#look()
        .catch((thrown: unknown) =>
          this.#options.log('warning', 'queue request not answered', { reason: String(thrown) }),
        )
        .finally(() => this.#lookLater());
    });
  }

  async #look(): Promise<void> {
    const { disk, folder } = this.#options;
    const requests = requestFolder(folder);
    for (const name of await disk.list(requests)) {
      const [, id] = /^([0-9a-f-]{36})\.request$/.exec(name) ?? [];
      if (id === undefined) continue;
      const path = join(requests, name);
      const size = (await disk.sizeOf(path)) ?? 0;
      const text = size > longestRequest ? '' : (await disk.readWhole(path)).toString('utf8');
      // Taken before it is answered: what ends the process must not be asked of the next one.
      await disk.remove(path);
      const answer = Buffer.from(JSON.stringify(await this.#answer(text)));
      await disk.writeWhole(join(requests, `${id}.answer.new`), answer);
      await disk.rename(join(requests, `${id}.answer.new`), join(requests, `${id}.answer`));
    }
  }

  async #answer(text: string): Promise<QueueAnswer> {
    const { log, answer } = this.#options;
    const request = parseQueueRequest(text);
    if (request === undefined) return { failure: 'the running transport does not know such a request' };
    if (request.kind !== 'list' && request.kind !== 'show')
      log('info', 'queue request', { request: JSON.stringify(request).slice(0, 500) });
    try {
      return await answer(request);
    } catch (thrown) {
      return { failure: thrown instanceof Error ? thrown.message : String(thrown) };
    }
  }
}
