import { createTransport } from 'nodemailer';
import type { DemoCertificates } from './certificates.ts';

/** Who sends: a printer inside Contoso, Fabrikam's server, or somebody who says so and has no certificate. */
export type Sender =
  | { readonly kind: 'printer'; readonly port: number }
  | {
      readonly kind: 'fabrikam' | 'stranger';
      readonly port: number;
      readonly certificates: DemoCertificates;
    };

function optionsFor(sender: Sender): object {
  const base = { host: '127.0.0.1', port: sender.port, secure: false, connectionTimeout: 10_000 };
  if (sender.kind === 'printer') {
    // On loopback the source address tells who a client stands for: see "clients" in the rehearsal.
    return { ...base, name: 'printer.corp.contoso.com', localAddress: '127.0.0.2', ignoreTLS: true };
  }
  const { fabrikam, contosoRoot } = sender.certificates;
  const own = sender.kind === 'fabrikam' ? { key: fabrikam.privateKey, cert: fabrikam.certificate } : {};
  const tls = { servername: 'mail.contoso.com', ca: [contosoRoot.certificate], ...own };
  return { ...base, name: 'mail.fabrikam.com', requireTLS: true, tls };
}

function messageOf(sender: Sender): { from: string; to: string; subject: string; text: string } {
  return sender.kind === 'printer'
    ? {
        from: 'scans@contoso.com',
        to: 'bob@fabrikam.com',
        subject: 'A scan',
        text: 'From the printer on the second floor.',
      }
    : { from: 'bob@fabrikam.com', to: 'ann@contoso.com', subject: 'Thanks', text: 'It arrived.' };
}

/** Sends one message and gives the last reply of the server, accepted or refused; a stranger must be refused, others not. */
export async function sendAs(sender: Sender): Promise<string> {
  const transport = createTransport(optionsFor(sender));
  try {
    const { response } = await transport.sendMail(messageOf(sender));
    if (sender.kind === 'stranger')
      throw new Error(`a client without a certificate was not refused: ${response}`);
    return `accepted: ${response}`;
  } catch (thrown) {
    const { response } = thrown as { readonly response?: string };
    if (sender.kind !== 'stranger' || response === undefined) throw thrown;
    return `refused: ${response}`;
  } finally {
    transport.close();
  }
}
