import {
  resolveDomain,
  resolveSmartHosts,
  type MailHost,
  type Resolution,
} from '../../runtime/client/resolve.ts';
import type { SendConnector, Server } from '../../runtime/config.ts';
import { chooseCertificate, type CertificateChoice } from '../../runtime/decide/certificate.ts';
import type { PresentedCertificate } from '../../runtime/decide/client-certificate.ts';
import {
  clientCertificateQuestion,
  connectorSession,
  type OutboundSession,
} from '../../runtime/decide/outbound-session.ts';
import {
  decideOnCertificate,
  decideOnOffer,
  tlsReply,
  type TlsDecision,
} from '../../runtime/decide/outbound-tls.ts';
import type { PlannedPartner } from '../plan/step.ts';
import { presentedAs, type TrustedRoots } from './presented.ts';
import type { ClientCertificate } from './scenario.ts';
import type { World } from './world.ts';

/** What a server shows when it is asked for a certificate on a Send connector. */
export type ShownCertificate =
  | { readonly kind: 'certificate'; readonly name: string; readonly choice: CertificateChoice }
  | { readonly kind: 'none'; readonly choice: CertificateChoice }
  /** Where `tlsCertificateName` finds none, mail waits as soon as TLS begins. */
  | { readonly kind: 'missing'; readonly choice: CertificateChoice; readonly reply: string };

/** What happens where the other side offers less than it should. */
export interface Otherwise {
  readonly when: string;
  readonly then: TlsDecision;
}

/** A host that mail is brought to. */
export interface Destination {
  /** Absent where the names of `dns` do not tell. */
  readonly host?: MailHost;
  /** As the connector names it. */
  readonly smartHost?: string;
  readonly session: OutboundSession;
  readonly otherwise: readonly Otherwise[];
}

/** How mail leaves through a Send connector, as far as a topology tells. */
export interface Departure {
  readonly connector: SendConnector;
  readonly from: Server;
  readonly domain: string;
  readonly resolution: Resolution;
  /** What `dns` would have to tell for the hosts to be known; absent where it does. */
  readonly unknownName?: string;
  readonly destinations: readonly Destination[];
  readonly shown: ShownCertificate;
  /** The partner that the mail is for, what its certificate as declared comes to, and whether it has our root. */
  readonly partner?: {
    readonly partner: PlannedPartner;
    readonly judgement?: TlsDecision;
    readonly trustsOurs?: 'has our root' | 'lacks our root';
  };
}

/** With this, equals keep the order in which they are written. */
const inWrittenOrder = (): number => 1 - Number.EPSILON;

/** Tells how mail for a domain leaves through a Send connector of a server. */
export async function traceDeparture(
  world: World,
  from: Server,
  connector: SendConnector,
  domain: string,
): Promise<Departure> {
  const options = { nameServer: world.names, ownAddresses: from.addresses, random: inWrittenOrder };
  const resolution = connector.dnsRoutingEnabled
    ? await resolveDomain(domain, options)
    : await resolveSmartHosts(connector.smartHosts, options);
  const unknownName = resolution.kind === 'hosts' ? undefined : unknownIn(resolution.reply);
  const destination = (host: MailHost | undefined, smartHost: string | undefined): Destination => {
    const target = { domain, ...(smartHost !== undefined && { smartHost }) };
    const session = connectorSession(from, connector, target, world.sendList);
    return {
      session,
      otherwise: otherwiseOf(world, session),
      ...(host && { host }),
      ...(smartHost !== undefined && { smartHost }),
    };
  };
  const unresolved: readonly (string | undefined)[] = connector.dnsRoutingEnabled
    ? [undefined]
    : connector.smartHosts.map(({ host }) => host);
  const destinations =
    resolution.kind === 'hosts'
      ? resolution.hosts.map((host) => destination(host, host.smartHost))
      : unresolved.map((smartHost) => destination(undefined, smartHost));
  const shown = shownOn(world, from, connector);
  const first = destinations[0]?.session;
  const partner = first && partnerOf(world, { connector, from, domain, session: first, shown });
  return {
    connector,
    from,
    domain,
    resolution,
    destinations,
    shown,
    ...(unknownName !== undefined && { unknownName }),
    ...(partner && { partner }),
  };
}

