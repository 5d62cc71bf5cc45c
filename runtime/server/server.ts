import type { Server as NetServer, Socket } from 'node:net';

import type { Clock } from '../clock.ts';
import type { ReceiveConnector, TransportConfig } from '../config.ts';
import { chooseReceiveConnector, receiveConnectorTable } from '../decide/receive-connector.ts';
import type { Log } from '../log.ts';
import type { ServerSpool } from '../message.ts';
import { Connection } from './connection.ts';
import { clientAddressOn, planSockets, servedBy } from './endpoints.ts';
import type { ListeningEndpoint, ListenMode, PlannedSocket, ServedEndpoint } from './endpoints.ts';
import type { InternalHop } from './internal-hop.ts';
import { endpointText, localEndpoint, openListener, socketWire } from './listener.ts';
import { receiveTls } from './receive-tls.ts';
import type { ReceiveTls } from './receive-tls.ts';
import { makeReceivers } from './receiver.ts';
import type { Receiver } from './receiver.ts';
import { repliesOf, wireText } from './reply.ts';
import type { Users } from '../users/users.ts';
import { sessionIds } from './session-id.ts';
import { TlsStarter } from './start-tls.ts';
import type { TlsMaterial } from './tls-material.ts';

/** What the receiving half of the transport needs. */
export interface ServerOptions {
  readonly config: TransportConfig;
  /** The servers of the topology that run in this process. */
  readonly serverNames: readonly string[];
  readonly mode: ListenMode;
  readonly material: TlsMaterial;
  readonly hop: InternalHop;
  /** Nobody can log on where absent. */
  readonly users?: Users;
  /** The door to the queue of a server. */
  readonly spoolOf: (server: string) => ServerSpool;
  readonly clock: Clock;
  readonly log: Log;
}

/** The receiving half at work. */
export interface RunningServer {
  readonly endpoints: readonly ListeningEndpoint[];
  /**
   * Takes no more connections, lets mail transactions finish, and closes what is left when the time is over.
   * Unit of `within`: milliseconds.
   */
  stop(within?: number): Promise<void>;
}

/**
 * Starts listening on all endpoints of the servers.
 *
 * Fails: rejects with StartFailure where an endpoint cannot be bound; nothing listens then.
 */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const server = new ReceivingServer(options);
  await server.listen();
  return server;
}

class ReceivingServer implements RunningServer {
  readonly #options: ServerOptions;
  readonly #receivers: ReadonlyMap<ReceiveConnector, Receiver>;
  readonly #table: ReturnType<typeof receiveConnectorTable>;
  readonly #tls = new Map<ReceiveConnector, { tls: ReceiveTls; starter: TlsStarter }>();
  readonly #nextId: () => string;
  readonly #listeners: NetServer[] = [];
  readonly #connections = new Set<Connection>();
  readonly endpoints: ListeningEndpoint[] = [];
  #whenEmpty: (() => void) | undefined;

  constructor(options: ServerOptions) {
    this.#options = options;
    const { config, serverNames, clock, users } = options;
    this.#receivers = makeReceivers(config, serverNames, () => clock.now(), users);
    this.#table = receiveConnectorTable([...this.#receivers.keys()]);
    this.#nextId = sessionIds(clock.now());
  }

  async listen(): Promise<void> {
    const { config, serverNames, mode, log } = this.#options;
    try {
      for (const planned of planSockets(config, serverNames, mode)) {
        const listener = await openListener(planned.local, {
          accept: (socket) => this.#accept(socket, planned),
          refused: (error) =>
            log('error', 'connection lost', { local: endpointText(planned.local), reason: error.message }),
        });
        this.#listeners.push(listener);
        const local = localEndpoint(listener, planned.local);
        this.endpoints.push(...planned.serves.map((served) => ({ ...served, local })));
      }
    } catch (thrown) {
      await this.stop(0);
      throw thrown;
    }
  }

