import type { SendConnector } from '../config.ts';
import {
  judgeCertificate,
  type CertificateFault,
  type PresentedCertificate,
  type Vouchers,
} from './client-certificate.ts';
import { asciiDomain } from './domain-match.ts';
import type { DomainSecureList } from './inbound-security.ts';

/** How much TLS a delivery needs; each level includes the one before, but `none` refuses TLS altogether. */
export type TlsLevel =
  'none' | 'opportunistic' | 'encrypted' | 'validated' | 'domain-validated' | 'domain-secure';

/** What must hold before mail is sent over a connection. */
export interface TlsDemand extends Vouchers {
  readonly level: TlsLevel;
  /** The names that the server's certificate must carry, all of them; empty below `domain-validated`. */
  readonly expectedNames: readonly string[];
}

/** Whom a connection is for: one recipient domain, and the smart host where the connector has one. */
export interface TlsTarget {
  readonly domain: string;
  /** As the connector names it. */
  readonly smartHost?: string;
}

/** What happens next: mail is sent, or it waits and the queue shows the reply. None of these is ever a failure at once. */
export type TlsDecision =
  { readonly kind: 'start TLS' | 'send' } | { readonly kind: 'defer'; readonly reply: string };

/**
 * Decides how much TLS mail for a domain needs on a connector; the list is TLSSendDomainSecureList.
 *
 * Where a name is looked for, the root of one partner vouches for no other name, listed or not: ours, see DomainSecureList.
 * Source: EXCH Set-SendConnector -RequireTLS, -TlsAuthLevel, -TlsDomain, -DomainSecureEnabled, -IgnoreSTARTTLS,
 * -SmartHostAuthMechanism.
 */
export function tlsDemand(
  connector: SendConnector,
  { domain, smartHost }: TlsTarget,
  list: DomainSecureList,
): TlsDemand {
  const recipientDomain = asciiDomain(domain) ?? domain;
  const vouchers = list.get(recipientDomain);
  if (connector.domainSecureEnabled && vouchers !== undefined) {
    return { ...vouchers, level: 'domain-secure', expectedNames: [recipientDomain] };
  }
  const byLevel = demandOfLevel(connector, recipientDomain, list);
  if (connector.smartHostAuthMechanism !== 'BasicAuthRequireTLS' || smartHost === undefined) return byLevel;
  // The password goes to the host that was configured or nowhere.
  return {
    ...list.vouchersOf(smartHost, connector.partner),
    level: 'domain-validated',
    expectedNames: [...byLevel.expectedNames, smartHost],
  };
}

function demandOfLevel(connector: SendConnector, recipientDomain: string, list: DomainSecureList): TlsDemand {
  const roots = 'authorities and public';
  if (!connector.requireTLS) {
    return { level: connector.ignoreSTARTTLS ? 'none' : 'opportunistic', expectedNames: [], roots };
  }
  switch (connector.tlsAuthLevel) {
    case 'DomainValidation': {
      const name = connector.tlsDomain ?? recipientDomain;
      return {
        ...list.vouchersOf(name, connector.partner),
        level: 'domain-validated',
        expectedNames: [name],
      };
    }
    case 'CertificateValidation':
      return { level: 'validated', expectedNames: [], roots };
    default:
      return { level: 'encrypted', expectedNames: [], roots };
  }
}

/** Decides after EHLO. */
export function decideOnOffer(
  demand: TlsDemand,
  offer: 'STARTTLS offered' | 'STARTTLS not offered',
): TlsDecision {
  if (demand.level === 'none') return { kind: 'send' };
  if (offer === 'STARTTLS offered') return { kind: 'start TLS' };
  if (demand.level === 'opportunistic') return { kind: 'send' };
  return { kind: 'defer', reply: tlsReply.notOffered };
}

/**
 * Decides after the handshake, before anything of the message is sent.
 *
 * Unit: milliseconds since 1970.
 */
export function decideOnCertificate(
  demand: TlsDemand,
  presented: PresentedCertificate | undefined,
  now: number,
): TlsDecision {
  const { level, expectedNames, ...vouchers } = demand;
  if (level === 'none' || level === 'opportunistic' || level === 'encrypted') return { kind: 'send' };
  // Without a name to look for, the chain alone counts: any name will do.
  const wanted = level === 'validated' ? [presented?.names[0] ?? ''] : expectedNames;
  for (const domain of wanted) {
    const judgement = judgeCertificate(presented, { ...vouchers, domain, purpose: 'server', now });
    if (judgement.kind === 'valid' || (level === 'validated' && judgement.fault === 'domain not covered'))
      continue;
    return { kind: 'defer', reply: tlsReply.certificate(queueWords[judgement.fault]) };
  }
  return { kind: 'send' };
}

/** The words of Exchange's queue; the last three are ours, where none is known. */
const queueWords: Readonly<Record<CertificateFault, string>> = {
  'untrusted root': 'UntrustedRoot',
  'domain not covered': 'SubjectMismatch',
  'no certificate': 'EmptyCertificate',
  expired: 'Expired',
  'not yet valid': 'NotYetValid',
  'wrong purpose': 'WrongPurpose',
  broken: 'Invalid',
};

/**
 * What the queue shows for mail that TLS holds back.
 *
 * Source: EXCH event 2015 for the cases; the wording of `certificate` is observed, the others are ours.
 */
export const tlsReply = {
  notOffered: '451 5.7.3 STARTTLS is required to send mail',
  refused: '454 4.7.0 TLS not available due to temporary reason',
  handshakeFailed: '421 4.4.2 Connection dropped due to SocketError',
  noClientCertificate:
    '454 4.7.5 The certificate specified in TlsCertificateName of the SendConnector could not be found.',
  certificate: (reason: string) => `454 4.7.5 Certificate validation failure, Reason:${reason}`,
} as const;
