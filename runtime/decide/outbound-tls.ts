import type { SendConnector } from '../config.ts';
import { normalDomain } from './address-space.ts';

/** How much TLS a delivery needs; each level includes the one before, but `none` refuses TLS altogether. */
export type TlsLevel =
  'none' | 'opportunistic' | 'encrypted' | 'validated' | 'domain-validated' | 'domain-secure';

/** What must hold before mail is sent over a connection. */
export interface TlsDemand {
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

/** What was found wrong with a server's chain; the words are those of Exchange's queue where it has one. */
export type ChainFault =
  'UntrustedRoot' | 'SelfSigned' | 'Expired' | 'Revoked' | 'RevocationOffline' | 'Invalid';

/** What verifying the server's certificate showed. */
export interface ServerVerification {
  /** Absent where the chain ends in a trusted root. */
  readonly fault?: ChainFault;
  /** DNS names in SAN, or the common name where there is none. */
  readonly names: readonly string[];
}

/** What happens next: mail is sent, or it waits and the queue shows the reply. None of these is ever a failure at once. */
export type TlsDecision =
  { readonly kind: 'start TLS' | 'send' } | { readonly kind: 'defer'; readonly reply: string };

/**
 * Decides how much TLS mail for a domain needs on a connector.
 *
 * Source: EXCH Set-SendConnector -RequireTLS, -TlsAuthLevel, -TlsDomain, -DomainSecureEnabled, -IgnoreSTARTTLS,
 * -SmartHostAuthMechanism.
 */
export function tlsDemand(
  connector: SendConnector,
  { domain, smartHost }: TlsTarget,
  tlsSendDomainSecureList: readonly string[],
): TlsDemand {
  const recipientDomain = normalDomain(domain);
  const isListed = tlsSendDomainSecureList.some((listed) => normalDomain(listed) === recipientDomain);
  if (connector.domainSecureEnabled && isListed) {
    return { level: 'domain-secure', expectedNames: [recipientDomain] };
  }
  const byLevel = demandOfLevel(connector, recipientDomain);
  if (connector.smartHostAuthMechanism !== 'BasicAuthRequireTLS' || smartHost === undefined) return byLevel;
  // The password goes to the host that was configured or nowhere.
  return { level: 'domain-validated', expectedNames: [...byLevel.expectedNames, normalDomain(smartHost)] };
}

function demandOfLevel(connector: SendConnector, recipientDomain: string): TlsDemand {
  if (!connector.requireTLS) {
    return { level: connector.ignoreSTARTTLS ? 'none' : 'opportunistic', expectedNames: [] };
  }
  switch (connector.tlsAuthLevel) {
    case 'DomainValidation':
      return {
        level: 'domain-validated',
        expectedNames: [normalDomain(connector.tlsDomain ?? recipientDomain)],
      };
    case 'CertificateValidation':
      return { level: 'validated', expectedNames: [] };
    default:
      return { level: 'encrypted', expectedNames: [] };
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

/** Decides after the handshake, before anything of the message is sent. */
export function decideOnCertificate(demand: TlsDemand, verification: ServerVerification): TlsDecision {
  switch (demand.level) {
    case 'none':
    case 'opportunistic':
    case 'encrypted':
      return { kind: 'send' };
    case 'validated':
      return verification.fault === undefined ? { kind: 'send' } : refusal(verification.fault);
    case 'domain-validated':
    case 'domain-secure':
      if (verification.fault !== undefined) return refusal(verification.fault);
      if (carriesNames(demand, verification.names)) return { kind: 'send' };
      return refusal('SubjectMismatch');
  }
}

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

function refusal(reason: ChainFault | 'SubjectMismatch'): TlsDecision {
  return { kind: 'defer', reply: tlsReply.certificate(reason) };
}

/**
 * Domain Security wants the domain itself among the names; a wildcard there covers one label below it, never the domain.
 *
 * Source: RFC 6125 §6.4.3 (wildcards).
 */
function carriesNames({ level, expectedNames }: TlsDemand, names: readonly string[]): boolean {
  const carried = names.map(normalDomain);
  return expectedNames.every((wanted) => {
    if (carried.includes(wanted)) return true;
    const parent = `*.${wanted.split('.').slice(1).join('.')}`;
    return level !== 'domain-secure' && parent !== '*.' && carried.includes(parent);
  });
}
