import { SMTPServer } from 'smtp-server';
import type { Issued } from '../support/certificates.ts';

/** A server at Contoso's address that is not Contoso's. */
export interface Impostor {
  /** What has been said to it: each reverse-path. */
  envelopes(): readonly string[];
  stop(): Promise<void>;
}

/** Starts nodemailer's smtp-server in Contoso's place; without a certificate it offers no TLS. */
export async function startImpostor(certificate: Issued | undefined): Promise<Impostor> {
  const envelopes: string[] = [];
  const server = new SMTPServer({
    name: 'mail.contoso.com',
    ...(certificate === undefined
      ? { hideSTARTTLS: true, disabledCommands: ['AUTH', 'STARTTLS'] }
      : { key: certificate.privateKey, cert: certificate.certificate, disabledCommands: ['AUTH'] }),
    onMailFrom({ address }, _session, done) {
      envelopes.push(address);
      done();
    },
  });
  server.on('error', () => {
    // A client that ends the handshake is what the case is about, and the client's log tells it.
  });
  await new Promise<void>((resolve) => server.listen(25, '192.0.2.25', resolve));
  return {
    envelopes: () => envelopes,
    stop: () => new Promise((resolve) => server.close(resolve)),
  };
}
