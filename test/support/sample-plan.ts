import type { Span } from '../../src/base/span.ts';
import type { LineOf } from '../../src/emit/emitter.ts';
import type {
  EnsureReceiveConnector,
  EnsureSendConnector,
  EnsureTransportConfig,
  ParameterValue,
  Plan,
  PlannedParameter,
} from '../../src/plan/step.ts';

/** A place on a line of the sample's topology file: offsets are lines times 100. */
export function onLine(line: number): Span {
  return { file: 'topology.yaml', start: line * 100, end: line * 100 + 1, path: `/line/${line}` };
}

/** The inverse of `onLine`. */
export const sampleLineOf: LineOf = ({ start }) => Math.floor(start / 100);

/** A parameter as its author would have written it. */
export function written(parameter: string, value: ParameterValue): PlannedParameter {
  const key = parameter.charAt(0).toLowerCase() + parameter.slice(1);
  return { parameter, key, value, source: 'written', origin: onLine(90) };
}

export const fromFabrikam: EnsureReceiveConnector = {
  kind: 'receive-connector',
  place: { kind: 'server', server: 'EDGE01' },
  made: 'declared',
  name: 'From Fabrikam',
  server: 'EDGE01',
  usage: 'custom',
  partner: 'fabrikam',
  enabled: true,
  bindings: [{ address: '192.0.2.25', port: 25 }],
  remoteIPRanges: [
    { first: '198.51.100.0', last: '198.51.100.255', text: '198.51.100.0/24' },
    { first: '198.51.101.1', last: '198.51.101.20', text: '198.51.101.1-198.51.101.20' },
  ],
  fqdn: 'mail.contoso.com',
  authMechanism: ['Tls'],
  permissionGroups: ['AnonymousUsers', 'Partners'],
  requireTLS: true,
  domainSecureEnabled: true,
  extendedRights: [],
  parameters: [
    written('Banner', { kind: 'text', text: '220 mail.contoso.com ready' }),
    written('MaxMessageSize', { kind: 'size', bytes: 26214400 }),
    written('MessageRateLimit', { kind: 'limit', value: 'unlimited' }),
    written('TarpitInterval', { kind: 'time-span', seconds: 7 }),
  ],
  origin: onLine(40),
};

export const toFabrikam: EnsureSendConnector = {
  kind: 'send-connector',
  place: { kind: 'organization' },
  made: 'declared',
  name: 'To Fabrikam',
  usage: 'custom',
  partner: 'fabrikam',
  enabled: true,
  addressSpaces: [
    { type: 'SMTP', space: 'fabrikam.com', cost: 1 },
    { type: 'SMTP', space: 'fabrikam.net', cost: 5 },
  ],
  sourceTransportServers: ['EDGE01'],
  dnsRoutingEnabled: true,
  smartHosts: [],
  smartHostAuthMechanism: 'None',
  ignoreSTARTTLS: false,
  requireTLS: false,
  domainSecureEnabled: true,
  parameters: [],
  origin: onLine(30),
};

export const lists: EnsureTransportConfig = {
  kind: 'transport-config',
  place: { kind: 'organization' },
  tlsSendDomainSecureList: ['fabrikam.com', 'fabrikam.net'],
  tlsReceiveDomainSecureList: ['fabrikam.com', 'fabrikam.net'],
  parameters: [],
  origin: onLine(50),
};

/** Contoso, which exchanges domain-secured mail with Fabrikam through one Edge server. */
export const samplePlan: Plan = {
  file: 'topology.yaml',
  organization: 'Contoso',
  version: '2010',
  acceptedDomains: [{ domain: 'contoso.com', type: 'authoritative' }],
  servers: [
    {
      name: 'HUB01',
      role: 'hub',
      fqdn: 'hub01.corp.contoso.com',
      version: '2010',
      addresses: ['10.0.0.11'],
      site: 'Munich',
      origin: onLine(8),
    },
    {
      name: 'EDGE01',
      role: 'edge',
      fqdn: 'mail.contoso.com',
      version: '2010',
      addresses: ['192.0.2.25', '10.0.9.25'],
      subscribedTo: 'Munich',
      origin: onLine(9),
    },
  ],
  certificates: [
    {
      name: 'contoso-mail',
      domains: ['mail.contoso.com', 'contoso.com'],
      services: ['SMTP'],
      issuedBy: 'contoso-root',
      installedOn: ['EDGE01'],
      file: 'certs/contoso-mail.pem',
      privateKey: 'certs/contoso-mail.key',
      origin: onLine(11),
    },
  ],
  authorities: [
    { name: 'contoso-root', file: 'certs/contoso-root.pem', trustedOn: ['EDGE01'], origin: onLine(18) },
    { name: 'fabrikam-root', file: 'certs/fabrikam-root.pem', trustedOn: ['EDGE01'], origin: onLine(19) },
  ],
  partners: [
    {
      name: 'fabrikam',
      domains: ['fabrikam.com', 'fabrikam.net'],
      addresses: [{ first: '198.51.100.0', last: '198.51.100.255', text: '198.51.100.0/24' }],
      mta: 'postfix',
      issuedBy: 'fabrikam-root',
      certificateDomains: ['mail.fabrikam.com', 'fabrikam.com', 'fabrikam.net'],
      trusts: ['contoso-root'],
      origin: onLine(21),
    },
  ],
  credentials: [
    {
      name: 'scanner-cloud',
      username: 'contoso',
      passwordFrom: { env: 'SCANNER_CLOUD_PASSWORD' },
      origin: onLine(28),
    },
  ],
  steps: [fromFabrikam, lists, toFabrikam],
  dns: [{ name: 'fabrikam.com', mx: [[10, 'mail.fabrikam.com']] }],
  delivery: [],
  rehearsal: {
    listen: [{ binding: { address: '192.0.2.25', port: 25 }, local: { address: '127.0.0.1', port: 2525 } }],
    connect: [],
    clients: [{ local: '127.0.0.1', address: '198.51.100.10' }],
  },
};
