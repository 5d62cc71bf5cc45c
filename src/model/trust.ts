import { sameName } from '../mail/connector-name.ts';
import type { Authority, Certificate, Issuer, Partner, PartnerCertificate, Server } from './topology.ts';

/** Where a chain ends: in a public root, in one that has to be installed, or where nobody declares. */
export type RootKind = 'public' | 'private' | 'undeclared';

/** Whether one side has the root of the other; `undeclared` where the root is nobody's. */
export type Trust = 'trusted' | 'untrusted' | 'undeclared';

/** Tells in what kind of root an issuer ends; a self-signed certificate is its own root. */
export function rootKind(issuer: Issuer): RootKind {
  if (issuer.kind !== 'authority') return issuer.kind === 'public' ? 'public' : 'private';
  return issuer.authority.target ? 'private' : 'undeclared';
}

/** Tells whether a partner has the root of a certificate of ours; public roots are everywhere. */
export function trustOfPartner(partner: Partner, certificate: Certificate): Trust {
  const { issuedBy } = certificate;
  const kind = rootKind(issuedBy);
  if (kind !== 'private') return kind === 'public' ? 'trusted' : 'undeclared';
  const root = issuedBy.kind === 'authority' ? issuedBy.authority.target : certificate;
  return partner.trusts.some(({ target }) => target === root) ? 'trusted' : 'untrusted';
}

/**
 * Tells whether a server of ours has the root of a partner's certificate.
 *
 * A self-signed one has no name of its own, so an authority with the partner's name stands for it.
 */
export function trustOfServer(
  server: Server,
  partner: Partner & { readonly certificate: PartnerCertificate },
  authorities: readonly Authority[],
): Trust {
  const { issuedBy } = partner.certificate;
  const kind = rootKind(issuedBy);
  if (kind !== 'private') return kind === 'public' ? 'trusted' : 'undeclared';
  const root =
    issuedBy.kind === 'authority'
      ? issuedBy.authority.target
      : authorities.find(({ name }) => sameName(name.value, partner.name.value));
  return root?.trustedOn.some(({ target }) => target === server) ? 'trusted' : 'untrusted';
}
