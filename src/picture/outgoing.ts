import type { SendConnector, TransportConfig } from '../../runtime/config.ts';
import { domainSecureList } from '../../runtime/decide/inbound-security.ts';
import { tlsDemand, type TlsLevel } from '../../runtime/decide/outbound-tls.ts';
import type { EnsureSendConnector, Plan, PlannedServer } from '../plan/step.ts';
import { listed } from './box-words.ts';
import { tlsStates, type OutsideBox, type TlsState } from './picture.ts';

const stateOf: Readonly<Record<TlsLevel, TlsState>> = {
  none: 'none',
  opportunistic: 'opportunistic',
  encrypted: 'required',
  validated: 'required',
  'domain-validated': 'required',
  'domain-secure': 'mutual',
};

/** Tells the TLS that all mail of a Send connector has at least. */
export function sendTls(connector: SendConnector, config: TransportConfig): TlsState {
  // Exchange servers prove themselves to each other. Source: EXCH New-SendConnector -SmartHostAuthMechanism.
  if (connector.smartHostAuthMechanism === 'ExchangeServer') return 'mutual';
  const list = domainSecureList(config.tlsSendDomainSecureList, config.partners);
  const hosts =
    connector.smartHosts.length === 0 ? [undefined] : connector.smartHosts.map(({ host }) => host);
  const states = connector.addressSpaces.flatMap(({ space }) =>
    hosts.map((host) => {
      const target = { domain: space, ...(host !== undefined && { smartHost: host }) };
      return stateOf[tlsDemand(connector, target, list).level];
    }),
  );
  return tlsStates.find((state) => states.includes(state)) ?? 'opportunistic';
}

const validations: Readonly<Record<NonNullable<SendConnector['tlsAuthLevel']>, string>> = {
  EncryptionOnly: 'any certificate will do',
  CertificateValidation: 'certificate must be valid',
  DomainValidation: "certificate must hold the recipient's domain",
};

function proofWanted({ requireTLS, tlsAuthLevel, tlsDomain }: SendConnector): readonly string[] {
  if (!requireTLS) return [];
  if (tlsAuthLevel === 'DomainValidation' && tlsDomain !== undefined)
    return [`certificate must hold ${tlsDomain}`];
  return [validations[tlsAuthLevel ?? 'EncryptionOnly']];
}

function spaceWords({ type, space, cost }: EnsureSendConnector['addressSpaces'][number]): string {
  return `${type === 'SMTP' ? '' : `${type}:`}${space} (cost\u00a0${cost})`;
}

/** The words in the box of a Send connector, without its name. */
export function sendLines(
  step: EnsureSendConnector,
  connector: SendConnector,
  tls: TlsState,
  { tlsSendDomainSecureList }: TransportConfig,
): readonly string[] {
  const spaces = step.addressSpaces.map(spaceWords);
  const logsOn = connector.smartHostAuthMechanism;
  return [
    spaces.length === 0 ? 'no address space of its own' : listed(spaces),
    ...(connector.isScopedConnector ? ['for its own site alone'] : []),
    ...(connector.port === 25 ? [] : [`port ${connector.port}`]),
    `TLS: ${tls}`,
    ...(tls === 'required' ? proofWanted(connector) : []),
    ...(connector.domainSecureEnabled && tls !== 'mutual' && tlsSendDomainSecureList.length > 0
      ? ['mutual for domains on the domain-secure list']
      : []),
    ...(logsOn === 'None' ? [] : [logsOn]),
  ];
}

/** Tells where a Send connector hands its mail to; there may be several places. */
export function destinationsOf(step: EnsureSendConnector, plan: Plan): readonly OutsideBox[] {
  if (step.smartHosts.length > 0) return smartHostsOf(step, plan);
  const found = 'found by DNS';
  const partner = plan.partners.find(({ name }) => name === step.partner);
  if (partner) {
    const { name, domains } = partner;
    return [{ key: ['partner', name], name, lines: [listed(domains), found] }];
  }
  const spaces = step.addressSpaces.map(({ space }) => space);
  const rest = spaces.filter((space) => space !== '*');
  return [
    ...(rest.length < spaces.length ? [{ key: ['everything'], name: 'The Internet', lines: [found] }] : []),
    ...(rest.length > 0 ? [{ key: ['domains', rest], name: listed(rest), lines: [found] }] : []),
  ];
}

function smartHostsOf(step: EnsureSendConnector, plan: Plan): readonly OutsideBox[] {
  const hosts = step.smartHosts.map(({ host }) => host);
  const servers = hosts.map((host) => serverAt(host, plan.servers));
  const own = [...new Set(servers.flatMap((server) => server ?? []))].map(({ name }) => ({
    key: ['server', name],
    name,
    lines: ['of this organization'],
  }));
  const sites = hosts.includes('--') ? sitesOf(step, plan) : [];
  const others = hosts.filter((host, index) => host !== '--' && servers[index] === undefined);
  return [...own, ...sites, ...(others.length === 0 ? [] : [outsideHosts(others, step.partner)])];
}

function outsideHosts(hosts: readonly string[], partner: string | undefined): OutsideBox {
  const key = ['smart hosts', hosts, partner];
  const word = hosts.length === 1 ? 'smart host' : 'smart hosts';
  return partner === undefined
    ? { key, name: listed(hosts), lines: [word] }
    : { key, name: partner, lines: [`${word} ${listed(hosts)}`] };
}

function serverAt(host: string, servers: readonly PlannedServer[]): PlannedServer | undefined {
  const name = host.toLowerCase();
  return servers.find(({ fqdn, addresses }) => fqdn.toLowerCase() === name || addresses.includes(host));
}

/** As a smart host, `--` is every server of the site that the Edge server is subscribed to. */
function sitesOf(step: EnsureSendConnector, { servers }: Plan): readonly OutsideBox[] {
  const sources = servers.filter(({ name }) => step.sourceTransportServers.includes(name));
  const sites = new Set(sources.flatMap(({ subscribedTo }) => subscribedTo ?? []));
  return [...sites].map((site) => ({
    key: ['site', site],
    name: `Site ${site}`,
    lines: ['all its servers'],
  }));
}
