import type { Endpoint, SendConnector, Server, TransportConfig } from '../config.ts';
import type { CertificateQuestion } from './certificate.ts';
import type { DomainSecureList } from './inbound-security.ts';
import { internalEndpoint } from './next-hop.ts';
import { tlsDemand, type TlsDemand, type TlsTarget } from './outbound-tls.ts';
import { siteOf } from './send-connector.ts';

/** How a sending server introduces itself, and how much TLS it wants. */
export interface OutboundSession {
  readonly greeting: 'EHLO' | 'HELO';
  /** What it calls itself. */
  readonly clientName: string;
  readonly tls: TlsDemand;
  /** The address to send from; absent leaves it to the system. Source: EXCH Set-SendConnector -SourceIPAddress. */
  readonly localAddress?: string;
}

/** What the queue shows where servers cannot tell that they are of one organization. */
export const noExchangeServerAuth = '451 5.7.3 Cannot achieve Exchange Server authentication';

/** Tells how a server opens a session on a Send connector; the list is TLSSendDomainSecureList. */
export function connectorSession(
  server: Server,
  connector: SendConnector,
  target: TlsTarget,
  list: DomainSecureList,
): OutboundSession {
  return {
    greeting: connector.forceHELO ? 'HELO' : 'EHLO',
    clientName: connector.fqdn ?? server.fqdn,
    tls: tlsDemand(connector, target, list),
    ...(connector.sourceIPAddress !== undefined && { localAddress: connector.sourceIPAddress }),
  };
}

/** Tells why a connector cannot be used at all: this transport has nothing of what Exchange servers prove themselves by to strangers. */
export function whyUnusable(connector: SendConnector): string | undefined {
  return connector.smartHostAuthMechanism === 'ExchangeServer' ? noExchangeServerAuth : undefined;
}

/**
 * Says by what a server finds the certificate that it shows on a Send connector.
 *
 * Where `tlsCertificateName` is written and finds none, mail waits; otherwise nothing is shown then.
 * Source: EXCH New-SendConnector -Fqdn, -TlsCertificateName.
 */
export function clientCertificateQuestion(
  server: Server,
  { tlsCertificateName, fqdn = server.fqdn }: SendConnector,
  now: number,
): CertificateQuestion {
  return {
    server: server.name,
    fqdn,
    now,
    ...(tlsCertificateName !== undefined && { tlsCertificateName }),
  };
}

/** Tells how one server of the topology opens a session to another; the certificate there is known by its fingerprint. */
export function sessionToServer(server: Server): OutboundSession {
  return {
    greeting: 'EHLO',
    clientName: server.fqdn,
    tls: { level: 'encrypted', expectedNames: [], roots: 'authorities' },
  };
}

/** A server of the topology that mail may be handed to, and where it takes it. */
export interface ServerTarget {
  readonly server: Server;
  readonly endpoint: Endpoint;
}

/**
 * Lists the servers that mail is handed to in the order in which they are tried: those of the own site first.
 *
 * `equals` orders those that are equally near. One that takes no mail from servers is left out.
 * Source: EXCH mail routing.
 */
export function serverTargets(
  config: TransportConfig,
  from: Server,
  servers: readonly Server[],
  equals: (servers: readonly Server[]) => readonly Server[],
): readonly ServerTarget[] {
  const isNear = (one: Server): boolean => siteOf(one) === siteOf(from);
  const order = [...equals(servers.filter(isNear)), ...equals(servers.filter((one) => !isNear(one)))];
  return order.flatMap((server) => {
    const endpoint = internalEndpoint(config, server);
    return endpoint === undefined ? [] : [{ server, endpoint }];
  });
}
