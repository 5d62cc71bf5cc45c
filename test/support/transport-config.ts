import type {
  Delivery,
  QueueIntervals,
  ReceiveConnector,
  SendConnector,
  Server,
  TransportConfig,
} from '../../runtime/config.ts';

/** A Send connector with Exchange's defaults; tests write what they are about. */
export function sendConnector(
  given: Partial<SendConnector> &
    Pick<SendConnector, 'name' | 'sourceTransportServers'> & { to: readonly string[] },
): SendConnector {
  const { to, ...written } = given;
  return {
    source: 'declared',
    enabled: true,
    addressSpaces: to.map((text) => {
      const [space = '', cost = '1'] = text.split(';');
      return { space, cost: Number(cost) };
    }),
    isScopedConnector: false,
    dnsRoutingEnabled: given.smartHosts === undefined,
    smartHosts: [],
    port: 25,
    smartHostAuthMechanism: 'None',
    forceHELO: false,
    ignoreSTARTTLS: false,
    requireTLS: false,
    domainSecureEnabled: false,
    maxMessageSize: 36_700_160,
    connectionInactivityTimeOut: 600,
    smtpMaxMessagesPerConnection: 20,
    errorPolicies: ['Default'],
    protocolLoggingLevel: 'None',
    ...written,
  };
}

/** A server; role and site are the usual subject of a test. */
export function server(given: Partial<Server> & Pick<Server, 'name'>): Server {
  return {
    role: 'mailbox',
    fqdn: `${given.name.toLowerCase()}.contoso.com`,
    exchangeVersion: '2019',
    addresses: ['10.0.0.11'],
    ...given,
  };
}

/** The retry clock of a hub or mailbox server. */
export const hubIntervals: QueueIntervals = {
  queueGlitchRetryCount: 4,
  queueGlitchRetryInterval: 60,
  transientFailureRetryCount: 6,
  transientFailureRetryInterval: 300,
  outboundConnectionFailureRetryInterval: 600,
  messageRetryInterval: 900,
  delayNotificationTimeout: 14_400,
  messageExpirationTimeout: 172_800,
};

/** A topology of one mailbox server and nothing else; tests add what they need. */
export function transportConfig(given: Partial<TransportConfig>): TransportConfig {
  const servers = given.servers ?? [server({ name: 'MBX1' })];
  return {
    configVersion: 1,
    organization: 'Contoso',
    acceptedDomains: [{ domain: 'contoso.com', type: 'authoritative' }],
    servers,
    certificates: [],
    authorities: [],
    partners: [],
    credentials: [],
    receiveConnectors: [] as readonly ReceiveConnector[],
    sendConnectors: [],
    tlsSendDomainSecureList: [],
    tlsReceiveDomainSecureList: [],
    postmasterAddress: 'postmaster@contoso.com',
    queues: servers.map(({ name }) => ({ server: name, intervals: hubIntervals })),
    dns: [],
    delivery: [] as readonly Delivery[],
    rehearsal: { listen: [], connect: [], clients: [] },
    ...given,
  };
}
