import { X509Certificate } from 'node:crypto';
import type { DetailedPeerCertificate, TLSSocket } from 'node:tls';
import type { ChainOutcome, PresentedCertificate } from './decide/client-certificate.ts';
import { factsOf } from './server/certificate-facts.ts';

/** Names of the topology's authorities, by the SHA-256 fingerprint of their certificate as Node writes it. */
export type AuthorityNames = ReadonlyMap<string, string>;

/**
 * Reads what the other side of a session presented, and how its chain was verified, as plain data for the decisions.
 *
 * The socket must have been made with `rejectUnauthorized: false`, so that the decision is made by us.
 * Fails: returns undefined where nothing was presented.
 */
export function presentedCertificate(
  socket: TLSSocket,
  authorities: AuthorityNames,
): PresentedCertificate | undefined {
  const leaf = socket.getPeerCertificate(true);
  // Node answers an empty object where there is no certificate.
  if (!Buffer.isBuffer(leaf.raw)) return undefined;
  const certificate = new X509Certificate(leaf.raw);
  const { names, notBefore, notAfter } = factsOf(certificate);
  const extendedKeyUsage = certificate.keyUsage as readonly string[] | undefined;
  return {
    chain: chainOf(socket, leaf, authorities),
    names,
    notBefore,
    notAfter,
    ...(extendedKeyUsage && { extendedKeyUsage }),
  };
}

function chainOf(
  socket: TLSSocket,
  leaf: DetailedPeerCertificate,
  authorities: AuthorityNames,
): ChainOutcome {
  if (!socket.authorized) return { kind: 'refused', reason: reasonOf(socket.authorizationError) };
  const seen = new Set<string>();
  for (let one: DetailedPeerCertificate | undefined = leaf; one !== undefined; one = one.issuerCertificate) {
    const authority = authorities.get(one.fingerprint256);
    if (authority !== undefined) return { kind: 'ends in authority', authority };
    // A root names itself as its issuer.
    if (seen.has(one.fingerprint256)) break;
    seen.add(one.fingerprint256);
  }
  return { kind: 'ends in public root' };
}

type Refusal = Extract<ChainOutcome, { kind: 'refused' }>['reason'];

/** OpenSSL's words for what the topology's author can put right; all others mean that the chain is broken. */
const reasons: ReadonlyMap<string, Refusal> = new Map<string, Refusal>([
  ['UNABLE_TO_GET_ISSUER_CERT', 'untrusted root'],
  ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'untrusted root'],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'untrusted root'],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', 'untrusted root'],
  ['SELF_SIGNED_CERT_IN_CHAIN', 'untrusted root'],
  ['CERT_UNTRUSTED', 'untrusted root'],
  ['CERT_HAS_EXPIRED', 'expired'],
  ['CERT_NOT_YET_VALID', 'not yet valid'],
  ['INVALID_PURPOSE', 'wrong purpose'],
]);

/** Node's types say Error, but what it sets is OpenSSL's code. */
function reasonOf(error: unknown): Refusal {
  const code = error instanceof Error && 'code' in error ? error.code : error;
  return reasons.get(String(code)) ?? 'broken';
}
