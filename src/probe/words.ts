import type { Endpoint, ReceiveConnector } from '../../runtime/config.ts';
import type { TlsDemand } from '../../runtime/decide/outbound-tls.ts';
import type { CertificateFacts } from '../certificate/pem-file.ts';
import type { SeenHost } from './host.ts';
import { policyNames, type StsAnswer } from './mta-sts.ts';
import type { DomainProbe, SeenWay } from './probe.ts';
import type { ProbeIdentity } from './probing-tls.ts';
import type { StaleNames } from './stale-names.ts';
import { matchesTlsa, type Tlsa } from './tlsa.ts';

/** Says what becomes of mail for a domain. */
export function reachWords({ reach, way, reply }: DomainProbe): string {
  switch (reach) {
    case 'every host':
      return 'mail goes';
    case 'some hosts':
      return 'mail goes, but not to every host';
    case 'no host':
      return `mail does not go: ${reply ?? replyOf(way)}`;
  }
}

/** The first address speaks for the queue, as in the transport. */
function replyOf(way: SeenWay | undefined): string {
  const outcome = way?.hosts[0]?.outcome;
  return way?.reply ?? (outcome !== undefined && 'reply' in outcome ? outcome.reply : 'no host was found');
}

/** Says what Exchange does at a host. */
export function outcomeWords({ outcome }: SeenHost, demand: TlsDemand): string {
  if (outcome.kind === 'ready') {
    if (outcome.tls === undefined) return 'Exchange sends in the clear';
    return `Exchange sends over ${outcome.tls.protocol}, ${outcome.tls.cipher}${judgedWords(demand)}`;
  }
  if (outcome.kind === 'no way from here')
    return `this machine has no way to IPv6, so nothing is known of this address: ${outcome.reply}`;
  switch (outcome.by) {
    case 'this side':
      return `Exchange does not send and tries the next host, or keeps the message: ${outcome.reply}`;
    case 'server':
      return `the server refuses; Exchange tries the next host, or keeps the message: ${outcome.reply}`;
    case 'connection':
      return `no session comes about; Exchange tries the next host, or keeps the message: ${outcome.reply}`;
  }
}

function judgedWords({ level, expectedNames }: TlsDemand): string {
  if (level === 'opportunistic' || level === 'encrypted') return ', whatever the certificate';
  const names = expectedNames.length === 0 ? '' : ` and holds ${expectedNames.join(' and ')}`;
  return `: the certificate is trusted${names}`;
}

/** Says in one line what a certificate is. */
export function certificateWords({
  names,
  issuer,
  notBefore,
  notAfter,
  fingerprint,
}: CertificateFacts): string {
  const day = (moment: number): string =>
    Number.isFinite(moment) ? new Date(moment).toISOString().slice(0, 10) : 'an unreadable day';
  return [
    `for ${names.length === 0 ? 'no name' : names.join(', ')}`,
    `issued by ${issuer.replaceAll('\n', ', ') || 'nobody'}`,
    `${day(notBefore)} to ${day(notAfter)}`,
    `SHA-256 ${fingerprint}`,
  ].join('; ');
}

/** Says what is shown where the other side asks for a certificate. */
export function identityWords(identity: ProbeIdentity): string {
  switch (identity.kind) {
    case 'shown':
      return `shows the certificate "${identity.name}" where it is asked for one`;
    case 'not shown':
      return `shows no certificate here, though the server would show "${identity.name}": ${identity.reason}`;
    case 'none':
      return 'shows no certificate, for none fits';
    case 'missing':
      return 'tlsCertificateName names no certificate that is there';
  }
}

/** Says what DANE comes to for a host; Exchange's connectors do not look at it. Source: RFC 7672 §2.2. */
export function tlsaWords({ tlsa, chain }: SeenHost): string {
  switch (tlsa.kind) {
    case 'none':
      return 'DANE: no TLSA record';
    case 'not looked up':
      return `DANE: not looked up, ${tlsa.reason}`;
    case 'records': {
      const signed = tlsa.isAuthenticated
        ? ''
        : ', not authenticated by the resolver, so that nobody may count on them';
      return `DANE: ${tlsa.records.map((record) => recordWords(record, chain)).join('; ')}${signed}`;
    }
  }
}

function recordWords(record: Tlsa, chain: readonly CertificateFacts[]): string {
  const words = `TLSA ${record.usage} ${record.selector} ${record.matching}`;
  if (chain.length === 0) return `${words}, and no certificate to compare it with`;
  return matchesTlsa(record, chain)
    ? `${words} fits the certificate`
    : `${words} does not fit the certificate`;
}

/** Says what MTA-STS comes to for a domain; Exchange's connectors do not look at it. Source: RFC 8461 §5. */
export function stsWords(sts: StsAnswer, hosts: readonly SeenHost[]): string {
  switch (sts.kind) {
    case 'none':
      return 'MTA-STS: none';
    case 'faulty':
      return `MTA-STS: faulty, ${sts.reason}`;
    case 'not looked up':
      return `MTA-STS: not looked up, ${sts.reason}`;
    case 'policy': {
      const { mode, mx } = sts.policy;
      const names = [...new Set(hosts.flatMap(({ name }) => (name === undefined ? [] : [name])))];
      const left = names.filter((name) => !policyNames(sts.policy, name));
      const leaves = left.length === 0 ? '' : `; it does not name ${left.join(', ')}`;
      return `MTA-STS: mode ${mode}, mx ${mx.join(', ') || 'none'}${leaves}`;
    }
  }
}

/** Says where the topology is wrong about names. */
export function staleWords({ declared, found }: StaleNames): string {
  const words = (hosts: readonly string[]): string => hosts.join(', ') || 'none';
  return `dns of the topology says MX ${words(declared)}, but it is ${words(found)}`;
}

/** Says what a Receive connector asks of the partner. */
export function needWords({ requireTLS, domainSecureEnabled }: ReceiveConnector, domain: string): string {
  if (domainSecureEnabled)
    return `needs STARTTLS and a client certificate that is trusted and holds ${domain} itself`;
  return requireTLS
    ? 'needs STARTTLS, with or without a certificate'
    : 'needs nothing; STARTTLS is as the partner likes';
}

/** Writes an address and port, an IPv6 address in brackets. */
export function placeWords({ address, port }: Endpoint): string {
  return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
}
