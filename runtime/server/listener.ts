import { createServer } from 'node:net';
import type { Server, Socket } from 'node:net';

import type { Clock } from '../clock.ts';
import type { Endpoint } from '../config.ts';
import { StartFailure } from '../start-failure.ts';
import { atTurnEnd } from '../turn-end.ts';
import type { Wire } from './connection.ts';
import type { TlsState } from './receiver.ts';
import type { SecuredSocket } from './start-tls.ts';

/** What a socket tells whoever drives it. */
export interface WireEvents {
  receive(bytes: Uint8Array): void;
  inputEnded(): void;
  gone(reason: string): void;
}

/** An accepted socket as a wire; events come once `attach` has been called. */
export interface SocketWire extends Wire {
  attach(events: WireEvents): void;
}

/** Replies that a client leaves unread before nothing more is taken from it. Unit: bytes. */
const mostUnread = 16_384;

/** How long a client may take to close after our last reply. Unit: milliseconds. */
const closeGrace = 5000;

/** Makes a wire of a socket; `secure` takes the handshake where TLS is offered. */
export function socketWire(
  accepted: Socket,
  clock: Clock,
  secure: (socket: Socket) => Promise<SecuredSocket | undefined>,
): SocketWire {
  let socket: Socket = accepted;
  let events: WireEvents | undefined;
  let unsent = '';
  const holds = new Set<'asked to' | 'unread replies'>();
  const readOrNot = (): void => void (holds.size === 0 ? socket.resume() : socket.pause());
  const flush = (): void => {
    if (unsent === '') return;
    socket.write(unsent);
    unsent = '';
    if (socket.writableLength <= mostUnread) return;
    holds.add('unread replies');
    readOrNot();
  };
  const listen = (to: Socket): void => {
    to.on('data', (bytes: Uint8Array) => events?.receive(bytes));
    to.on('end', () => events?.inputEnded());
    to.on('error', (error) => {
      // An error of TLS leaves the socket open, which no limit would count any more.
      to.destroy();
      events?.gone(error.message);
    });
    to.on('close', () => events?.gone('client closed'));
    to.on('drain', () => {
      if (holds.delete('unread replies')) readOrNot();
    });
  };
  return {
    attach(to) {
      events = to;
      listen(socket);
    },
    send(text) {
      if (unsent === '') atTurnEnd(flush);
      unsent += text;
    },
    pause() {
      holds.add('asked to');
      readOrNot();
    },
    resume() {
      holds.delete('asked to');
      readOrNot();
    },
    close() {
      flush();
      events = undefined;
      const ending = socket;
      ending.end();
      // What still comes is read and forgotten: a reset would take our last reply with it.
      ending.resume();
      const giveUp = clock.after(closeGrace, () => ending.destroy());
      ending.once('close', giveUp);
    },
    async startTls(): Promise<TlsState | undefined> {
      flush();
      const plain = socket;
      const waitingEvents = events;
      detach(plain);
      await written(plain);
      const secured = await secure(plain);
      if (secured === undefined) return undefined;
      socket = secured.socket;
      events = waitingEvents;
      listen(socket);
      return secured.state;
    },
  };
}

/** Stops reading a socket and drops what lies read: it came in the clear. Source: RFC 3207 §4.2. */
function detach(socket: Socket): void {
  socket.pause();
  for (const event of ['data', 'end', 'error', 'close']) socket.removeAllListeners(event);
  // Without a listener an error would end the process.
  socket.on('error', () => undefined);
  while (socket.read() !== null) continue;
}

async function written(socket: Socket): Promise<void> {
  if (socket.writableLength > 0) await new Promise<void>((resolve) => socket.write('', () => resolve()));
}

/** What a listening socket tells. */
export interface ListenerEvents {
  accept(socket: Socket): void;
  /** A connection that the system could not hand over, as where no file descriptor is left; the next one may do. */
  refused(error: Error): void;
}

/**
 * Opens one listening socket.
 *
 * Fails: rejects with StartFailure where the endpoint is in use or not ours.
 */
export async function openListener(local: Endpoint, events: ListenerEvents): Promise<Server> {
  // A client may close its side after QUIT or its last message and still read our answers.
  const server = createServer({ noDelay: true, allowHalfOpen: true }, (socket) => events.accept(socket));
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => {
      reject(new StartFailure(`cannot listen on ${endpointText(local)}: ${whyNotListening(cause)}`, cause));
    });
    server.listen({ host: local.address, port: local.port, ipv6Only: true }, resolve);
  });
  server.removeAllListeners('error');
  // Without a listener an error would end the process.
  server.on('error', (error) => events.refused(error));
  return server;
}

/** Says in words why an endpoint cannot be listened on. */
export function whyNotListening({ code, message }: NodeJS.ErrnoException): string {
  switch (code) {
    case 'EADDRINUSE':
      return 'the port is in use';
    case 'EADDRNOTAVAIL':
      return 'the address is not on this machine';
    case 'EACCES':
      return 'the port needs more rights';
    default:
      return message;
  }
}

/** Writes an endpoint as people do, with brackets around IPv6. */
export function endpointText({ address, port }: Endpoint): string {
  return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
}

/** Reads where a listening socket really is. */
export function localEndpoint(server: Pick<Server, 'address'>, planned: Endpoint): Endpoint {
  const bound = server.address();
  return typeof bound === 'object' && bound !== null ? { address: bound.address, port: bound.port } : planned;
}
