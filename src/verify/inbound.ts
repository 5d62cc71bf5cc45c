import type { Span } from '../base/span.ts';
import type { PolicyTls } from '../model/topology.ts';
import { asciiDomain } from '../../runtime/decide/domain-match.ts';
import type { SessionTrace } from '../trace/session.ts';
import type { World } from '../trace/world.ts';
import type { ClientClass } from './classes.ts';
import { Inquiry, type Proof } from './proof.ts';
import { scenarioOf, sessionKindsFor, sessionOf, type Sessions } from './sessions.ts';

/** What is to hold of mail from some domains. */
export interface InboundClaim {
  readonly title: string;
  readonly at?: Span;
  readonly domains: readonly string[];
  readonly tls: PolicyTls;
}

/**
 * Proves that mail from some domains is taken over such TLS or not at all.
 *
 * Sessions that are trusted by their address are not strangers who claim to be the sender, and are left out.
 */
export async function proveInboundTls(
  world: World,
  classes: readonly ClientClass[],
  sessions: Sessions,
  claim: InboundClaim,
): Promise<Proof> {
  const inquiry = new Inquiry(world);
  for (const clients of classes) {
    for (const domain of claim.domains) {
      for (const kind of sessionKindsFor(world, domain)) {
        inquiry.examine(1);
        const from = `someone@${domain}`;
        const session = await sessions.ask(clients, kind, from, []);
        if (session.refusal !== undefined || isEnough(session, domain, claim.tls) || isTrusted(session))
          continue;
        const how = {
          none: 'without TLS',
          tls: 'with TLS and no certificate',
          mutual: `with the certificate of ${kind.certificate?.name ?? 'nobody'}`,
        };
        const message = `"${clients.connector.name}" on ${clients.server.name} takes mail from ${domain} ${how[kind.tls]}`;
        await inquiry.violate(
          `${clients.server.name} ${clients.connector.name}`,
          message,
          scenarioOf(sessionOf(clients, kind), from, []),
        );
      }
    }
  }
  return inquiry.end(claim.title, claim.at);
}

function isEnough({ session, transaction }: SessionTrace, domain: string, tls: PolicyTls): boolean {
  if (tls === 'encrypted') return session.tls !== 'none';
  return (
    transaction?.authenticatedDomain !== undefined && transaction.authenticatedDomain === asciiDomain(domain)
  );
}

function isTrusted({ transaction }: SessionTrace): boolean {
  const principal = transaction?.permissions.principal;
  return principal === 'externally secured' || principal === 'Exchange server';
}
