/** What a certificate is for, as its key usage says it. Source: RFC 5280 §4.2.1.3. */
export type KeyUsage = 'digitalSignature' | 'keyEncipherment' | 'keyAgreement' | 'keyCertSign';

/** The public key of a certificate. */
export interface PublicKeyFacts {
  /** Such as `rsa`, `ec` or `ed25519`. */
  readonly type: string;
  /** Unit: bits; absent where the type has one size. */
  readonly bits?: number;
  /** SHA-256 over the key, in hexadecimal digits; a private key has the same. */
  readonly fingerprint: string;
}

/** What a certificate says of itself, as plain data. */
export interface CertificateFacts {
  /** One attribute a line, as Node writes it; `sameDistinguishedName` compares. */
  readonly subject: string;
  readonly issuer: string;
  /** The common name and all DNS names, as written. */
  readonly names: readonly string[];
  readonly serialNumber: string;
  /** Unit: milliseconds since 1970. */
  readonly notBefore: number;
  /** Unit: milliseconds since 1970. */
  readonly notAfter: number;
  /** Absent where the certificate does not limit its use. */
  readonly keyUsage?: readonly KeyUsage[];
  /** Object identifiers; absent where the certificate does not limit its purpose. */
  readonly extendedKeyUsage?: readonly string[];
  /** Whether it may sign other certificates. Source: RFC 5280 §4.2.1.9. */
  readonly isAuthority: boolean;
  readonly isSelfSigned: boolean;
  readonly publicKey: PublicKeyFacts;
  /** Object identifier of the algorithm that it is signed with. */
  readonly signatureAlgorithm: string;
  /** Unit: octets of the subject in DER, as a list of trusted issuers carries it. */
  readonly subjectLength: number;
  /** SHA-256 over the certificate, pairs of hexadecimal digits with colons between them. */
  readonly fingerprint: string;
  /** The certificate alone, in PEM. */
  readonly pem: string;
}

/** A private key that stands in a file; nothing of it but the fingerprint of its public half is kept. */
export type PrivateKeyFacts =
  | { readonly kind: 'plain'; readonly fingerprint: string }
  /** Only its password would tell more. */
  | { readonly kind: 'encrypted' }
  | { readonly kind: 'malformed' };

/** A file of certificates or keys, read. */
export type PemFile =
  | { readonly kind: 'missing' }
  /** `reason` is a clause such as "it is a directory". */
  | { readonly kind: 'unreadable'; readonly reason: string }
  | PemContents;

/** What a file holds, in its order. */
export interface PemContents {
  readonly kind: 'read';
  readonly certificates: readonly CertificateFacts[];
  readonly privateKeys: readonly PrivateKeyFacts[];
  /** How many blocks call themselves certificates and are none. */
  readonly malformedCertificates: number;
}
