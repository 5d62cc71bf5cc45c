import { coveringName } from './domain-match.ts';

/** Where the chain of a presented certificate ends, or why it ends nowhere that is trusted. */
export type ChainOutcome =
  | { readonly kind: 'ends in authority'; readonly authority: string }
  | { readonly kind: 'ends in public root' }
  | {
      readonly kind: 'refused';
      readonly reason: 'untrusted root' | 'expired' | 'not yet valid' | 'wrong purpose' | 'broken';
    };

/** A certificate that the other side presented in the handshake, as plain data. */
export interface PresentedCertificate {
  readonly chain: ChainOutcome;
  /** The common name and all DNS names. */
  readonly names: readonly string[];
  /** Object identifiers; absent where the certificate does not limit its use. */
  readonly extendedKeyUsage?: readonly string[];
  /** Unit: milliseconds since 1970. */
  readonly notBefore: number;
  /** Unit: milliseconds since 1970. */
  readonly notAfter: number;
}

/** Who may vouch for a domain. */
export interface Vouchers {
  /** Whether a public authority may: the topology says so of the domain's partner, or says nothing. */
  readonly roots: 'authorities' | 'authorities and public';
  /** Authorities that may not, being the roots of other partners. */
  readonly except?: readonly string[];
}

/** What is expected of whoever speaks for a domain. */
export interface CertificateExpectation extends Vouchers {
  readonly domain: string;
  readonly purpose: 'client' | 'server';
  /** Unit: milliseconds since 1970. */
  readonly now: number;
}

/** Why a certificate does not authenticate a domain. */
export type CertificateFault =
  | 'no certificate'
  | 'untrusted root'
  | 'expired'
  | 'not yet valid'
  | 'wrong purpose'
  | 'broken'
  | 'domain not covered';

/** Whether a certificate authenticates a domain, and by which of its names. */
export type CertificateJudgement =
  | { readonly kind: 'valid'; readonly name: string }
  | { readonly kind: 'refused'; readonly fault: CertificateFault };

const purposes = { client: '1.3.6.1.5.5.7.3.2', server: '1.3.6.1.5.5.7.3.1' } as const;
const anyPurpose = '2.5.29.37.0';

/**
 * Judges what a client presents against the domain of its reverse-path, or a server against the domain of a recipient.
 *
 * The certificate must hold the domain itself; the name of a mail host in the domain is not enough.
 * Source: EXCH Set-TransportConfig -TLSReceiveDomainSecureList; RFC 5280 §4.2.1.12 (purpose).
 */
export function judgeCertificate(
  presented: PresentedCertificate | undefined,
  expected: CertificateExpectation,
): CertificateJudgement {
  if (presented === undefined) return refused('no certificate');
  const { chain, extendedKeyUsage } = presented;
  if (chain.kind === 'refused') return refused(chain.reason);
  if (!mayVouch(chain, expected)) return refused('untrusted root');
  if (expected.now < presented.notBefore) return refused('not yet valid');
  if (expected.now > presented.notAfter) return refused('expired');
  const allowed = [purposes[expected.purpose], anyPurpose];
  if (extendedKeyUsage !== undefined && !extendedKeyUsage.some((usage) => allowed.includes(usage))) {
    return refused('wrong purpose');
  }
  const name = coveringName(presented.names, expected.domain);
  return name === undefined ? refused('domain not covered') : { kind: 'valid', name };
}

function mayVouch(chain: Exclude<ChainOutcome, { kind: 'refused' }>, { roots, except }: Vouchers): boolean {
  if (chain.kind === 'ends in public root') return roots === 'authorities and public';
  return except?.includes(chain.authority) !== true;
}

function refused(fault: CertificateFault): CertificateJudgement {
  return { kind: 'refused', fault };
}
