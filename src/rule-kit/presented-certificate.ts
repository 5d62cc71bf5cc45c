import { chooseCertificate, setupCertificate } from '../../runtime/decide/certificate.ts';
import { serversOf } from '../model/connector-servers.ts';
import type { Certificate, ReceiveConnector, SendConnector, Server, Topology } from '../model/topology.ts';

/**
 * What a server shows in a handshake: a declared certificate (one of these, where only their dates would tell which),
 * the one that Exchange's setup made, or none. `unknown`: the names of issuer and subject decide, which no topology has.
 */
export type Presented =
  | { readonly kind: 'declared'; readonly certificates: readonly Certificate[] }
  | { readonly kind: 'setup' | 'none' | 'unknown' };

/** The name by which a connector's certificate is chosen on a server: its own FQDN, else the server's. */
export function announcedName(connector: ReceiveConnector | SendConnector, server: Server): string {
  return connector.fqdn?.value ?? server.fqdn.value;
}

const forSmtp = new WeakMap<Topology, ReadonlyMap<Server, readonly Certificate[]>>();

/** Lists the certificates of a server that are enabled for SMTP; many rules ask, so the answers are kept. */
export function smtpCertificatesOn(topology: Topology, server: Server): readonly Certificate[] {
  const known = forSmtp.get(topology);
  if (known) return known.get(server) ?? [];
  const byServer = new Map<Server, Certificate[]>();
  for (const certificate of topology.certificates) {
    if (!certificate.services.some(({ value }) => value === 'SMTP')) continue;
    for (const one of new Set(certificate.installedOn.flatMap(({ target }) => target ?? []))) {
      const there = byServer.get(one);
      if (there) there.push(certificate);
      else byServer.set(one, [certificate]);
    }
  }
  forSmtp.set(topology, byServer);
  return byServer.get(server) ?? [];
}

/**
 * Asks the transport which certificate a connector presents on one of its servers, as far as a topology tells.
 *
 * Source: EXCH New-ReceiveConnector -Fqdn, -TlsCertificateName; EXCH New-SendConnector -Fqdn.
 */
export function presentedCertificate(
  topology: Topology,
  connector: ReceiveConnector | SendConnector,
  server: Server,
): Presented {
  const declared = smtpCertificatesOn(topology, server);
  if (connector.tlsCertificateName) {
    return declared.length === 1 ? { kind: 'declared', certificates: declared } : { kind: 'unknown' };
  }
  const name = server.name.value;
  const setup = setupCertificate({
    name,
    fqdn: server.fqdn.value,
    role: server.role.value,
    exchangeVersion: server.version.value,
    addresses: [],
  });
  const candidates = declared.map((one) => ({
    name: one.name.value,
    domains: one.domains.map(({ value }) => value),
    installedOn: [name],
    smtp: true,
    issuedBy: one.issuedBy.kind,
  }));
  const { chosen, eliminated } = chooseCertificate(
    [...candidates, setup].map((certificate) => ({ certificate })),
    // Declared certificates have no dates, so no moment is too early or too late.
    { server: name, fqdn: announcedName(connector, server), now: 0 },
  );
  const equals = eliminated.filter(({ reason }) => reason === 'listed later');
  const names = [chosen?.certificate.name, ...equals.map(({ certificate }) => certificate)];
  const certificates = declared.filter((one) => names.includes(one.name.value));
  if (certificates.length > 0) return { kind: 'declared', certificates };
  return { kind: chosen === undefined ? 'none' : 'setup' };
}

/** A connector on one of its servers, and what it shows there. */
export interface Presentation {
  readonly connector: ReceiveConnector | SendConnector;
  readonly server: Server;
  readonly presented: Presented;
}

/** Asks for every server of every connector in the list. */
export function presentationsOf(
  topology: Topology,
  connectors: readonly (ReceiveConnector | SendConnector)[],
): readonly Presentation[] {
  return connectors.flatMap((connector) =>
    serversOf(connector).map((server) => ({
      connector,
      server,
      presented: presentedCertificate(topology, connector, server),
    })),
  );
}
