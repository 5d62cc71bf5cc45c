import type { Endpoint } from '../../runtime/config.ts';
import type { Design, ReceiveDesign, SendDesign } from './design.ts';
import type { Pool, Pooled, Stranger } from './pool.ts';

/** The loopback address that the client of a session comes from. */
export const clientLoopback = '127.0.1.1';

/** Where strangers are: the address that `dns` gives for a name, and which of them is there. */
export interface Placed {
  readonly address: string;
  readonly stranger: Stranger;
}

/** A random topology as text, and the strangers that stand around it. */
export interface Built {
  readonly text: string;
  readonly placed: readonly Placed[];
}

const addresses = {
  partner: '203.0.113.10',
  partnerBackup: '203.0.113.11',
  other: '203.0.113.20',
  smart: '203.0.113.30',
};

/** Writes the topology of a design; JSON is YAML. */
export function topologyOf(design: Design, pool: Pool): Built {
  const servers = serversOf(design);
  const names = Object.keys(servers);
  const partner = pool.theirs[design.partner];
  const plain = pool.strangers.at(-1);
  const atPartner = design.partnerOffersTls && partner ? strangerShowing(pool, partner) : plain;
  const elsewhere = pool.strangers[design.stranger];
  if (atPartner === undefined || elsewhere === undefined) throw new Error('the pool is empty');
  const placed: readonly Placed[] = [
    { address: addresses.partner, stranger: atPartner },
    { address: addresses.partnerBackup, stranger: atPartner },
    { address: addresses.other, stranger: elsewhere },
    { address: addresses.smart, stranger: elsewhere },
  ];
  const topology = {
    mailtopo: 1,
    organization: {
      name: 'Contoso',
      exchangeVersion: design.version,
      acceptedDomains: Object.fromEntries(design.accepted),
    },
    servers,
    certificates: Object.fromEntries(
      pool.ours.map((one, at) => [one.name, certificateOf(one, picked(names, design.installed[at] ?? 0))]),
    ),
    authorities: Object.fromEntries(
      pool.authorities.map((name, at) => [
        name,
        { file: `certs/${name}.pem`, trustedOn: picked(names, design.trusted[at] ?? 0) },
      ]),
    ),
    partners: {
      fabrikam: {
        domains: ['fabrikam.com', 'mail.fabrikam.com'],
        addresses: ['198.51.100.0/24'],
        ...(partner && { certificate: { issuedBy: partner.issuedBy, domains: partner.domains } }),
      },
    },
    sendConnectors: Object.fromEntries(
      design.send.map((one, at) => [`Send ${at}`, sendConnector(one, design, servers)]),
    ),
    receiveConnectors: Object.fromEntries(
      design.receive.map((one, at) => [`Receive ${at}`, receiveConnector(one, servers)]),
    ),
    transportConfig: {
      tlsSendDomainSecureList: design.secureSend,
      tlsReceiveDomainSecureList: design.secureReceive,
    },
    dns: {
      'fabrikam.com': {
        mx: [
          [10, 'mail.fabrikam.com'],
          [20, 'backup.fabrikam.com'],
        ],
      },
      'mail.fabrikam.com': { a: [addresses.partner] },
      'backup.fabrikam.com': { a: [addresses.partnerBackup] },
      'relay.example': { a: [addresses.other] },
      'smart.example': { a: [addresses.smart] },
      'elsewhere.example': { mx: [[0, '.']] },
    },
    delivery: Object.fromEntries(design.deliveries.map((domain) => [domain, { maildir: domain }])),
    rehearsal: {
      connect: Object.fromEntries(
        placed.flatMap(({ address, stranger }) =>
          [25, 2525].map((port) => [`${address}:${port}`, `127.0.0.1:${stranger.sink.port}`]),
        ),
      ),
      clients: { [clientLoopback]: design.session.client },
    },
  };
  return { text: JSON.stringify(topology, undefined, 1), placed };
}

function strangerShowing(pool: Pool, certificate: Pooled): Stranger | undefined {
  return pool.strangers.find(({ shows }) => shows === certificate);
}

interface WrittenServer {
  readonly role: string;
  readonly fqdn: string;
  readonly addresses: readonly string[];
  readonly site?: string;
  readonly subscribedTo?: string;
  readonly setupDefaults?: string;
}

