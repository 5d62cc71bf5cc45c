import * as net from 'node:net';
import * as tls from 'node:tls';
import type { Clock } from '../clock.ts';
import type { Endpoint } from '../config.ts';
import { noExchangeServerAuth } from '../decide/outbound-session.ts';
import { decideOnCertificate, decideOnOffer, tlsReply, type TlsDemand } from '../decide/outbound-tls.ts';
import { endpointText } from '../server/listener.ts';
import { presentedCertificate, type AuthorityNames } from '../presented-certificate.ts';
import { noTranscript, type Transcript } from '../witness.ts';
import { authenticate, type Password } from './authenticate.ts';
import { ConnectionLost, Dialogue, replyTimeout } from './dialogue.ts';
import { extensionsIn } from './extensions.ts';
import { outcomeOf, replyText, type Reply } from './reply-reader.ts';

/** How a session to one server is opened. */
export interface SessionRequest {
  readonly endpoint: Endpoint;
  /** The address to send from; absent leaves it to the system. */
  readonly localAddress?: string;
  /** The server's name as far as it is known; it goes into SNI. */
  readonly serverName?: string;
  /** What EHLO says. */
  readonly clientName: string;
  readonly greeting: 'EHLO' | 'HELO';
  readonly tls: TlsDemand;
  /** With our certificate, where the connector has one, and the roots that count. */
  readonly secureContext: () => tls.SecureContext;
  readonly authorities: AuthorityNames;
  /** Where this is given, it alone decides about the server's certificate, by its SHA-256 fingerprint. */
  readonly isPinned?: (fingerprint: string) => boolean;
  readonly credential?: { readonly username: string; readonly password: Password };
  readonly clock: Clock;
  /** The protocol log of the session, where its connector keeps one. */
  readonly transcript?: Transcript;
  /** Looks at what the handshake brought, before it is judged. */
  readonly onSecured?: (socket: tls.TLSSocket) => void;
  /** Ends the opening, but not the session once it is there. */
  readonly stop: AbortSignal;
}

/** A session that is ready for MAIL. */
export interface Session {
  readonly dialogue: Dialogue;
  /** What EHLO offered: keyword in capitals, and its parameters. */
  readonly extensions: ReadonlyMap<string, string>;
  readonly tls?: { readonly protocol: string; readonly cipher: string };
}

/** Thrown where no session comes about; `reply` is what the queue shows. */
export class SessionRefused extends Error {
  readonly reply: string;
  /** `connection` where the server was not reached or broke off, `server` where it said no, `this side` where we did. */
  readonly by: 'connection' | 'server' | 'this side';

  constructor(by: SessionRefused['by'], reply: string) {
    super(reply);
    this.by = by;
    this.reply = reply;
  }
}

/** How long a connection may take to come about. Unit: milliseconds. */
const connectTimeout = 30_000;

/**
 * Connects, greets, starts TLS as far as the demand says, and authenticates.
 *
 * Fails: rejects with SessionRefused; nothing of a message has been sent then.
 */
export async function openSession(request: SessionRequest): Promise<Session> {
  const { transcript = noTranscript } = request;
  transcript.note('*', '', 'attempting to connect');
  const socket = await connect(request);
  const { localAddress = '', localPort = 0 } = socket;
  transcript.between(
    endpointText({ address: localAddress, port: localPort }),
    endpointText(request.endpoint),
  );
  transcript.note('+');
  const dialogue = new Dialogue(socket, request.clock, transcript);
  const giveUp = (): void => dialogue.destroy();
  request.stop.addEventListener('abort', giveUp, { once: true });
  try {
    accept(await dialogue.reply(replyTimeout.greeting));
    let extensions = await greet(dialogue, request);
    let secured: Session['tls'];
    const decision = decideOnOffer(
      request.tls,
      extensions.has('STARTTLS') ? 'STARTTLS offered' : 'STARTTLS not offered',
    );
    if (decision.kind === 'defer') throw new SessionRefused('this side', decision.reply);
    if (decision.kind === 'start TLS') {
      secured = await startTls(dialogue, request);
      transcript.note(
        '*',
        '',
        `TLS protocol ${secured.protocol} negotiation succeeded using ${secured.cipher}`,
      );
      // What was offered before TLS may have been forged. Source: RFC 3207 §4.2.
      extensions = await greet(dialogue, request);
    }
    if (request.credential !== undefined) await authenticate(dialogue, extensions, request.credential);
    return { dialogue, extensions, ...(secured && { tls: secured }) };
  } catch (thrown) {
    // Who says no takes leave. Source: RFC 5321 §4.1.1.10.
    if (thrown instanceof SessionRefused && thrown.by === 'this side') dialogue.quit();
    else dialogue.destroy();
    if (thrown instanceof ConnectionLost)
      throw new SessionRefused('connection', `421 4.4.2 The server ${thrown.message}`);
    throw thrown;
  } finally {
    request.stop.removeEventListener('abort', giveUp);
  }
}

