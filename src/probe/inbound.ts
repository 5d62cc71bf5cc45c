import type { ReceiveConnector } from '../../runtime/config.ts';
import { isWildcard } from '../../runtime/decide/address.ts';
import type { CertificateFacts } from '../certificate/pem-file.ts';
import type { PlannedPartner } from '../plan/step.ts';
import type { ClientCertificate } from '../trace/scenario.ts';
import { trace, type Verdict } from '../trace/trace.ts';
import { serverNamed, type World } from '../trace/world.ts';
import type { DomainProbe } from './probe.ts';

/** What a Receive connector would say to the partner, were it to show as a client what its server showed. */
export interface InboundHint {
  readonly connector: ReceiveConnector;
  readonly domain: string;
  /** The address that the partner is taken to come from. */
  readonly client: string;
  /** Absent where no server of the partner showed a certificate. */
  readonly verdict?: Verdict;
}

/** Makes out of a chain what a client shows; undefined where it cannot be read. */
export type AsClient = (chain: readonly CertificateFacts[]) => ClientCertificate | undefined;

/**
 * Judges for each Receive connector of a partner the certificate that its servers showed.
 *
 * It is a hint: what a partner shows as a client it may not show as a server, and comes from other machines.
 */
export async function inboundHints(
  world: World,
  partner: PlannedPartner,
  probes: readonly DomainProbe[],
  asClient: AsClient,
): Promise<readonly InboundHint[]> {
  const connectors = world.config.receiveConnectors.filter(
    (one) => one.partner === partner.name && one.enabled,
  );
  const recipient = world.config.acceptedDomains.find(({ domain }) => !domain.startsWith('*'))?.domain;
  const hints: InboundHint[] = [];
  for (const connector of connectors) {
    for (const { domain, way } of probes) {
      const client = connector.remoteIPRanges[0]?.first;
      if (client === undefined || recipient === undefined) continue;
      const chain = way?.hosts.find((host) => host.chain.length > 0)?.chain;
      const certificate = chain && asClient(chain);
      const verdict =
        certificate && (await verdictFor({ world, connector, client, certificate, domain, recipient }));
      hints.push({ connector, domain, client, ...(verdict && { verdict }) });
    }
  }
  return hints;
}

interface Question extends Pick<InboundHint, 'connector' | 'client' | 'domain'> {
  readonly world: World;
  readonly certificate: ClientCertificate;
  readonly recipient: string;
}

async function verdictFor(question: Question): Promise<Verdict | undefined> {
  const { world, connector, client, certificate, domain, recipient } = question;
  const [binding] = connector.bindings;
  if (binding === undefined) return undefined;
  const [own] = serverNamed(world, connector.server)?.addresses ?? [];
  const address = isWildcard(binding.address) ? (own ?? binding.address) : binding.address;
  const { verdict } = await trace(world, {
    from: `postmaster@${domain}`,
    to: [`postmaster@${recipient}`],
    size: 0,
    start: {
      kind: 'session',
      session: {
        client,
        server: connector.server,
        binding: { address, port: binding.port },
        helo: domain,
        greeting: 'EHLO',
        tls: 'mutual',
        certificate,
      },
    },
  });
  return verdict;
}
