import type { Socket } from 'node:net';

import type { Clock } from '../clock.ts';
import type { ReceiveConnector, TransportConfig } from '../config.ts';
import { chooseReceiveConnector, receiveConnectorTable } from '../decide/receive-connector.ts';
import type { Log } from '../log.ts';
import type { ServerSpool } from '../message.ts';
import { Connection, type ClientSession } from './connection.ts';
import { clientAddressOn, planSockets, servedBy } from './endpoints.ts';
import type { ListeningEndpoint, ListenMode, PlannedSocket, ServedEndpoint } from './endpoints.ts';
import type { InternalHop } from './internal-hop.ts';
import { Listeners } from './listeners.ts';
import { endpointText, socketWire } from './listener.ts';
import { receiveTls } from './receive-tls.ts';
import type { ReceiveTls } from './receive-tls.ts';
import { makeReceivers } from './receiver.ts';
import type { Receiver } from './receiver.ts';
import { repliesOf, wireText } from './reply.ts';
import type { Users } from '../users/logon.ts';
import { noWitness, type Transcript, type Witness } from '../witness.ts';
import { ConnectionCount } from './limits.ts';
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
  /** Keeps nothing where absent. */
  readonly witness?: Witness;
}

/** What a new topology brings. */
export type Renewal = Pick<ServerOptions, 'config' | 'material' | 'hop'>;

/** The receiving half at work. */
export interface RunningServer {
  readonly endpoints: readonly ListeningEndpoint[];
  /** How many clients are connected, by Receive connector. */
  sessions(): readonly { readonly server: string; readonly connector: string; readonly count: number }[];
  /** The sessions of clients that stand, the oldest first. */
  clients(): readonly ClientSession[];
  /**
   * Receives by another topology from the next connection on; sessions that stand go on by the one they began with.
   *
   * Fails: rejects with StartFailure where an endpoint cannot be bound, and nothing has changed.
   */
  reload(renewal: Renewal): Promise<void>;
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

/** What new connections are received by: one topology, and what is prepared of it. */
interface Ruling extends Renewal {
  readonly receivers: ReadonlyMap<ReceiveConnector, Receiver>;
  readonly table: ReturnType<typeof receiveConnectorTable>;
  readonly tls: Map<ReceiveConnector, { tls: ReceiveTls; starter: TlsStarter }>;
}

/** Connections are counted on by the connector's name, for those that stand still count. */
function rulingOf(
  { serverNames, clock, users }: ServerOptions,
  { config, material, hop }: Renewal,
  before?: Ruling,
): Ruling {
  const counts = new Map(
    [...(before?.receivers.values() ?? [])].map(({ connector, connections }) => [
      connectorKey(connector),
      connections,
    ]),
  );
  const receivers = makeReceivers(config, serverNames, () => clock.now(), {
    ...(users && { users }),
    connectionsOf: (connector) => counts.get(connectorKey(connector)) ?? new ConnectionCount(),
  });
  return {
    config,
    material,
    hop,
    receivers,
    table: receiveConnectorTable([...receivers.keys()]),
    tls: new Map(),
  };
}

function connectorKey({ server, name }: ReceiveConnector): string {
  return JSON.stringify([server, name]);
}

class ReceivingServer implements RunningServer {
  readonly #options: ServerOptions;
  readonly #nextId: () => string;
  readonly #listeners: Listeners;
  readonly #connections = new Set<Connection>();
  #ruling: Ruling;
  #whenEmpty: (() => void) | undefined;