function connect({ endpoint, localAddress, clock, stop }: SessionRequest): Promise<net.Socket> {
  return new Promise((resolve, reject) => {
    const socket = net.connect({
      host: endpoint.address,
      port: endpoint.port,
      noDelay: true,
      ...(localAddress !== undefined && { localAddress }),
    });
    const refuse = (reason: string): void => {
      settled();
      socket.destroy();
      reject(new SessionRefused('connection', `421 4.2.1 Unable to connect: ${reason}`));
    };
    const cancel = clock.after(connectTimeout, () => refuse('ETIMEDOUT'));
    const onStop = (): void => refuse('ECANCELED');
    const settled = (): void => {
      cancel();
      stop.removeEventListener('abort', onStop);
    };
    if (stop.aborted) return onStop();
    stop.addEventListener('abort', onStop, { once: true });
    const onError = (error: NodeJS.ErrnoException): void => refuse(error.code ?? error.message);
    socket.once('error', onError);
    socket.once('connect', () => {
      settled();
      socket.off('error', onError);
      resolve(socket);
    });
  });
}

async function greet(dialogue: Dialogue, request: SessionRequest): Promise<ReadonlyMap<string, string>> {
  if (request.greeting === 'EHLO') {
    const reply = await dialogue.command(`EHLO ${request.clientName}`);
    if (outcomeOf(reply) === 'accepted') return extensionsIn(reply);
    // Source: RFC 5321 §3.2: a server that does not know EHLO is asked by HELO.
    if (outcomeOf(reply) === 'put off') throw new SessionRefused('server', replyText(reply));
  }
  accept(await dialogue.command(`HELO ${request.clientName}`));
  return new Map();
}

async function startTls(dialogue: Dialogue, request: SessionRequest): Promise<NonNullable<Session['tls']>> {
  const reply = await dialogue.command('STARTTLS');
  if (outcomeOf(reply) !== 'accepted') throw new SessionRefused('server', replyText(reply));
  const { serverName } = request;
  dialogue.continueOver((socket) =>
    tls.connect({
      socket,
      secureContext: request.secureContext(),
      // The decision is made in code, with all of what was presented. Source: EXCH Set-SendConnector -TlsAuthLevel.
      rejectUnauthorized: false,
      checkServerIdentity: () => undefined,
      ...(serverName !== undefined && net.isIP(serverName) === 0 && { servername: serverName }),
    }),
  );
  const socket = dialogue.socket as tls.TLSSocket;
  await handshake(dialogue, socket, request.clock);
  request.onSecured?.(socket);
  judge(socket, request);
  return { protocol: socket.getProtocol() ?? 'TLS', cipher: socket.getCipher().name };
}

function handshake(dialogue: Dialogue, socket: tls.TLSSocket, clock: Clock): Promise<void> {
  return new Promise((resolve, reject) => {
    const cancel = clock.after(replyTimeout.command, () => dialogue.destroy());
    dialogue.onLost(() => {
      cancel();
      reject(new SessionRefused('connection', tlsReply.handshakeFailed));
    });
    socket.once('secureConnect', () => {
      cancel();
      resolve();
    });
  });
}

function judge(socket: tls.TLSSocket, { tls: demand, authorities, isPinned, clock }: SessionRequest): void {
  if (isPinned !== undefined) {
    const fingerprint = socket.getPeerX509Certificate()?.fingerprint256;
    if (fingerprint !== undefined && isPinned(fingerprint)) return;
    throw new SessionRefused('this side', noExchangeServerAuth);
  }
  // Reading a chain costs something, and for these levels nothing depends on it.
  if (demand.level === 'opportunistic' || demand.level === 'encrypted') return;
  const decision = decideOnCertificate(demand, presentedCertificate(socket, authorities), clock.now());
  if (decision.kind === 'defer') throw new SessionRefused('this side', decision.reply);
}

function accept(reply: Reply): void {
  if (outcomeOf(reply) !== 'accepted') throw new SessionRefused('server', replyText(reply));
}
