import type { ReceiveConnector, TransportConfig } from '../../runtime/config.ts';
import { asciiDomain } from '../../runtime/decide/domain-match.ts';
import {
  holds,
  permissionsOf,
  principalAtConnect,
  principalNamed,
  rightNamed,
  type SessionPrincipal,
} from '../../runtime/decide/permissions.ts';
import { reachesInternet } from '../mail/internet-reach.ts';
import { parseIpRange } from '../mail/ip-range.ts';
import type { EnsureReceiveConnector, PlannedPartner } from '../plan/step.ts';
import { listed } from './box-words.ts';
import type { OutsideBox, TlsState } from './picture.ts';

/** Words for who may relay, by who they have proved to be. */
const relayWords: Readonly<Record<SessionPrincipal, string>> = {
  anonymous: 'anyone who connects',
  'externally secured': 'anyone who connects',
  user: 'users who log on',
  'Exchange server': 'Exchange servers',
  partner: 'partners',
};

/** Tells whom a Receive connector of setup concerns: one without anonymous clients is of no one outside. */
export function takesAnonymous(connector: ReceiveConnector): boolean {
  const principal = principalAtConnect(connector);
  return connector.enabled && holds(permissionsOf(connector, principal), 'ms-Exch-SMTP-Submit');
}

/** Who a session on the connector can turn out to be. */
function principalsOn({ authMechanism, domainSecureEnabled }: ReceiveConnector): readonly SessionPrincipal[] {
  const logsOn = ['Integrated', 'BasicAuth', 'BasicAuthRequireTLS'] as const;
  return [
    principalAtConnect({ authMechanism }),
    ...(logsOn.some((one) => authMechanism.includes(one)) ? ['user' as const] : []),
    ...(authMechanism.includes('ExchangeServer') ? ['Exchange server' as const] : []),
    ...(domainSecureEnabled ? ['partner' as const] : []),
  ];
}

function mayRelay(connector: ReceiveConnector, principal: SessionPrincipal): boolean {
  const permissions = permissionsOf(connector, principal);
  return holds(permissions, 'ms-Exch-SMTP-Submit') && holds(permissions, 'ms-Exch-SMTP-Accept-Any-Recipient');
}

/** Tells who may send to anywhere through a connector; accounts of the directory are named as they are. */
export function relayOn(connector: ReceiveConnector): {
  readonly alarm?: string;
  readonly lines: readonly string[];
} {
  const principals = principalsOn(connector).filter((one) => mayRelay(connector, one));
  const accounts = connector.extendedRights
    .filter(({ principal, rights }) => {
      const named = rights.map(rightNamed);
      return principalNamed(principal) === undefined && named.includes('ms-Exch-SMTP-Accept-Any-Recipient');
    })
    .map(({ principal }) => principal);
  const words = [...new Set([...principals.map((one) => relayWords[one]), ...accounts])];
  if (words.length === 0) return { lines: ['relays for nobody'] };
  const isOpen = principals.includes(principalAtConnect(connector));
  const text = `relays for ${listed(words)}`;
  return isOpen ? { alarm: text, lines: [] } : { lines: [text] };
}

/** Tells the TLS that a client meets; Domain Security counts where every domain of the partner is on the list. */
export function receiveTls(
  connector: ReceiveConnector,
  partner: PlannedPartner | undefined,
  { tlsReceiveDomainSecureList }: TransportConfig,
): TlsState {
  if (!connector.authMechanism.includes('Tls')) return 'none';
  const list = new Set(tlsReceiveDomainSecureList.map((domain) => asciiDomain(domain)));
  const isListed = partner?.domains.every((domain) => list.has(asciiDomain(domain))) ?? false;
  if (connector.domainSecureEnabled && isListed) return 'mutual';
  return connector.requireTLS ? 'required' : 'opportunistic';
}

/** The words in the box of a Receive connector, without its name. */
export function receiveLines(
  connector: ReceiveConnector,
  tls: TlsState,
  { tlsReceiveDomainSecureList }: TransportConfig,
): readonly string[] {
  const ports = [...new Set(connector.bindings.map(({ port }) => String(port)))];
  const groups = connector.permissionGroups.filter((one) => one !== 'None');
  return [
    `${ports.length === 1 ? 'port' : 'ports'} ${listed(ports)}`,
    groups.length === 0 ? 'no permission group' : listed(groups),
    ...(connector.authMechanism.includes('ExternalAuthoritative') ? ['trusts its clients by address'] : []),
    `TLS: ${tls}`,
    ...(connector.domainSecureEnabled && tls !== 'mutual' && tlsReceiveDomainSecureList.length > 0
      ? ['mutual for domains on the domain-secure list']
      : []),
  ];
}

/** Whoever may connect to a Receive connector; boxes with the same key are one. */
export function senderOf(step: EnsureReceiveConnector, partner: PlannedPartner | undefined): OutsideBox {
  const ranges = step.remoteIPRanges.map(({ text }) => text);
  if (partner) {
    const { name, domains } = partner;
    return { key: ['partner', name, ranges], name, lines: [listed(domains), listed(ranges)] };
  }
  if (isEverything(ranges)) return { key: ['everything'], name: 'The Internet', lines: ['any address'] };
  const isOpen = reachesInternet(ranges.flatMap((text) => parseIpRange(text) ?? []));
  const name = isOpen ? 'The Internet' : 'Clients by address';
  return { key: ['ranges', ranges], name, lines: [listed(ranges)] };
}

function isEverything(ranges: readonly string[]): boolean {
  return (
    ranges.length > 0 &&
    ranges.every((text) => /^(0\.0\.0\.0(-255\.255\.255\.255|\/0)|::(-ffff(:ffff){7}|\/0))$/.test(text))
  );
}
