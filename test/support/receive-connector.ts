import type {
  ReceiveConnector,
  ReceiveExtensions,
  ReceiveLimits,
  TransportConfig,
} from '../../runtime/config.ts';

/** What a test changes of a Receive connector. */
export type ReceiveConnectorChanges = Partial<Omit<ReceiveConnector, 'limits' | 'extensions'>> & {
  readonly limits?: Partial<ReceiveLimits>;
  readonly extensions?: Partial<ReceiveExtensions>;
};

/** A Receive connector for anonymous clients with Exchange's defaults, but without tarpit, so that no test waits. */
export function receiveConnector(changes: ReceiveConnectorChanges = {}): ReceiveConnector {
  return {
    name: 'From the Internet',
    server: 'EDGE01',
    source: 'declared',
    enabled: true,
    bindings: [{ address: '192.0.2.25', port: 25 }],
    remoteIPRanges: [{ first: '0.0.0.0', last: '255.255.255.255' }],
    fqdn: 'mail.contoso.com',
    authMechanism: ['Tls'],
    permissionGroups: ['AnonymousUsers'],
    extendedRights: [],
    requireTLS: false,
    domainSecureEnabled: false,
    requireEHLODomain: false,
    bareLinefeedRejectionEnabled: false,
    protocolLoggingLevel: 'None',
    ...changes,
    limits: { ...defaultLimits, ...changes.limits },
    extensions: { ...defaultExtensions, ...changes.extensions },
  };
}

const defaultLimits: ReceiveLimits = {
  connectionTimeout: 600,
  connectionInactivityTimeout: 300,
  maxInboundConnection: 5000,
  maxInboundConnectionPerSource: 20,
  maxInboundConnectionPercentagePerSource: 2,
  messageRateLimit: 'unlimited',
  messageRateSource: 'IPAddress',
  maxProtocolErrors: 5,
  maxLogonFailures: 3,
  maxRecipientsPerMessage: 200,
  maxHopCount: 30,
  maxLocalHopCount: 8,
  maxHeaderSize: 262144,
  maxMessageSize: 37748736,
  tarpitInterval: 0,
  authTarpitInterval: 0,
};

const defaultExtensions: ReceiveExtensions = {
  sizeEnabled: 'Enabled',
  pipeliningEnabled: true,
  deliveryStatusNotificationEnabled: true,
  enhancedStatusCodesEnabled: true,
  eightBitMimeEnabled: true,
  binaryMimeEnabled: true,
  chunkingEnabled: true,
  smtpUtf8Enabled: true,
};

/** A topology of one Edge server that accepts contoso.com on the given Receive connectors. */
export function receivingConfig(
  receiveConnectors: readonly ReceiveConnector[],
  changes: Partial<TransportConfig> = {},
): TransportConfig {
  return {
    configVersion: 1,
    organization: 'Contoso',
    acceptedDomains: [{ domain: 'contoso.com', type: 'authoritative' }],
    servers: [
      {
        name: 'EDGE01',
        role: 'edge',
        fqdn: 'edge01.contoso.com',
        exchangeVersion: '2016',
        addresses: ['192.0.2.25', '10.0.9.25'],
      },
    ],
    certificates: [],
    authorities: [],
    partners: [],
    credentials: [],
    receiveConnectors,
    sendConnectors: [],
    tlsSendDomainSecureList: [],
    tlsReceiveDomainSecureList: [],
    postmasterAddress: 'postmaster@contoso.com',
    queues: [],
    dns: [],
    delivery: [],
    rehearsal: { listen: [], connect: [], clients: [] },
    ...changes,
  };
}