  constructor(options: ServerOptions) {
    this.#options = options;
    this.#ruling = rulingOf(options, options);
    this.#nextId = sessionIds(options.clock.now());
    this.#listeners = new Listeners({
      log: options.log,
      accept: (socket, planned) => this.#accept(socket, planned),
    });
  }

  get endpoints(): readonly ListeningEndpoint[] {
    return this.#listeners.endpoints;
  }

  async listen(): Promise<void> {
    const { config, serverNames, mode } = this.#options;
    await this.#listeners.change(planSockets(config, serverNames, mode));
  }

  async reload(renewal: Renewal): Promise<void> {
    const { serverNames, mode } = this.#options;
    const next = rulingOf(this.#options, renewal, this.#ruling);
    await this.#listeners.change(planSockets(renewal.config, serverNames, mode));
    this.#ruling = next;
  }

  sessions(): ReturnType<RunningServer['sessions']> {
    return [...this.#ruling.receivers].map(([{ server, name }, { connections }]) => ({
      server,
      connector: name,
      count: connections.all,
    }));
  }

  clients(): readonly ClientSession[] {
    return [...this.#connections].map(({ about }) => about);
  }

  async stop(within = 10_000): Promise<void> {
    const closed = this.#listeners.close();
    for (const connection of this.#connections) connection.drain();
    if (this.#connections.size > 0) {
      await new Promise<void>((resolve) => {
        this.#whenEmpty = resolve;
        this.#options.clock.after(within, resolve);
      });
    }
    for (const connection of this.#connections) connection.stop();
    await closed;
  }

  #accept(socket: Socket, planned: PlannedSocket): void {
    const { mode, clock, log, witness = noWitness } = this.#options;
    const { config } = this.#ruling;
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
    const sessionId = this.#nextId();
    const transcript = transcriptOf(witness, receiver.connector, sessionId);
    transcript?.between(
      endpointText({ address: plainAddress(localAddress), port: socket.localPort ?? 0 }),
      endpointText({ address: clientAddress, port: socket.remotePort ?? 0 }),
    );
    const connection = new Connection({
      wire,
      receiver,
      clientAddress,
      tls: starter === undefined ? 'unavailable' : 'available',
      sessionId,
      witness,
      localAddress: plainAddress(localAddress),
      ...(transcript && { transcript }),
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
    const { chosen } = chooseReceiveConnector(this.#ruling.table, {
      server: served.server,
      localAddress: served.address,
      localPort: served.port,
      clientAddress,
    });
    return chosen === undefined ? undefined : this.#ruling.receivers.get(chosen.connector);
  }

  /** Prepares TLS when it is first needed, and anew when the certificate has run out. */
  #starterOf(connector: ReceiveConnector): TlsStarter | undefined {
    const { clock, log } = this.#options;
    const { config, material, hop, tls: prepared } = this.#ruling;
    const now = clock.now();
    const known = prepared.get(connector);
    if (known !== undefined && now <= known.tls.notAfter) return known.starter;
    const tls = receiveTls(config, material, hop, connector, now);
    if (tls === undefined) {
      if (connector.authMechanism.includes('Tls'))
        log('warning', 'no certificate', { connector: connector.name });
      return undefined;
    }
    const starter = new TlsStarter(tls, hop);
    prepared.set(connector, { tls, starter });
    return starter;
  }

  #refuse(
    socket: Socket,
    { server }: ServedEndpoint,
    name: 'serviceNotAvailable' | 'tooManyConnections',
  ): void {
    const speaker = this.#ruling.config.servers.find((one) => one.name === server);
    const reply = repliesOf(speaker ?? { exchangeVersion: 'SE' })[name];
    this.#options.witness?.count({ kind: 'refusal', server, connector: '', code: reply.code });
    socket.resume();
    socket.end(wireText(reply, 'shown'));
    const giveUp = this.#options.clock.after(5000, () => socket.destroy());
    socket.once('close', giveUp);
  }
}

/** Opens the protocol log of a session. Source: EXCH New-ReceiveConnector -ProtocolLoggingLevel. */
function transcriptOf(
  witness: Witness,
  { name, server, protocolLoggingLevel }: ReceiveConnector,
  session: string,
): Transcript | undefined {
  if (protocolLoggingLevel !== 'Verbose') return undefined;
  return witness.transcript({ side: 'receive', server, connector: name, session });
}

/** Takes the IPv6 dress off an IPv4 address, so that logs and headers show what people know. */
function plainAddress(address: string): string {
  return address.toLowerCase().startsWith('::ffff:') && address.includes('.') ? address.slice(7) : address;
}
