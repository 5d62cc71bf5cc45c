import { readdirSync, readFileSync, statSync, unlinkSync } from 'node:fs';
import { join } from 'node:path';
import type { QueueIntervals, TransportConfig } from '../../runtime/config.ts';
import { receiveConnector } from '../support/receive-connector.ts';
import { smtpSink } from '../support/smtp-sink.ts';
import { sendConnector, server, transportConfig } from '../support/transport-config.ts';

/** A way for mail through the transport, and where it comes out. */
export interface Scenario {
  /** Where it takes mail. */
  readonly port: number;
  readonly topology: TransportConfig;
  /** The domain of all recipients. */
  readonly domain: string;
  /** How long the body of a message is; different ones lie in the log or in a file of their own. Unit: bytes. */
  readonly lengthOf: (number: number) => number;
  /** How many queues a message goes through. */
  readonly hops: number;
  /** What has come out since it was asked last: whom it was for, its text, and when. */
  readonly takeArrivals: () => readonly Delivered[];
  readonly close: () => void;
}

/** A message at the far end. */
export interface Delivered {
  readonly to: string;
  readonly text: string;
  /** Unit: milliseconds since 1970. */
  readonly at: number;
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

/** What a fault of the disk puts off comes again at once: nobody waits here for minutes. Unit: seconds. */
const quick: QueueIntervals = {
  queueGlitchRetryCount: 4,
  queueGlitchRetryInterval: 1,
  transientFailureRetryCount: 6,
  transientFailureRetryInterval: 1,
  outboundConnectionFailureRetryInterval: 1,
  messageRetryInterval: 1,
  delayNotificationTimeout: 14_400,
  messageExpirationTimeout: 172_800,
};

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
    queues: [{ server: 'MBX1', intervals: quick }],
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
    port,
    topology,
    domain: 'fabrikam.com',
    lengthOf: (number) => (number % 10 === 9 ? 400_000 : 500),
    hops: 1,
    takeArrivals: () => sink.take().map(({ to, text, at }) => ({ to: to[0] ?? '', text, at })),
    close: () => sink.close(),
  };
}

/** An Edge server hands over to a mailbox server, which delivers into a Maildir; the logs grow past one segment. */
export async function hop({ port, otherPort, dataFolder }: ScenarioOptions): Promise<Scenario> {
  const edge = server({ name: 'EDGE01', role: 'edge', addresses: ['127.0.0.1'], subscribedTo: 'Munich' });
  const mailbox = server({ name: 'MBX01', addresses: ['127.0.0.1'], site: 'Munich' });
  const topology = transportConfig({
    servers: [edge, mailbox],
    queues: ['EDGE01', 'MBX01'].map((name) => ({ server: name, intervals: quick })),
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
    port,
    topology,
    domain: 'contoso.com',
    lengthOf: (number) => [500, 500, 500, 500, 200_000, 500, 500, 500, 500, 300_000][number % 10] ?? 0,
    hops: 2,
    takeArrivals: () => takeFrom(join(dataFolder, 'mailboxes', 'contoso.com', 'new')),
    close: () => undefined,
  };
}

/** Takes files out of a folder, so that one which comes again is met again although its name is the same. */
function takeFrom(folder: string): readonly Delivered[] {
  return namesIn(folder).map((name) => {
    const path = join(folder, name);
    const text = readFileSync(path, 'latin1');
    const at = statSync(path).ctimeMs;
    unlinkSync(path);
    return { to: /^Delivered-To: (.*)\r$/m.exec(text)?.[1] ?? '', text, at };
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
