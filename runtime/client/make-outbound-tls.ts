import { createSecureContext, rootCertificates, type SecureContext } from 'node:tls';
import type { Clock } from '../clock.ts';
import type { SendConnector, Server, TransportConfig } from '../config.ts';
import { clientCertificateQuestion } from '../decide/outbound-session.ts';
import { spokenFrom } from '../oldest-tls.ts';
import type { InternalHop } from '../server/internal-hop.ts';
import { chooseLoaded, type TlsMaterial } from '../server/tls-material.ts';
import type { OutboundTls } from './sending-context.ts';

/** What TLS is made of. */
export interface OutboundTlsOptions {
  readonly config: TransportConfig;
  readonly server: Server;
  readonly material: TlsMaterial;
  readonly hop: InternalHop;
  readonly clock: Clock;
}

interface Made {
  readonly context: SecureContext;
  /** Unit: milliseconds since 1970. */
  readonly until: number;
}

/**
 * Makes the sending side's TLS of one server.
 *
 * A connector presents the certificate that fits its FQDN, as a Receive connector does. A server of the topology is known
 * by its internal certificate, or by one that the topology says is installed on it, which it presents where that fits.
 * Contexts are made once, for reading all roots takes a while, and anew when their certificate has run out.
 * Source: EXCH New-SendConnector -Fqdn, -TlsCertificateName.
 */
export function makeOutboundTls({ config, server, material, hop, clock }: OutboundTlsOptions): OutboundTls {
  const trusted = material.authorities.filter(({ authority }) => authority.trustedOn.includes(server.name));
  const ca = [...rootCertificates, ...trusted.map(({ certificate }) => certificate)];
  const made = new Map<SendConnector, Made>();
  let forServers: SecureContext | undefined;
  return {
    authorities: new Map(trusted.map(({ authority, fingerprint }) => [fingerprint, authority.name])),
    isServer: (fingerprint, name) =>
      hop.serverOf(fingerprint) === name || material.installations.get(fingerprint)?.includes(name) === true,
    forServers() {
      const identity = hop.identityOf(server.name);
      forServers ??= createSecureContext({
        ca: [],
        minVersion: 'TLSv1.2',
        ...(identity && { cert: identity.certificate, key: identity.privateKey }),
      });
      return forServers;
    },
    forConnector(connector) {
      const now = clock.now();
      const known = made.get(connector);
      if (known !== undefined && now <= known.until) return known.context;
      const question = clientCertificateQuestion(server, connector, now);
      const chosen = chooseLoaded(config, material, hop, question);
      if (chosen === undefined && question.tlsCertificateName !== undefined) return undefined;
      const context = createSecureContext({
        ca,
        ...spokenFrom(material.oldestTls.send),
        ...(chosen && { cert: chosen.certificate, key: chosen.privateKey }),
      });
      made.set(connector, { context, until: chosen?.facts.notAfter ?? Number.POSITIVE_INFINITY });
      return context;
    },
  };
}
