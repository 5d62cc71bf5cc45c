import type { TLSSocket } from 'node:tls';
import { SMTPServer, type SMTPServerSession } from 'smtp-server';
import type { DemoCertificates } from './certificates.ts';

/** A message that reached the partner, and how. */
export interface Arrived {
  readonly protocol: string;
  /** The common name of the certificate that the client presented. */
  readonly clientName: string;
  readonly text: string;
}

export interface Partner {
  /** Resolves with the first message that nobody has asked for yet. */
  nextMessage(): Promise<Arrived>;
  stop(): Promise<void>;
}

/** How long a message may take; a rehearsal on loopback needs a fraction of it. Unit: milliseconds. */
export const patience = 20_000;

function nameOf(certificate: { readonly subject?: { readonly CN?: string | string[] } } | undefined): string {
  return String(certificate?.subject?.CN ?? 'nothing');
}

/** Starts Fabrikam's mail server: nodemailer's smtp-server, which refuses clients without a certificate of Contoso's root. */
export async function startPartner(
  { fabrikam, contosoRoot }: DemoCertificates,
  port: number,
): Promise<Partner> {
  const arrived: Arrived[] = [];
  const waiting: ((one: Arrived) => void)[] = [];
  const server = new SMTPServer({
    name: 'mail.fabrikam.com',
    key: fabrikam.privateKey,
    cert: fabrikam.certificate,
    ca: [contosoRoot.certificate],
    requestCert: true,
    rejectUnauthorized: true,
    authOptional: true,
    disabledCommands: ['AUTH'],
    onMailFrom(_address, session, done) {
      done(session.secure ? null : new Error('5.7.0 Must issue a STARTTLS command first'));
    },
    onData(stream, session: SMTPServerSession, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        done();
        const socket = session as unknown as {
          readonly tlsOptions?: { readonly version?: string; readonly name?: string };
        };
        const message: Arrived = {
          protocol: socket.tlsOptions?.version ?? socket.tlsOptions?.name ?? 'TLS',
          clientName: clientNames.get(session.id) ?? 'nothing',
          text: Buffer.concat(chunks).toString('utf8'),
        };
        const next = waiting.shift();
        if (next) next(message);
        else arrived.push(message);
      });
    },
    onSecure(socket: TLSSocket, session: SMTPServerSession, done: (error?: Error | null) => void) {
      clientNames.set(session.id, nameOf(socket.getPeerCertificate() as never));
      done();
    },
  });
  const clientNames = new Map<string, string>();
  server.on('error', () => {
    // A client that is refused in the handshake is part of the story, and the client tells it.
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return {
    nextMessage: () => {
      const first = arrived.shift();
      if (first) return Promise.resolve(first);
      return new Promise((resolve, reject) => {
        const timer = setTimeout(() => reject(new Error('no message reached Fabrikam in time')), patience);
        waiting.push((one) => {
          clearTimeout(timer);
          resolve(one);
        });
      });
    },
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
