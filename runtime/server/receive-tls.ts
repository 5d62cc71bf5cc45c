import { constants } from 'node:crypto';
import type { TlsOptions } from 'node:tls';

import type { ReceiveConnector, TransportConfig } from '../config.ts';
import { domainSecureList } from '../decide/inbound-security.ts';
import type { InternalHop } from './internal-hop.ts';
import { chooseLoaded } from './tls-material.ts';
import type { TlsMaterial } from './tls-material.ts';

/** How a Receive connector does TLS. */
export interface ReceiveTls {
  readonly options: TlsOptions;
  /** Roots of the topology that a client certificate may end in, beside the public ones; in PEM. */
  readonly authorities: readonly string[];
  readonly roots: 'authorities' | 'authorities and public';
  /** The name of each authority by its fingerprint. */
  readonly authorityNames: ReadonlyMap<string, string>;
  /** When another certificate must be chosen. Unit: milliseconds since 1970. */
  readonly notAfter: number;
}

/**
 * Prepares the TLS of a Receive connector.
 *
 * A client certificate is asked for where Domain Security or another server of the topology may need one; it is judged
 * after the handshake and never refused in it. Public roots count only where a listed domain may end in one.
 * Fails: returns undefined where STARTTLS is not offered: no `Tls` in AuthMechanism, or no certificate that fits.
 * Source: EXCH New-ReceiveConnector -AuthMechanism, -Fqdn, -TlsCertificateName.
 */
export function receiveTls(
  config: TransportConfig,
  material: TlsMaterial,
  hop: InternalHop,
  connector: ReceiveConnector,
  now: number,
): ReceiveTls | undefined {
  if (!connector.authMechanism.includes('Tls')) return undefined;
  const { server, fqdn, tlsCertificateName, domainSecureEnabled, authMechanism } = connector;
  const chosen = chooseLoaded(config, material, hop, {
    server,
    fqdn,
    now,
    ...(tlsCertificateName !== undefined && { tlsCertificateName }),
  });
  if (chosen === undefined) return undefined;
  const trusted = domainSecureEnabled
    ? material.authorities.filter(({ authority }) => authority.trustedOn.includes(server))
    : [];
  const listed = [...domainSecureList(config.tlsReceiveDomainSecureList, config.partners).values()];
  const roots =
    domainSecureEnabled && listed.some((vouchers) => vouchers.roots === 'authorities and public')
      ? 'authorities and public'
      : 'authorities';
  const requestCert = domainSecureEnabled || authMechanism.includes('ExchangeServer');
  return {
    options: {
      cert: chosen.certificate,
      key: chosen.privateKey,
      minVersion: 'TLSv1.2',
      honorCipherOrder: true,
      requestCert,
      rejectUnauthorized: false,
      // A resumed session would bring its certificate along; who must prove something proves it anew each time.
      secureOptions: requestCert ? constants.SSL_OP_NO_TICKET : 0,
      sessionIdContext: 'mailtopo',
      handshakeTimeout: connector.limits.connectionInactivityTimeout * 1000,
    },
    authorities: trusted.map(({ certificate }) => certificate),
    roots,
    authorityNames: new Map(trusted.map(({ authority, fingerprint }) => [fingerprint, authority.name])),
    notAfter: chosen.facts.notAfter,
  };
}