  async stop(within = 10_000): Promise<void> {
    const closed = this.#listeners.map((one) => new Promise<void>((resolve) => one.close(() => resolve())));
    for (const connection of this.#connections) connection.drain();
    if (this.#connections.size > 0) {
      await new Promise<void>((resolve) => {
        this.#whenEmpty = resolve;
        this.#options.clock.after(within, resolve);
      });
    }
    for (const connection of this.#connections) connection.stop();
    await Promise.all(closed);
  }

  #accept(socket: Socket, planned: PlannedSocket): void {
    const { config, mode, clock, log } = this.#options;
    socket.on('error', () => undefined);
    const { localAddress, remoteAddress } = socket;
    // A client may be gone before anyone looks.
    if (localAddress === undefined || remoteAddress === undefined) return void socket.destroy();
    const served = servedBy(config, planned, localAddress, mode);
    if (served === undefined) return void socket.destroy();
    const clientAddress = plainAddress(clientAddressOn(config, served, remoteAddress, mode));
    const receiver = this.#receiverFor(served, clientAddress);
    if (receiver === undefined) {
      log('warning', 'no receive connector', {
        server: served.server,
        client: clientAddress,
        port: served.port,
      });
      return this.#refuse(socket, served, 'serviceNotAvailable');
    }
    const release = receiver.connections.admit(receiver.connector.limits, clientAddress);
    if (release === undefined) {
      log('warning', 'too many connections', { connector: receiver.connector.name, client: clientAddress });
      return this.#refuse(socket, served, 'tooManyConnections');
    }
    const starter = this.#starterOf(receiver.connector);
    const wire = socketWire(socket, clock, async (plain) => starter?.start(plain));
    const connection = new Connection({
      wire,
      receiver,
      clientAddress,
      tls: starter === undefined ? 'unavailable' : 'available',
      sessionId: this.#nextId(),
      spool: this.#options.spoolOf(served.server),
      clock,
      log,
      onEnd: () => {
        release();
        this.#connections.delete(connection);
        if (this.#connections.size === 0) this.#whenEmpty?.();
      },
    });
    this.#connections.add(connection);
    wire.attach(connection);
    connection.start();
  }

  #receiverFor(served: ServedEndpoint, clientAddress: string): Receiver | undefined {
    const { chosen } = chooseReceiveConnector(this.#table, {
      server: served.server,
      localAddress: served.address,
      localPort: served.port,
      clientAddress,
    });
    return chosen === undefined ? undefined : this.#receivers.get(chosen.connector);
  }

  /** Prepares TLS when it is first needed, and anew when the certificate has run out. */
  #starterOf(connector: ReceiveConnector): TlsStarter | undefined {
    const { config, material, hop, clock, log } = this.#options;
    const now = clock.now();
    const known = this.#tls.get(connector);
    if (known !== undefined && now <= known.tls.notAfter) return known.starter;
    const tls = receiveTls(config, material, hop, connector, now);
    if (tls === undefined) {
      if (connector.authMechanism.includes('Tls'))
        log('warning', 'no certificate', { connector: connector.name });
      return undefined;
    }
    const starter = new TlsStarter(tls, hop);
    this.#tls.set(connector, { tls, starter });
    return starter;
  }

  #refuse(
    socket: Socket,
    { server }: ServedEndpoint,
    name: 'serviceNotAvailable' | 'tooManyConnections',
  ): void {
    const version = this.#options.config.servers.find((one) => one.name === server)?.exchangeVersion ?? 'SE';
    socket.resume();
    socket.end(wireText(repliesOf(version)[name], 'shown'));
    const giveUp = this.#options.clock.after(5000, () => socket.destroy());
    socket.once('close', giveUp);
  }
}

/** Takes the IPv6 dress off an IPv4 address, so that logs and headers show what people know. */
function plainAddress(address: string): string {
  return address.toLowerCase().startsWith('::ffff:') && address.includes('.') ? address.slice(7) : address;
}