function serversOf({ version, inside, clientAccess, edge }: Design): Readonly<Record<string, WrittenServer>> {
  const role = version === '2007' || version === '2010' ? 'hub' : 'mailbox';
  const servers: Record<string, WrittenServer> = {};
  inside.forEach(({ site, setupRemoved }, at) => {
    servers[`S${at + 1}`] = {
      role,
      fqdn: `s${at + 1}.contoso.com`,
      addresses: [`10.0.0.${at + 1}`, ...(at === 0 ? ['10.0.1.1'] : [])],
      site,
      ...(setupRemoved && { setupDefaults: 'removed' }),
    };
  });
  if (clientAccess && version === '2013')
    servers.C1 = { role: 'clientAccess', fqdn: 'c1.contoso.com', addresses: ['10.0.0.8'], site: 'Here' };
  if (edge !== 'none') {
    const subscription = edge === 'subscribed' ? { subscribedTo: inside[0]?.site ?? 'Here' } : {};
    servers.E1 = { role: 'edge', fqdn: 'mail.contoso.com', addresses: ['192.0.2.25'], ...subscription };
  }
  return servers;
}

/** Picks a part of a list by the bits of a number. */
function picked<T>(list: readonly T[], bits: number): readonly T[] {
  return list.filter((_, at) => (bits >> at) & 1);
}

function certificateOf({ name, domains, issuedBy }: Pooled, installedOn: readonly string[]): object {
  const files = { file: `certs/${name}.pem`, privateKey: `certs/${name}.key` };
  return { issuedBy, domains, installedOn, services: ['SMTP'], ...files };
}

function sendConnector(
  one: SendDesign,
  { version }: Design,
  servers: Readonly<Record<string, WrittenServer>>,
): object {
  const names = Object.keys(servers);
  const sources = picked(names, one.sources);
  const via = {
    dns: { dnsRoutingEnabled: true },
    host: { smartHosts: ['smart.example'] },
    address: { smartHosts: [addresses.smart] },
    several: { smartHosts: [addresses.smart, 'unknown.example'] },
    own: { smartHosts: ['10.0.0.1'] },
  }[one.via];
  return {
    addressSpaces: one.spaces,
    ...via,
    ...tlsOf(one, version),
    ...(one.fqdn !== undefined && { fqdn: one.fqdn }),
    ...(one.maxMessageSize !== undefined && { maxMessageSize: one.maxMessageSize }),
    enabled: one.enabled,
    isScopedConnector: one.isScopedConnector,
    forceHELO: one.forceHELO,
    port: one.port,
    sourceTransportServers: sources.length > 0 ? sources : names.slice(0, 1),
  };
}

function tlsOf({ tls }: SendDesign, version: Design['version']): object {
  if (tls === 'ignore') return { ignoreSTARTTLS: true };
  if (tls === 'secure') return { domainSecureEnabled: true };
  if (tls === 'default') return {};
  const levels = {
    encryption: 'EncryptionOnly',
    certificate: 'CertificateValidation',
    domain: 'DomainValidation',
    require: undefined,
  };
  const level = version === '2007' ? undefined : levels[tls];
  return {
    requireTLS: true,
    ...(level !== undefined && { tlsAuthLevel: level }),
    ...(level === 'DomainValidation' && { tlsDomain: 'fabrikam.com' }),
  };
}

function receiveConnector(one: ReceiveDesign, servers: Readonly<Record<string, WrittenServer>>): object {
  const names = Object.keys(servers);
  const name = names[one.server % names.length] ?? '';
  const address = servers[name]?.addresses[0] ?? '';
  return {
    server: name,
    bindings: [`${one.bindsAll ? '0.0.0.0' : address}:${one.port}`],
    remoteIPRanges: one.ranges,
    permissionGroups: one.permissionGroups,
    authMechanism: one.auth,
    requireTLS: one.requireTLS,
    domainSecureEnabled: one.domainSecureEnabled,
    ...(one.fqdn !== undefined && { fqdn: one.fqdn }),
    ...(one.relay && {
      extendedRights: { 'NT AUTHORITY\\ANONYMOUS LOGON': ['ms-Exch-SMTP-Accept-Any-Recipient'] },
    }),
    ...(one.maxMessageSize !== undefined && { maxMessageSize: one.maxMessageSize }),
    enhancedStatusCodesEnabled: one.enhancedStatusCodesEnabled,
    sizeEnabled: one.sizeEnabled,
    requireEHLODomain: one.requireEHLODomain,
    tarpitInterval: '00:00:00',
  };
}

/** Writes an endpoint as the topology does. */
export function bindingText({ address, port }: Endpoint): string {
  return `${address}:${port}`;
}
