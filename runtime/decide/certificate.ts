import type { Certificate, Server } from '../config.ts';
import { parseTlsCertificateName, sameDistinguishedName } from './distinguished-name.ts';
import { coveringName } from './domain-match.ts';

/** What a certificate itself says, as plain data. */
export interface CertificateFacts {
  readonly subject: string;
  readonly issuer: string;
  /** The common name and all DNS names. */
  readonly names: readonly string[];
  /** Unit: milliseconds since 1970. */
  readonly notBefore: number;
  /** Unit: milliseconds since 1970. */
  readonly notAfter: number;
  /** SHA-1 over the certificate in hexadecimal digits, by which Windows names it. */
  readonly thumbprint: string;
  readonly selfSigned: boolean;
}

/** A certificate of the topology; without facts, what the topology declares stands for them. */
export interface CertificateCandidate {
  readonly certificate: Certificate;
  readonly facts?: CertificateFacts;
}

/** What a connector looks for. */
export interface CertificateQuestion {
  readonly server: string;
  /** The connector's FQDN. */
  readonly fqdn: string;
  /** `<I>issuer<S>subject`, where the connector says so; it overrides the FQDN. */
  readonly tlsCertificateName?: string;
  /** Unit: milliseconds since 1970. */
  readonly now: number;
}

/** Why a certificate is not the one; the last four lost to the chosen one only. */
export type CertificateElimination =
  | 'not installed on server'
  | 'not enabled for SMTP'
  | 'other issuer or subject'
  | 'name not covered'
  | 'not yet valid'
  | 'expired'
  | 'self-signed'
  | 'older'
  | 'later thumbprint'
  | 'listed later';

/** The certificate offered, and why no other one is. */
export interface CertificateChoice {
  /** Absent where none fits: a Receive connector then does not offer STARTTLS. */
  readonly chosen?: CertificateCandidate;
  readonly eliminated: readonly { readonly certificate: string; readonly reason: CertificateElimination }[];
}

/** The self-signed certificate that Exchange's setup makes for a server. Source: EXCH New-ExchangeCertificate. */
export function setupCertificate(server: Server): Certificate {
  return {
    name: `${server.name} (setup)`,
    domains: [server.fqdn, server.name],
    installedOn: [server.name],
    smtp: true,
    issuedBy: 'selfSigned',
  };
}

/**
 * Chooses the certificate that a connector presents: on the server, for SMTP, in date and with the connector's name.
 *
 * Of several, one from an authority goes before a self-signed one, then the newest, then the lowest thumbprint. That an
 * expired one is left out and the order behind the first step are our choice; Exchange's are not established.
 * Source: EXCH New-ReceiveConnector -Fqdn, EXCH New-ReceiveConnector -TlsCertificateName.
 */
export function chooseCertificate(
  candidates: readonly CertificateCandidate[],
  question: CertificateQuestion,
): CertificateChoice {
  const eliminated: { certificate: string; reason: CertificateElimination }[] = [];
  let chosen: CertificateCandidate | undefined;
  for (const candidate of candidates) {
    const unfit = whyUnfit(candidate, question);
    const behind = unfit ?? (chosen === undefined ? undefined : whyBehind(candidate, chosen));
    if (behind !== undefined) {
      eliminated.push({ certificate: candidate.certificate.name, reason: behind });
      continue;
    }
    if (chosen !== undefined) {
      eliminated.push({
        certificate: chosen.certificate.name,
        reason: whyBehind(chosen, candidate) ?? 'listed later',
      });
    }
    chosen = candidate;
  }
  return chosen === undefined ? { eliminated } : { chosen, eliminated };
}

function whyUnfit(
  { certificate, facts }: CertificateCandidate,
  question: CertificateQuestion,
): CertificateElimination | undefined {
  if (!certificate.installedOn.includes(question.server)) return 'not installed on server';
  if (!certificate.smtp) return 'not enabled for SMTP';
  const named = question.tlsCertificateName;
  if (named !== undefined) {
    if (!isNamed(facts, named)) return 'other issuer or subject';
  } else if (coveringName(facts?.names ?? certificate.domains, question.fqdn) === undefined) {
    return 'name not covered';
  }
  if (facts !== undefined && question.now < facts.notBefore) return 'not yet valid';
  if (facts !== undefined && question.now > facts.notAfter) return 'expired';
  return undefined;
}

function isNamed(facts: CertificateFacts | undefined, tlsCertificateName: string): boolean {
  const wanted = parseTlsCertificateName(tlsCertificateName);
  if (facts === undefined || wanted === undefined) return false;
  return (
    sameDistinguishedName(facts.issuer, wanted.issuer) && sameDistinguishedName(facts.subject, wanted.subject)
  );
}

/** Tells why `one` comes after `other`; undefined where it comes first. */
function whyBehind(
  one: CertificateCandidate,
  other: CertificateCandidate,
): CertificateElimination | undefined {
  const selfSigned = isSelfSigned(one);
  if (selfSigned !== isSelfSigned(other)) return selfSigned ? 'self-signed' : undefined;
  if (one.facts === undefined || other.facts === undefined) return 'listed later';
  if (one.facts.notBefore !== other.facts.notBefore) {
    return one.facts.notBefore < other.facts.notBefore ? 'older' : undefined;
  }
  if (one.facts.thumbprint === other.facts.thumbprint) return 'listed later';
  return one.facts.thumbprint > other.facts.thumbprint ? 'later thumbprint' : undefined;
}

function isSelfSigned({ certificate, facts }: CertificateCandidate): boolean {
  return facts?.selfSigned ?? certificate.issuedBy === 'selfSigned';
}
