import type { Socket } from 'node:net';
import { createServer, rootCertificates } from 'node:tls';
import type { Server, TLSSocket } from 'node:tls';

import { presentedCertificate } from '../presented-certificate.ts';
import type { InternalHop } from './internal-hop.ts';
import type { ReceiveTls } from './receive-tls.ts';
import type { TlsState } from './receiver.ts';

/** A socket behind its handshake, with what the handshake has shown. */
export interface SecuredSocket {
  readonly socket: TLSSocket;
  readonly state: TlsState;
}

/** Leads sockets of one Receive connector through the TLS handshake. */
export class TlsStarter {
  readonly #server: Server;
  readonly #tls: ReceiveTls;
  readonly #hop: InternalHop;
  readonly #waiting = new Map<string, (socket: TLSSocket | undefined) => void>();

  constructor(tls: ReceiveTls, hop: InternalHop) {
    this.#tls = tls;
    this.#hop = hop;
    this.#server = makeTlsServer(tls);
    this.#server.on('secureConnection', (socket) => this.#settle(socket, socket));
    this.#server.on('tlsClientError', (_, socket) => this.#settle(socket, undefined));
  }

  /**
   * Takes a plain socket, of which nobody else reads any more, through the handshake.
   *
   * Fails: resolves to undefined where the handshake fails; the socket is destroyed then.
   */
  async start(plain: Socket): Promise<SecuredSocket | undefined> {
    const socket = await new Promise<TLSSocket | undefined>((resolve) => {
      const key = socketKey(plain);
      this.#waiting.set(key, resolve);
      // In a handshake nobody speaks with one side closed, and waiting for the rest would hold the connection.
      plain.allowHalfOpen = false;
      plain.once('close', () => this.#settleKey(key, undefined));
      // A server that listens nowhere takes sockets that are handed to it: TLS Event 'connection'.
      this.#server.emit('connection', plain);
    });
    if (socket === undefined) {
      plain.destroy();
      return undefined;
    }
    // From here on a client may close its side again and still read our answers.
    socket.allowHalfOpen = true;
    return { socket, state: this.#stateOf(socket) };
  }

  #settle(of: Socket, socket: TLSSocket | undefined): void {
    // The address of a destroyed socket is not known any more; then its `close` settles.
    this.#settleKey(socketKey(of), socket);
  }

  #settleKey(key: string, socket: TLSSocket | undefined): void {
    this.#waiting.get(key)?.(socket);
    this.#waiting.delete(key);
  }

  #stateOf(socket: TLSSocket): TlsState {
    const presented = presentedCertificate(socket, this.#tls.authorityNames);
    const fingerprint = presented === undefined ? undefined : socket.getPeerX509Certificate()?.fingerprint256;
    const internalServer = fingerprint === undefined ? undefined : this.#hop.serverOf(fingerprint);
    const installedOn = fingerprint === undefined ? undefined : this.#tls.installations.get(fingerprint);
    return {
      protocol: socket.getProtocol() ?? 'TLS',
      cipher: socket.getCipher().standardName,
      ...(presented && { presented }),
      ...(internalServer !== undefined && { internalServer }),
      ...(installedOn && { installedOn }),
    };
  }
}

function socketKey({ remoteAddress, remotePort, localAddress, localPort }: Socket): string {
  return `${remoteAddress} ${remotePort} ${localAddress} ${localPort}`;
}

/** What Node's secure context can do beside what its types say. */
interface CertificateStore {
  readonly _sharedCreds?: { readonly context?: { addCACert?(certificate: string): void } };
}

/**
 * Makes a TLS server with the roots that a client certificate may end in.
 *
 * The names of the roots in `ca` are sent to every client, and a list as long as the public roots breaks old clients of
 * Windows. Without `ca`, Node trusts the public roots and sends no names; our own are then added to that store.
 */
function makeTlsServer({ options, roots, authorities }: ReceiveTls): Server {
  if (roots === 'authorities') return createServer({ ...options, ca: [...authorities] });
  const server = createServer(options);
  const context = (server as unknown as CertificateStore)._sharedCreds?.context;
  if (context?.addCACert === undefined)
    return createServer({ ...options, ca: [...rootCertificates, ...authorities] });
  for (const authority of authorities) context.addCACert(authority);
  return server;
}
