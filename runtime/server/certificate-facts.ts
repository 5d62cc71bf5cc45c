import type { X509Certificate } from 'node:crypto';

import type { CertificateFacts } from '../decide/certificate.ts';

/** Reads what a certificate says as plain data. */
export function factsOf(certificate: X509Certificate): CertificateFacts {
  return {
    subject: certificate.subject,
    issuer: certificate.issuer,
    names: namesOf(certificate),
    notBefore: Date.parse(certificate.validFrom),
    notAfter: Date.parse(certificate.validTo),
    thumbprint: certificate.fingerprint.replaceAll(':', ''),
    selfSigned: isSelfSigned(certificate),
  };
}

/** A leaf may sign itself without being an authority, so only names and signature are asked. */
function isSelfSigned(certificate: X509Certificate): boolean {
  return certificate.subject === certificate.issuer && certificate.verify(certificate.publicKey);
}

/** Lists the DNS names of a certificate, with the common name of its subject. */
export function namesOf(certificate: X509Certificate): readonly string[] {
  const names = new Set(dnsNames(certificate.subjectAltName ?? ''));
  // Node writes one attribute a line and escapes line ends inside values.
  for (const line of (certificate.subject ?? '').split('\n')) {
    if (line.startsWith('CN=')) names.add(line.slice(3));
  }
  return [...names];
}

/** Takes the DNS names out of Node's text; a name with odd characters stands there as a JSON string. */
function dnsNames(subjectAltName: string): string[] {
  const entries = subjectAltName.matchAll(/(?:^|, )([A-Za-z ]+):("(?:[^"\\]|\\.)*"|[^,]*)/g);
  return [...entries].flatMap(([, kind, text = '']) => {
    if (kind !== 'DNS') return [];
    return [text.startsWith('"') ? String(JSON.parse(text)) : text];
  });
}
