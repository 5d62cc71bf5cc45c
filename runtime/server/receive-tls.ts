import { constants } from 'node:crypto';
import type { TlsOptions } from 'node:tls';

import type { ReceiveConnector, TransportConfig } from '../config.ts';
import { decideReceiveTls } from '../decide/receive-tls.ts';
import { spokenFrom } from '../oldest-tls.ts';
import type { InternalHop } from './internal-hop.ts';
import { loadedFor } from './tls-material.ts';
import type { TlsMaterial } from './tls-material.ts';

/** How a Receive connector does TLS. */
export interface ReceiveTls {
  readonly options: TlsOptions;
  /** Roots of the topology that a client certificate may end in, beside the public ones; in PEM. */
  readonly authorities: readonly string[];
  readonly roots: 'authorities' | 'authorities and public';
  /** The name of each authority by its fingerprint. */
  readonly authorityNames: ReadonlyMap<string, string>;
  /** The servers of the topology that a certificate is installed on, by its SHA-256 fingerprint. */
  readonly installations: ReadonlyMap<string, readonly string[]>;
  /** When another certificate must be chosen. Unit: milliseconds since 1970. */
  readonly notAfter: number;
}

/**
 * Prepares the TLS of a Receive connector as `decideReceiveTls` has it.
 *
 * Fails: returns undefined where STARTTLS is not offered: no `Tls` in AuthMechanism, or no certificate that fits.
 */
export function receiveTls(
  config: TransportConfig,
  material: TlsMaterial,
  hop: InternalHop,
  connector: ReceiveConnector,
  now: number,
): ReceiveTls | undefined {
  const loaded = loadedFor(config, material, hop, connector.server);
  const decision = decideReceiveTls(config, connector, [...loaded.keys()], now);
  const chosen = decision.kind === 'offered' ? loaded.get(decision.choice.chosen) : undefined;
  if (chosen === undefined || decision.kind !== 'offered') return undefined;
  const { clients } = decision;
  const trusted = material.authorities.filter(({ authority }) => clients.authorities.includes(authority));
  const requestCert = clients.asked === 'for a certificate';
  return {
    options: {
      cert: chosen.certificate,
      key: chosen.privateKey,
      ...spokenFrom(material.oldestTls.receive),
      honorCipherOrder: true,
      requestCert,
      rejectUnauthorized: false,
      // A second handshake could bring another certificate in the middle of a message, and costs us more than the client.
      // A resumed session would bring its certificate along; who must prove something proves it anew each time.
      secureOptions: constants.SSL_OP_NO_RENEGOTIATION | (requestCert ? constants.SSL_OP_NO_TICKET : 0),
      sessionIdContext: 'mailtopo',
      handshakeTimeout: connector.limits.connectionInactivityTimeout * 1000,
    },
    authorities: trusted.map(({ certificate }) => certificate),
    roots: clients.roots,
    authorityNames: new Map(trusted.map(({ authority, fingerprint }) => [fingerprint, authority.name])),
    installations: material.installations,
    notAfter: chosen.facts.notAfter,
  };
}
