import type { Authority } from '../../runtime/config.ts';
import type { ChainOutcome, PresentedCertificate } from '../../runtime/decide/client-certificate.ts';
import type { ClientCertificate } from './scenario.ts';

/** The roots that the other side of a handshake accepts. */
export interface TrustedRoots {
  readonly authorities: readonly Authority[];
  readonly roots: 'authorities' | 'authorities and public';
}

/** Purposes in a certificate that a client or a server must have, where it limits them. Source: RFC 5280 §4.2.1.12. */
const purposes = { client: '1.3.6.1.5.5.7.3.2', server: '1.3.6.1.5.5.7.3.1' } as const;
const anyPurpose = '2.5.29.37.0';

/** Tells what the verification of a handshake makes of a certificate, in the form that the decisions read. */
export function presentedAs(
  certificate: ClientCertificate,
  trusted: TrustedRoots,
  purpose: 'client' | 'server',
  now: number,
): PresentedCertificate {
  switch (certificate.kind) {
    case 'declared': {
      const { issuedBy, name, domains } = certificate;
      // A self-signed certificate has no root but itself, so an authority with its name stands for it.
      const leadsTo = issuedBy === 'public' ? 'public root' : [issuedBy === 'selfSigned' ? name : issuedBy];
      return { chain: chainTo(leadsTo, trusted), names: domains, notBefore: 0, notAfter: Infinity };
    }
    case 'file': {
      const { leadsTo, names, notBefore, notAfter, extendedKeyUsage } = certificate;
      const lacksPurpose =
        extendedKeyUsage?.some((one) => [purposes[purpose], anyPurpose].includes(one)) === false;
      const dated = now > notAfter ? 'expired' : now < notBefore ? 'not yet valid' : undefined;
      const chain = chainTo(leadsTo, trusted);
      // Of several faults, OpenSSL tells the date before the root, and the root before the purpose.
      const reason = dated ?? (chain.kind !== 'refused' && lacksPurpose ? 'wrong purpose' : undefined);
      return {
        chain: reason === undefined ? chain : { kind: 'refused', reason },
        names,
        notBefore,
        notAfter,
        ...(extendedKeyUsage && { extendedKeyUsage }),
      };
    }
    case 'server':
      return { chain: chainTo([], trusted), names: [certificate.name], notBefore: 0, notAfter: Infinity };
  }
}

function chainTo(
  leadsTo: readonly string[] | 'public root',
  { authorities, roots }: TrustedRoots,
): ChainOutcome {
  if (leadsTo === 'public root') {
    if (roots === 'authorities and public') return { kind: 'ends in public root' };
    return { kind: 'refused', reason: 'untrusted root' };
  }
  const ends = authorities.find(({ name }) =>
    leadsTo.some((wanted) => wanted.toLowerCase() === name.toLowerCase()),
  );
  return ends
    ? { kind: 'ends in authority', authority: ends.name }
    : { kind: 'refused', reason: 'untrusted root' };
}
