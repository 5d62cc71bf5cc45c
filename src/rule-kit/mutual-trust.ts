import { coveringName } from '../../runtime/decide/domain-match.ts';
import type { Located, Span } from '../base/span.ts';
import {
  isSubdomainOf,
  parseDomainPattern,
  parseSmtpDomain,
  sameDomain,
  type DomainPattern,
  type SmtpDomain,
} from '../mail/smtp-domain.ts';
import type {
  Certificate,
  Issuer,
  Partner,
  PartnerCertificate,
  ReceiveConnector,
  SendConnector,
  Server,
  Topology,
} from '../model/topology.ts';
import { securedDomains } from '../model/secured-domains.ts';
import { rootKind, trustOfPartner, trustOfServer } from '../model/trust.ts';
import { presentationsOf, smtpCertificatesOn, type Presentation } from './presented-certificate.ts';

type Connector = ReceiveConnector | SendConnector;
type CertifiedPartner = Partner & { readonly certificate: PartnerCertificate };

/** Why two sides cannot prove to each other who they are, as Domain Security needs; `connector` is the first concerned. */
export type TrustFault = { readonly partner: Partner; readonly connector: Connector } & (
  | {
      readonly kind: 'partner lacks domain';
      readonly domain: Located<string>;
      readonly certificate: PartnerCertificate;
    }
  | { readonly kind: 'server does not trust'; readonly server: Server; readonly issuer: Issuer }
  | { readonly kind: 'only setup certificate' | 'no certificate'; readonly server: Server }
  | { readonly kind: 'partner does not trust' | 'no domain of ours'; readonly certificate: Certificate }
  | { readonly kind: 'public and private'; readonly certificate: Certificate; readonly issuer: Issuer }
);

/**
 * Finds what stands between us and a partner over all of its domain-secure connectors, each fault once.
 *
 * A partner whose certificate is not declared is believed. Where no certificate has a connector's FQDN although some
 * are there, `uncovered-connector-fqdn` speaks, and nothing is said here.
 * Source: DOC R15; EXCH Set-TransportConfig -TLSSendDomainSecureList, -TLSReceiveDomainSecureList.
 */
export function trustFaults(topology: Topology, partner: Partner): readonly TrustFault[] {
  const connectors = domainSecureFor(topology, partner);
  const presentations = presentationsOf(topology, connectors);
  const ofPartner = isCertified(partner)
    ? [...missingDomains(partner, connectors), ...distrustOfServers(topology, partner, presentations)]
    : [];
  const ours = presentations.flatMap((one) => faultsOfOurs(topology, partner, one));
  const faults = onceEach([...ofPartner, ...ours]);
  return faults.length > 0 || !isCertified(partner) ? faults : mixedRoots(partner, presentations);
}

const byPartner = new WeakMap<Topology, ReadonlyMap<Partner, readonly Connector[]>>();

/** Lists the domain-secure connectors of a partner, kept with the topology, for each partner is asked about. */
function domainSecureFor(topology: Topology, partner: Partner): readonly Connector[] {
  const known = byPartner.get(topology) ?? groupByPartner(topology);
  byPartner.set(topology, known);
  return known.get(partner) ?? [];
}

function groupByPartner({
  sendConnectors,
  receiveConnectors,
}: Topology): ReadonlyMap<Partner, readonly Connector[]> {
  const groups = new Map<Partner, Connector[]>();
  for (const connector of [...sendConnectors, ...receiveConnectors]) {
    const target = connector.partner?.target;
    if (!target || !connector.domainSecureEnabled.value) continue;
    const group = groups.get(target);
    if (group) group.push(connector);
    else groups.set(target, [connector]);
  }
  return groups;
}

function isCertified(partner: Partner): partner is CertifiedPartner {
  return partner.certificate !== undefined;
}

/** The partner's certificate must hold each domain that one of the connectors is for. */
function missingDomains(partner: CertifiedPartner, connectors: readonly Connector[]): readonly TrustFault[] {
  const names = partner.certificate.domains.map(({ value }) => value);
  const { certificate } = partner;
  return connectors.flatMap((connector) =>
    securedDomains(connector)
      .filter(({ value }) => parseSmtpDomain(value) && coveringName(names, value) === undefined)
      .map((domain) => ({ kind: 'partner lacks domain', partner, connector, domain, certificate })),
  );
}

