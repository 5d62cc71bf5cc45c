import { rootCertificates } from 'node:tls';
import { X509Certificate } from 'node:crypto';
import type { CertificateFacts } from './pem-file.ts';
import { isSignedBy } from './read-pem.ts';

/** A root under the name that a topology gives it. */
export interface NamedRoot {
  readonly name: string;
  readonly certificate: CertificateFacts;
}

/** A chain longer than this is none that a server would follow. */
const longestChain = 10;

/**
 * Tells where the chain of a certificate leads: to roots of a topology, by name, or to a public root; nowhere is an empty list.
 *
 * `beside` are the certificates that stand in its file and may be between the two. Dates are not looked at.
 */
export function chainEnd(
  leaf: CertificateFacts,
  beside: readonly CertificateFacts[],
  roots: readonly NamedRoot[],
): readonly string[] | 'public root' {
  let current = leaf;
  for (let length = 0; length < longestChain; length++) {
    const one = current;
    const ends = roots.filter(
      ({ certificate }) => certificate.pem === one.pem || isSignedBy(one, certificate),
    );
    if (ends.length > 0) return ends.map(({ name }) => name);
    if (isSignedByPublicRoot(one)) return 'public root';
    const next = beside.find((other) => other.pem !== one.pem && isSignedBy(one, other));
    if (next === undefined) return [];
    current = next;
  }
  return [];
}

function isSignedByPublicRoot({ pem }: CertificateFacts): boolean {
  const certificate = new X509Certificate(pem);
  return rootCertificates.some((text) => {
    const root = new X509Certificate(text);
    return certificate.checkIssued(root) && certificate.verify(root.publicKey);
  });
}
