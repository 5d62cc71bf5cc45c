import type { ReceiveConnector } from '../../runtime/config.ts';
import { asciiDomain, coveringName } from '../../runtime/decide/domain-match.ts';
import { printIpAddress } from '../mail/ip-address.ts';
import type { IpInterval } from '../mail/ip-ranges.ts';
import { certificateOf } from '../trace/departure.ts';
import type { ClientCertificate, ClientSession, ClientTls, Scenario } from '../trace/scenario.ts';
import { traceSession, type SessionTrace } from '../trace/session.ts';
import type { World } from '../trace/world.ts';
import type { ClientClass } from './classes.ts';

/** How a client can show itself: without TLS, with it, or with the certificate of a partner. */
export interface SessionKind {
  readonly tls: ClientTls;
  readonly certificate?: ClientCertificate;
}

/** Without a certificate that is worth something, there are two ways. */
export const withoutCertificate: readonly SessionKind[] = [{ tls: 'none' }, { tls: 'tls' }];

/**
 * Lists the ways in which clients can show themselves when they send as a domain.
 *
 * Certificates are looked at for domains on the list alone, and only for their names; of those that lack the domain one stands
 * for all, and for those of nobody.
 */
export function sessionKindsFor({ config, partners }: World, domain: string): readonly SessionKind[] {
  const name = asciiDomain(domain);
  const isListed = config.tlsReceiveDomainSecureList.some((listed) => asciiDomain(listed) === name);
  if (!isListed) return withoutCertificate;
  const certificates = partners.flatMap((partner) => certificateOf(partner) ?? []);
  const covers = ({ domains }: { readonly domains: readonly string[] }): boolean =>
    coveringName(domains, domain) !== undefined;
  const other = certificates.find((one) => !covers(one));
  return [
    ...withoutCertificate,
    ...[...certificates.filter(covers), ...(other ? [other] : [])].map((certificate): SessionKind => ({
      tls: 'mutual',
      certificate,
    })),
  ];
}

/** Writes the session of a client out of a class. */
export function sessionOf(
  { server, endpoint, addresses }: ClientClass,
  kind: SessionKind,
  from?: IpInterval,
): ClientSession {
  const first = from ?? addresses[0];
  if (first === undefined) throw new Error('a class without addresses');
  const client = printIpAddress({ family: first.family, value: first.first });
  return {
    client,
    server: server.name,
    binding: endpoint,
    helo: 'client.invalid',
    greeting: 'EHLO',
    ...kind,
  };
}

/** Writes a message that such a client brings. */
export function scenarioOf(session: ClientSession, from: string, to: readonly string[]): Scenario {
  return { from, to, size: 0, start: { kind: 'session', session } };
}

/** Asks for sessions; what one connector says does not depend on the address, so each question is asked once. */
export class Sessions {
  readonly #world: World;
  readonly #known = new Map<ReceiveConnector, Map<string, SessionTrace>>();

  constructor(world: World) {
    this.#world = world;
  }

  async ask(
    clients: ClientClass,
    kind: SessionKind,
    from: string,
    to: readonly string[],
  ): Promise<SessionTrace> {
    const key = [kind.tls, kind.certificate?.name ?? '', from, ...to].join('\n');
    const known = this.#known.get(clients.connector) ?? new Map<string, SessionTrace>();
    this.#known.set(clients.connector, known);
    const before = known.get(key);
    if (before !== undefined) return before;
    const asked = await traceSession(
      this.#world,
      sessionOf(clients, kind),
      { from, to, size: 0 },
      async () => ({
        kind: 'commands',
        mail: `MAIL FROM:<${from}>`,
        rcpt: to.map((recipient) => `RCPT TO:<${recipient}>`),
      }),
    );
    known.set(key, asked);
    return asked;
  }
}
