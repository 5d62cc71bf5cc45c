import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import type { Endpoint, TransportConfig } from '../../runtime/config.ts';
import { startTransport, type Transport } from '../../runtime/main.ts';
import { issue, makeAuthority } from './certificates.ts';
import { bundleWith, mailCertificate } from './mail-certificate.ts';
import { receiveConnector } from './receive-connector.ts';
import { SmtpDialogue } from './smtp-dialogue.ts';
import { sendConnector, server, transportConfig } from './transport-config.ts';

/** What somebody may act with. */
export const token = 'a-token-of-the-viewer-0123456789';

const subject = '</td></table><script>alert(1)</script><img src=x onerror=alert(2)>';

/** Mail for fabrikam.com has nowhere to go, and waits. */
const config: TransportConfig = transportConfig({
  servers: [server({ name: 'MBX1' })],
  certificates: [mailCertificate],
  receiveConnectors: [
    receiveConnector({
      name: 'Clients <b>bold</b>',
      server: 'MBX1',
      fqdn: 'mbx1.contoso.com',
      bindings: [{ address: '10.0.0.11', port: 2525 }],
      remoteIPRanges: [{ first: '0.0.0.0', last: '255.255.255.255' }],
      authMechanism: ['Tls'],
      extendedRights: [
        { principal: 'NT AUTHORITY\\ANONYMOUS LOGON', rights: ['ms-Exch-SMTP-Accept-Any-Recipient'] },
      ],
    }),
  ],
  sendConnectors: [
    sendConnector({
      name: 'Nowhere "&" <i>',
      to: ['fabrikam.com'],
      sourceTransportServers: ['MBX1'],
      smartHosts: [{ host: '198.51.100.40', kind: 'address' }],
    }),
  ],
  rehearsal: { listen: [], clients: [], connect: [] },
});

/** A transport with a Queue Viewer, in which messages wait. */
export interface ViewedTransport {
  readonly transport: Transport;
  readonly at: Endpoint;
  /** A client that stays connected. */
  readonly client: SmtpDialogue;
}

/** Starts a transport with a viewer, and gives it messages that cannot go on. */
export async function viewedTransport(
  messages: number,
  mode: 'read only' | 'by token',
): Promise<ViewedTransport> {
  const root = await makeAuthority('contoso-root');
  const ours = await issue({ authority: root, domains: ['mbx1.contoso.com'] });
  const bundleFolder = bundleWith(ours);
  if (mode === 'by token') writeFileSync(join(bundleFolder, 'keys', 'viewer-token'), `${token}\n`);
  let waits: () => void = () => undefined;
  const waiting = new Promise<void>((resolve) => {
    waits = resolve;
  });
  const transport = await startTransport({
    config,
    bundleFolder,
    mode: 'rehearsal',
    monitor: { address: '127.0.0.1', port: 0 },
    viewer: {},
    log(_level, event) {
      if (event === 'queue waits') waits();
    },
  });
  const { monitor, endpoints } = transport;
  if (monitor === undefined || endpoints[0] === undefined) throw new Error('nothing listens');
  const client = new SmtpDialogue(endpoints[0].local);
  await client.reply();
  await client.ask('EHLO client.example');
  await client.ask('NONSENSE <b>');
  for (let count = 0; count < messages; count += 1) {
    for (const line of ['MAIL FROM:<ann@contoso.com>', `RCPT TO:<bob${count}@fabrikam.com>`, 'DATA'])
      await client.ask(line);
    await client.ask(`Subject: ${subject}\r\n\r\nHi\r\n.`);
  }
  if (messages > 0) await waiting;
  return { transport, at: monitor, client };
}
