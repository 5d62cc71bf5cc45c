import { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import * as net from 'node:net';
import * as tls from 'node:tls';

/** A message that a sink took, with its dots unstuffed. */
export interface SunkMessage {
  readonly from: string;
  readonly to: readonly string[];
  readonly text: string;
  /** When its last octet came. Unit: milliseconds since 1970. */
  readonly at: number;
  /** The names in the certificate that the client presented and an authority of the sink signed. */
  readonly client?: string;
  /** Which of the connections brought it, as `reply` is told. */
  readonly session: number;
}

/** What a sink answers; a line that `reply` says nothing about gets the answer of a server that takes everything. */
export interface SinkOptions {
  readonly extensions?: readonly string[];
  /** `close` hangs up. */
  reply?(line: string, session: number): string | 'close' | undefined;
  readonly cert?: string;
  readonly key?: string;
  /** The authority of client certificates; where it is given, the client is asked for one. */
  readonly ca?: string;
  /** The versions of TLS that it speaks; Node's own where absent. */
  readonly versions?: Pick<tls.SecureContextOptions, 'minVersion' | 'maxVersion' | 'ciphers'>;
}

/** A server that takes mail and keeps it in memory. */
export interface SmtpSink {
  readonly port: number;
  readonly messages: readonly SunkMessage[];
  /** Takes out what is there, so that memory does not grow with it. */
  take(): readonly SunkMessage[];
  /** Waits until so many messages are there. */
  arrived(count: number): Promise<readonly SunkMessage[]>;
  readonly sessions: () => number;
  close(): void;
}

/** Starts a sink on a free port of the loopback interface, or on the port given. */
export async function smtpSink(options: SinkOptions = {}, port = 0): Promise<SmtpSink> {
  const messages: SunkMessage[] = [];
  const sockets = new Set<net.Socket>();
  const watchers: (() => void)[] = [];
  let sessions = 0;
  const keep = (message: SunkMessage): void => {
    messages.push(message);
    for (const watch of watchers) watch();
  };
  const listener = net.createServer((socket) => {
    sessions += 1;
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    serve(socket, sessions, options, keep);
  });
  listener.listen(port, '127.0.0.1');
  await once(listener, 'listening');
  return {
    port: (listener.address() as net.AddressInfo).port,
    messages,
    take: () => messages.splice(0),
    async arrived(count) {
      while (messages.length < count) await new Promise<void>((resolve) => watchers.push(resolve));
      return messages;
    },
    sessions: () => sessions,
    close() {
      listener.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}

function serve(
  plain: net.Socket,
  session: number,
  options: SinkOptions,
  keep: (message: SunkMessage) => void,
): void {
  const { extensions = ['PIPELINING', 'DSN', '8BITMIME'] } = options;
  let socket = plain;
  let rest = '';
  let from = '';
  let to: string[] = [];
  let data: string[] | undefined;
  const say = (text: string): void => void socket.write(`${text}\r\n`);
  const listen = (): void => {
    socket.setEncoding('latin1');
    socket.on('error', () => undefined);
    socket.on('data', (chunk: string) => {
      const lines = (rest + chunk).split('\r\n');
      rest = lines.pop() ?? '';
      for (const line of lines) take(line);
    });
  };
  const take = (line: string): void => {
    if (data !== undefined) {
      if (line !== '.') {
        data.push(line.startsWith('.') ? line.slice(1) : line);
        return;
      }
      const answer = options.reply?.('.', session) ?? '250 2.6.0 Queued';
      if (answer.startsWith('2'))
        keep({
          at: Date.now(),
          session,
          from,
          to,
          text: data.map((one) => `${one}\r\n`).join(''),
          ...clientOf(socket, options.ca),
        });
      data = undefined;
      to = [];
      hear(answer);
      return;
    }
    const verb = line.slice(0, 4).toUpperCase();
    hear(options.reply?.(line, session) ?? usual(verb, line));
  };
  const hear = (answer: string): void => {
    if (answer === 'close') socket.destroy();
    else if (answer !== '') say(answer);
  };
  const usual = (verb: string, line: string): string => {
    switch (verb) {
      case 'EHLO': {
        const offered = [
          'sink',
          ...extensions,
          ...(options.cert === undefined || socket !== plain ? [] : ['STARTTLS']),
        ];
        return offered.map((word, at) => `250${at === offered.length - 1 ? ' ' : '-'}${word}`).join('\r\n');
      }
      case 'MAIL':
        from = /<(.*?)>/.exec(line)?.[1] ?? '';
        return '250 2.1.0 Ok';
      case 'RCPT':
        to.push(/<(.*?)>/.exec(line)?.[1] ?? '');
        return '250 2.1.5 Ok';
      case 'DATA':
        if (to.length === 0) return '503 5.5.1 No recipients';
        data = [];
        return '354 Go';
      case 'STAR':
        say('220 2.0.0 Go');
        socket = new tls.TLSSocket(plain, {
          isServer: true,
          ...options.versions,
          ...(options.cert && { cert: options.cert }),
          ...(options.key && { key: options.key }),
          ...(options.ca && { ca: options.ca, requestCert: true, rejectUnauthorized: false }),
        });
        listen();
        return '';
      case 'QUIT':
        say('221 2.0.0 Bye');
        socket.end();
        return '';
      default:
        return '250 2.0.0 Ok';
    }
  };
  listen();
  say(options.reply?.('', session) ?? '220 sink');
}

function clientOf(socket: net.Socket, ca: string | undefined): { readonly client?: string } {
  if (!(socket instanceof tls.TLSSocket) || ca === undefined) return {};
  const certificate = socket.getPeerX509Certificate();
  if (certificate?.verify(new X509Certificate(ca).publicKey) !== true) return {};
  return { client: certificate.subjectAltName ?? '' };
}
