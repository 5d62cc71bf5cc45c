import type { TransportConfig } from '../config.ts';
import { clientCertificateQuestion } from '../decide/outbound-session.ts';
import type { InternalHop } from '../server/internal-hop.ts';
import { receiveTls } from '../server/receive-tls.ts';
import { chooseLoaded, type TlsMaterial } from '../server/tls-material.ts';

/** When the certificate of a connector runs out. */
export interface CertificateEnd {
  readonly server: string;
  readonly connector: string;
  readonly side: 'receive' | 'send';
  /** Unit: milliseconds since 1970; absent where the connector shall have a certificate and none fits. */
  readonly notAfter?: number;
}

/** Asks of each connector which certificate it would present now; one that presents none and needs none is left out. */
export function certificateEnds(
  {
    config,
    serverNames,
    material,
    hop,
  }: {
    readonly config: TransportConfig;
    readonly serverNames: readonly string[];
    readonly material: TlsMaterial;
    readonly hop: InternalHop;
  },
  now: number,
): readonly CertificateEnd[] {
  const servers = config.servers.filter(({ name }) => serverNames.includes(name));
  const receive = config.receiveConnectors
    .filter(
      ({ enabled, server, authMechanism }) =>
        enabled && serverNames.includes(server) && authMechanism.includes('Tls'),
    )
    .map((connector): CertificateEnd => {
      const tls = receiveTls(config, material, hop, connector, now);
      const of = { server: connector.server, connector: connector.name, side: 'receive' } as const;
      return tls === undefined ? of : { ...of, notAfter: tls.notAfter };
    });
  const send = servers.flatMap((server) =>
    config.sendConnectors
      .filter(
        ({ enabled, sourceTransportServers }) => enabled && sourceTransportServers.includes(server.name),
      )
      .flatMap((connector): CertificateEnd[] => {
        const chosen = chooseLoaded(config, material, hop, clientCertificateQuestion(server, connector, now));
        const of = { server: server.name, connector: connector.name, side: 'send' } as const;
        if (chosen !== undefined) return [{ ...of, notAfter: chosen.facts.notAfter }];
        return connector.domainSecureEnabled || connector.tlsCertificateName !== undefined ? [of] : [];
      }),
  );
  return [...receive, ...send];
}
