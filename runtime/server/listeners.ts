import type { Server as NetServer, Socket } from 'node:net';

import type { Endpoint } from '../config.ts';
import type { Log } from '../log.ts';
import type { ListeningEndpoint, PlannedSocket } from './endpoints.ts';
import { endpointText, localEndpoint, openListener } from './listener.ts';

/** A listening socket, and what it stands for at the moment. */
interface OpenSocket {
  planned: PlannedSocket;
  readonly listener: NetServer;
  readonly local: Endpoint;
}

/** What the sockets tell. */
export interface ListenersOptions {
  readonly accept: (socket: Socket, planned: PlannedSocket) => void;
  readonly log: Log;
}

/** The listening sockets of the servers in this process. */
export class Listeners {
  readonly #options: ListenersOptions;
  #open: OpenSocket[] = [];

  constructor(options: ListenersOptions) {
    this.#options = options;
  }

  get endpoints(): readonly ListeningEndpoint[] {
    return this.#open.flatMap(({ planned, local }) => planned.serves.map((served) => ({ ...served, local })));
  }

  /**
   * Listens where it is planned and nowhere else; what listens already goes on, and connections that stand are left alone.
   *
   * Fails: rejects with StartFailure where a socket cannot be opened, and listens where it did.
   */
  async change(planned: readonly PlannedSocket[]): Promise<void> {
    const opened: OpenSocket[] = [];
    const kept = planned.map((one) => [one, this.#open.find((open) => isSame(open.planned, one))] as const);
    try {
      for (const [one, open] of kept) if (open === undefined) opened.push(await this.#openSocket(one));
    } catch (thrown) {
      for (const { listener } of opened) listener.close();
      throw thrown;
    }
    const before = this.#open;
    this.#open = kept.map(([one, open]) => {
      const socket = open ?? opened.shift()!;
      socket.planned = one;
      return socket;
    });
    for (const open of before) if (!this.#open.includes(open)) open.listener.close();
  }

  /** Takes no more connections; resolves once the last one is closed. */
  async close(): Promise<void> {
    await Promise.all(
      this.#open.map(({ listener }) => new Promise<void>((resolve) => listener.close(() => resolve()))),
    );
  }

  async #openSocket(planned: PlannedSocket): Promise<OpenSocket> {
    const { accept, log } = this.#options;
    const listener = await openListener(planned.local, {
      accept: (socket) => accept(socket, open.planned),
      refused: (error) =>
        log('error', 'connection lost', { local: endpointText(planned.local), reason: error.message }),
    });
    const open: OpenSocket = { planned, listener, local: localEndpoint(listener, planned.local) };
    return open;
  }
}

/** A free port that was asked for stands for the same endpoint, whatever number it has got. */
function isSame(one: PlannedSocket, other: PlannedSocket): boolean {
  if (endpointText(one.local) !== endpointText(other.local)) return false;
  return one.local.port !== 0 || JSON.stringify(one.serves) === JSON.stringify(other.serves);
}