function unknownIn(reply: string): string | undefined {
  return /dns has no entry for (\S+)$/.exec(reply)?.[1];
}

function shownOn(world: World, from: Server, connector: SendConnector): ShownCertificate {
  const question = clientCertificateQuestion(from, connector, world.now);
  const choice = chooseCertificate(world.certificatesFor(from), question);
  if (choice.chosen) return { kind: 'certificate', name: choice.chosen.certificate.name, choice };
  if (question.tlsCertificateName === undefined) return { kind: 'none', choice };
  return { kind: 'missing', choice, reply: tlsReply.noClientCertificate };
}

/** A certificate against which nothing can be said but what the case is about; no other partner has its root. */
const good: Omit<PresentedCertificate, 'names'> = {
  chain: { kind: 'ends in authority', authority: '' },
  notBefore: 0,
  notAfter: Infinity,
};

/** Asks the transport what it does where the other side falls short, one case after another. */
function otherwiseOf({ now }: World, { tls }: OutboundSession): readonly Otherwise[] {
  if (tls.level === 'none') return [];
  const judge = (changes: Partial<PresentedCertificate>): TlsDecision =>
    decideOnCertificate(tls, { ...good, names: tls.expectedNames, ...changes }, now);
  return [
    { when: 'STARTTLS is not offered', then: decideOnOffer(tls, 'STARTTLS not offered') },
    { when: 'the handshake fails', then: { kind: 'defer', reply: tlsReply.handshakeFailed } },
    {
      when: 'the certificate ends in a root that is not trusted',
      then: judge({ chain: { kind: 'refused', reason: 'untrusted root' } }),
    },
    { when: 'the certificate has expired', then: judge({ notAfter: now - 1 }) },
    { when: 'the certificate bears other names', then: judge({ names: ['another.invalid'] }) },
  ];
}

/** Lists the roots that a server accepts of servers it sends to. */
export function rootsOfSender({ config }: World, { name }: Server): TrustedRoots {
  return {
    authorities: config.authorities.filter(({ trustedOn }) => trustedOn.includes(name)),
    roots: 'authorities and public',
  };
}

interface PartnerQuestion extends Pick<Departure, 'connector' | 'from' | 'domain' | 'shown'> {
  readonly session: OutboundSession;
}

function partnerOf(world: World, question: PartnerQuestion): Departure['partner'] {
  const { connector, from, domain, session, shown } = question;
  const named = world.partners.find(({ name }) => name === connector.partner);
  const hosts = [domain, ...connector.smartHosts.map(({ host }) => host)];
  const partner = named ?? world.partners.find(({ domains }) => hosts.some((host) => isIn(host, domains)));
  if (partner === undefined) return undefined;
  const certificate = certificateOf(partner);
  const judgement =
    certificate &&
    decideOnCertificate(
      session.tls,
      presentedAs(certificate, rootsOfSender(world, from), 'server', world.now),
      world.now,
    );
  const ours = shown.choice.chosen?.certificate;
  const root = ours?.issuedBy === 'selfSigned' ? ours.name : ours?.issuedBy;
  const hasRoot = root === 'public' || (root !== undefined && partner.trusts.includes(root));
  return {
    partner,
    ...(judgement && { judgement }),
    ...(root !== undefined && { trustsOurs: hasRoot ? 'has our root' : 'lacks our root' }),
  };
}

/** Says whether a name is one of the domains, or below one. */
function isIn(name: string, domains: readonly string[]): boolean {
  return domains.some((domain) => name === domain || name.endsWith(`.${domain}`));
}

/** The certificate that a partner shows as the topology declares it; undefined where it declares none. */
export function certificateOf({
  name,
  issuedBy,
  certificateDomains,
}: PlannedPartner): Extract<ClientCertificate, { kind: 'declared' }> | undefined {
  if (issuedBy === undefined) return undefined;
  return { kind: 'declared', name, issuedBy, domains: certificateDomains };
}
