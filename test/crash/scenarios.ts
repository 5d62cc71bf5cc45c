import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TransportConfig } from '../../runtime/config.ts';
import { receiveConnector } from '../support/receive-connector.ts';
import { smtpSink } from '../support/smtp-sink.ts';
import { sendConnector, server, transportConfig } from '../support/transport-config.ts';

/** A way for mail through the transport, and where it comes out. */
export interface Scenario {
  readonly topology: TransportConfig;
  /** The domain of all recipients. */
  readonly domain: string;
  /** How long the body of a message is; different ones lie in the log or in a file of their own. Unit: bytes. */
  readonly lengthOf: (number: number) => number;
  /** Everything that has come out by now: whom it was for, and its text. */
  readonly arrived: () => readonly { readonly to: string; readonly text: string }[];
  readonly close: () => void;
}

/** What a scenario is made with. */
export interface ScenarioOptions {
  /** Where the transport takes mail from the senders. */
  readonly port: number;
  /** Where its other server listens, in a scenario that has one. */
  readonly otherPort: number;
  /** The data folder of the transport. */
  readonly dataFolder: string;
}

const unlimited = {
  maxInboundConnectionPerSource: 'unlimited',
  maxInboundConnectionPercentagePerSource: 100,
} as const;

/** One server relays to a server beyond. */
export async function relay({ port }: ScenarioOptions): Promise<Scenario> {
  const sink = await smtpSink();
  const mayRelay = {
    principal: 'NT AUTHORITY\\ANONYMOUS LOGON',
    rights: ['ms-Exch-SMTP-Accept-Any-Recipient'],
  };
  const topology = transportConfig({
    servers: [server({ name: 'MBX1', addresses: ['127.0.0.1'] })],
    receiveConnectors: [
      receiveConnector({
        name: 'Relay',
        server: 'MBX1',
        bindings: [{ address: '127.0.0.1', port }],
        extendedRights: [mayRelay],
        limits: unlimited,
      }),
    ],
    sendConnectors: [
      sendConnector({
        name: 'Out',
        to: ['*'],
        sourceTransportServers: ['MBX1'],
        smartHosts: [{ host: '127.0.0.1', kind: 'address' }],
        dnsRoutingEnabled: false,
        port: sink.port,
      }),
    ],
  });
  return {
    topology,
    domain: 'fabrikam.com',
    lengthOf: (number) => (number % 10 === 9 ? 400_000 : 500),
    arrived: () => sink.messages.map(({ to, text }) => ({ to: to[0] ?? '', text })),
    close: () => sink.close(),
  };
}

/** An Edge server hands over to a mailbox server, which delivers into a Maildir; the logs grow past one segment. */
export async function hop({ port, otherPort, dataFolder }: ScenarioOptions): Promise<Scenario> {
  const edge = server({ name: 'EDGE01', role: 'edge', addresses: ['127.0.0.1'], subscribedTo: 'Munich' });
  const mailbox = server({ name: 'MBX01', addresses: ['127.0.0.1'], site: 'Munich' });
  const topology = transportConfig({
    servers: [edge, mailbox],
    receiveConnectors: [
      receiveConnector({ name: 'From all', bindings: [{ address: '127.0.0.1', port }], limits: unlimited }),
      receiveConnector({
        name: 'Default MBX01',
        server: 'MBX01',
        fqdn: mailbox.fqdn,
        bindings: [{ address: '127.0.0.1', port: otherPort }],
        authMechanism: ['Tls', 'ExchangeServer'],
        permissionGroups: ['ExchangeServers'],
        limits: unlimited,
      }),
    ],
    sendConnectors: [
      sendConnector({
        name: 'EdgeSync - Inbound to Munich',
        source: 'setup',
        to: ['--'],
        sourceTransportServers: ['EDGE01'],
        smartHosts: [{ host: '--', kind: 'fqdn' }],
      }),
    ],
  });
  return {
    topology,
    domain: 'contoso.com',
    lengthOf: (number) => [500, 200_000, 500, 300_000][number % 4] ?? 0,
    arrived: () => delivered(join(dataFolder, 'mailboxes', 'contoso.com')),
    close: () => undefined,
  };
}

function delivered(maildir: string): { to: string; text: string }[] {
  return namesIn(join(maildir, 'new')).map((name) => {
    const text = readFileSync(join(maildir, 'new', name), 'latin1');
    return { to: /^Delivered-To: (.*)\r$/m.exec(text)?.[1] ?? '', text };
  });
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    // Nothing has been delivered there yet.
    return [];
  }
}
