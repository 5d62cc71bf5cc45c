import type { Authority, ReceiveConnector, TransportConfig } from '../config.ts';
import {
  chooseCertificate,
  type CertificateCandidate,
  type CertificateChoice,
  type CertificateQuestion,
} from './certificate.ts';
import { domainSecureList } from './inbound-security.ts';

/** Whether a Receive connector offers STARTTLS, with which certificate, and whose certificates it takes. */
export type ReceiveTlsDecision =
  | { readonly kind: 'not offered'; readonly reason: 'no Tls in AuthMechanism' }
  | { readonly kind: 'not offered'; readonly reason: 'no certificate'; readonly choice: CertificateChoice }
  | {
      readonly kind: 'offered';
      readonly choice: CertificateChoice & { readonly chosen: CertificateCandidate };
      readonly clients: ClientCertificates;
    };

/** What a Receive connector asks of the certificates of clients. */
export interface ClientCertificates {
  readonly asked: 'for a certificate' | 'for nothing';
  /** The topology's roots that one may end in, beside the public ones. */
  readonly authorities: readonly Authority[];
  readonly roots: 'authorities' | 'authorities and public';
}

/**
 * Decides on the TLS of a Receive connector.
 *
 * A client certificate is asked for where Domain Security or another server of the topology may need one; it is judged
 * after the handshake and never refused in it. Public roots count only where a listed domain may end in one.
 * Source: EXCH New-ReceiveConnector -AuthMechanism, -Fqdn, -TlsCertificateName.
 */
export function decideReceiveTls(
  config: TransportConfig,
  connector: ReceiveConnector,
  candidates: readonly CertificateCandidate[],
  now: number,
): ReceiveTlsDecision {
  if (!connector.authMechanism.includes('Tls'))
    return { kind: 'not offered', reason: 'no Tls in AuthMechanism' };
  const { chosen, eliminated } = chooseCertificate(candidates, certificateQuestion(connector, now));
  if (chosen === undefined) return { kind: 'not offered', reason: 'no certificate', choice: { eliminated } };
  return { kind: 'offered', choice: { chosen, eliminated }, clients: clientCertificates(config, connector) };
}

function certificateQuestion(connector: ReceiveConnector, now: number): CertificateQuestion {
  const { server, fqdn, tlsCertificateName } = connector;
  return { server, fqdn, now, ...(tlsCertificateName !== undefined && { tlsCertificateName }) };
}

function clientCertificates(config: TransportConfig, connector: ReceiveConnector): ClientCertificates {
  const { server, domainSecureEnabled, authMechanism } = connector;
  const listed = [...domainSecureList(config.tlsReceiveDomainSecureList, config.partners).values()];
  const mayBePublic = domainSecureEnabled && listed.some(({ roots }) => roots === 'authorities and public');
  const isAsked = domainSecureEnabled || authMechanism.includes('ExchangeServer');
  return {
    asked: isAsked ? 'for a certificate' : 'for nothing',
    authorities: domainSecureEnabled
      ? config.authorities.filter(({ trustedOn }) => trustedOn.includes(server))
      : [],
    roots: mayBePublic ? 'authorities and public' : 'authorities',
  };
}