function distrustOfServers(
  { authorities }: Topology,
  partner: CertifiedPartner,
  presentations: readonly Presentation[],
): readonly TrustFault[] {
  return presentations
    .filter(({ server }) => trustOfServer(server, partner, authorities) === 'untrusted')
    .map(({ connector, server }) => {
      const { issuedBy: issuer } = partner.certificate;
      return { kind: 'server does not trust', partner, connector, server, issuer };
    });
}

function faultsOfOurs(
  topology: Topology,
  partner: Partner,
  { connector, server, presented }: Presentation,
): readonly TrustFault[] {
  switch (presented.kind) {
    case 'setup':
      return [{ kind: 'only setup certificate', partner, connector, server }];
    case 'none': {
      const isBare = smtpCertificatesOn(topology, server).length === 0;
      return isBare ? [{ kind: 'no certificate', partner, connector, server }] : [];
    }
    case 'unknown':
      return [];
    case 'declared': {
      const [certificate] = presented.certificates;
      if (certificate === undefined) return [];
      // Of several that Exchange could take, one that works is enough to keep silent.
      const isDistrusted = presented.certificates.every(
        (one) => trustOfPartner(partner, one) === 'untrusted',
      );
      const isNameless = presented.certificates.every((one) => !holdsOwnDomain(one, topology));
      return [
        ...(isDistrusted
          ? [{ kind: 'partner does not trust' as const, partner, connector, certificate }]
          : []),
        ...(isNameless ? [{ kind: 'no domain of ours' as const, partner, connector, certificate }] : []),
      ];
    }
  }
}

/** Which of our domains a partner secures is in no topology, so one of them is enough. */
function holdsOwnDomain(certificate: Certificate, { organization }: Topology): boolean {
  const names = certificate.domains.map(({ value }) => value);
  const patterns = organization.acceptedDomains.flatMap(
    ({ domain }) => parseDomainPattern(domain.value) ?? [],
  );
  if (patterns.length === 0) return true;
  return patterns.some((pattern) => {
    if (pattern.kind === 'all') return true;
    if (pattern.kind === 'domain') return coveringName(names, pattern.domain.ascii) !== undefined;
    return names.some((name) => liesBelow(parseDomainPattern(name), pattern.domain));
  });
}

function liesBelow(name: DomainPattern | undefined, parent: SmtpDomain): boolean {
  if (name === undefined || name.kind === 'all') return false;
  return isSubdomainOf(name.domain, parent) || (name.kind === 'wildcard' && sameDomain(name.domain, parent));
}

/** Each side trusts the other, but one shows a public certificate and the other a private one. */
function mixedRoots(
  partner: CertifiedPartner,
  presentations: readonly Presentation[],
): readonly TrustFault[] {
  const theirs = rootKind(partner.certificate.issuedBy);
  if (theirs === 'undeclared') return [];
  const mixed = presentations.flatMap(({ connector, presented }): readonly TrustFault[] => {
    if (presented.kind !== 'declared') return [];
    const [certificate, ...others] = presented.certificates;
    if (certificate === undefined || others.length > 0) return [];
    const ours = rootKind(certificate.issuedBy);
    if (ours === 'undeclared' || ours === theirs) return [];
    return [
      { kind: 'public and private', partner, connector, certificate, issuer: partner.certificate.issuedBy },
    ];
  });
  return onceEach(mixed);
}

/** Drops what was found before at another connector; the fault is the same one. */
function onceEach(faults: readonly TrustFault[]): readonly TrustFault[] {
  const known = new Set<string>();
  return faults.filter((fault) => {
    const key = `${fault.kind} ${subjectOf(fault).start}`;
    const isNew = !known.has(key);
    known.add(key);
    return isNew;
  });
}

function subjectOf(fault: TrustFault): Span {
  switch (fault.kind) {
    case 'partner lacks domain':
      return fault.domain.at;
    case 'partner does not trust':
    case 'no domain of ours':
    case 'public and private':
      return fault.certificate.name.at;
    default:
      return fault.server.name.at;
  }
}
