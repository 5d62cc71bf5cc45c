import type { Partner, ReceiveConnector } from '../config.ts';
import { judgeCertificate } from './client-certificate.ts';
import type { CertificateFault, PresentedCertificate, Vouchers } from './client-certificate.ts';
import { asciiDomain, domainOf } from './domain-match.ts';
import type { SessionPrincipal } from './permissions.ts';

/** What stands around a MAIL command, as far as its security goes. */
export interface InboundQuestion {
  readonly connector: Pick<ReceiveConnector, 'requireTLS' | 'domainSecureEnabled' | 'permissionGroups'>;
  readonly principal: SessionPrincipal;
  /** `''` is the null reverse-path. */
  readonly reversePath: string;
  readonly tls: 'none' | 'active';
  readonly presented?: PresentedCertificate;
  /** Unit: milliseconds since 1970. */
  readonly now: number;
}

/** What to say to MAIL, and why; `principal` is who the client is for this one mail transaction. */
export type InboundDecision =
  | { readonly kind: 'accepted'; readonly principal: SessionPrincipal; readonly authenticatedDomain?: string }
  | { readonly kind: 'TLS required' }
  | { readonly kind: 'domain-secure without TLS'; readonly domain: string }
  | { readonly kind: 'domain-secure on another connector'; readonly domain: string }
  | {
      readonly kind: 'domain-secure certificate refused';
      readonly domain: string;
      readonly fault: CertificateFault;
    };

/** The organization's list of domains, and for each who may vouch for it. */
export interface DomainSecureList extends ReadonlyMap<string, Vouchers> {
  /**
   * Who may vouch for the name of a host or domain, listed or not; `partner` is who a connector is for, where its topology
   * says so.
   */
  vouchersOf(name: string, partner?: string): Vouchers;
}

/**
 * Prepares TLSReceiveDomainSecureList or TLSSendDomainSecureList with what the topology says of each domain's partner.
 *
 * A domain of nobody, or of a partner whose issuer is not declared, may be vouched for by public authorities, too. The
 * root of one partner never vouches for another: who holds it could otherwise speak for every domain on the list. Ours;
 * Windows trusts a root for every name.
 */
export function domainSecureList(domains: readonly string[], partners: readonly Partner[]): DomainSecureList {
  const owners = new Map(
    partners.flatMap((partner) => partner.domains.map((domain) => [asciiDomain(domain), partner] as const)),
  );
  const partnerRoots = new Set(partners.flatMap(({ issuedBy }) => (isAuthority(issuedBy) ? [issuedBy] : [])));
  const vouchers = (issuedBy: Partner['issuedBy']): Vouchers => {
    const issuer = issuedBy ?? 'public';
    const roots = issuer === 'public' ? 'authorities and public' : 'authorities';
    return { roots, except: [...partnerRoots].filter((root) => root !== issuer) };
  };
  const listed = domains.flatMap((written) => {
    const domain = asciiDomain(written);
    return domain === undefined ? [] : [[domain, vouchers(owners.get(domain)?.issuedBy)] as const];
  });
  return Object.assign(new Map(listed), {
    vouchersOf(name: string, partner?: string): Vouchers {
      const owner = partners.find((one) => one.name === partner) ?? ownerAbove(owners, asciiDomain(name));
      return vouchers(owner?.issuedBy);
    },
  });
}

/** Finds the partner whose domain the name is, or lies below. */
function ownerAbove(
  owners: ReadonlyMap<string | undefined, Partner>,
  name: string | undefined,
): Partner | undefined {
  for (let rest = name; rest !== undefined && rest !== '';) {
    const owner = owners.get(rest);
    if (owner !== undefined) return owner;
    const dot = rest.indexOf('.');
    rest = dot === -1 ? undefined : rest.slice(dot + 1);
  }
  return undefined;
}

function isAuthority(issuedBy: Partner['issuedBy']): issuedBy is string {
  return issuedBy !== undefined && issuedBy !== 'public' && issuedBy !== 'selfSigned';
}

/**
 * Decides what MAIL is told about TLS and Domain Security.
 *
 * Mail of a listed domain comes over mutual TLS or not at all. On a connector without Domain Security it is refused as
 * well: what Exchange does there is not established, and to accept it would let anyone avoid the check by choosing
 * another connector. Sessions that have proved to be more than anonymous are not asked.
 * Source: EXCH Set-TransportConfig -TLSReceiveDomainSecureList, EXCH New-ReceiveConnector -DomainSecureEnabled.
 */
export function decideInboundSecurity(list: DomainSecureList, question: InboundQuestion): InboundDecision {
  const { connector, principal, tls } = question;
  if (connector.requireTLS && tls === 'none') return { kind: 'TLS required' };
  const domain = domainOf(question.reversePath);
  const vouchers = domain === undefined ? undefined : list.get(domain);
  if (domain === undefined || vouchers === undefined || principal !== 'anonymous')
    return { kind: 'accepted', principal };
  if (!connector.domainSecureEnabled) return { kind: 'domain-secure on another connector', domain };
  if (tls === 'none') return { kind: 'domain-secure without TLS', domain };
  const judgement = judgeCertificate(question.presented, {
    ...vouchers,
    domain,
    purpose: 'client',
    now: question.now,
  });
  if (judgement.kind === 'refused')
    return { kind: 'domain-secure certificate refused', domain, fault: judgement.fault };
  // Without the group Partners the session keeps the rights it had; the domain is authenticated all the same.
  const isPartner = connector.permissionGroups.includes('Partners');
  return { kind: 'accepted', principal: isPartner ? 'partner' : principal, authenticatedDomain: domain };
}
