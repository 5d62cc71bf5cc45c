import { filedCertificates, yaml, type CertificateFacts, type RuleModule } from '../../src/rule-kit.ts';

/** Object identifiers of signatures over MD5 and SHA-1. Source: RFC 8017 §A.2.4, RFC 5758 §3. */
const weakSignatures: ReadonlyMap<string, string> = new Map([
  ['1.2.840.113549.1.1.4', 'MD5'],
  ['1.2.840.113549.1.1.5', 'SHA-1'],
  ['1.2.840.10040.4.3', 'SHA-1'],
  ['1.2.840.10045.4.1', 'SHA-1'],
]);

export const rule: RuleModule = {
  severity: 'warning',
  summary: 'A certificate has a key that is too short, or a signature over a broken digest.',
  why: `Current TLS libraries refuse RSA keys under 2048 bits and certificates signed over SHA-1 or MD5, so partners that
    validate will not take mail from such a server, and those that do not validate are told nothing. The signature of a
    certificate that signs itself proves nothing anyway and is not looked at.`,
  sources: ['RFC 9325 §4.5', 'RFC 9155 §1', 'EXCH New-ExchangeCertificate -KeySize'],

  check({ topology, certificateOf, report }) {
    for (const { facts, at, called } of filedCertificates(topology, certificateOf)) {
      for (const weakness of weaknessesOf(facts))
        report({
          at,
          message: `${called} ${weakness}.`,
          help: 'Have a new one issued with a new key of 2048 bits or more, signed over SHA-256.',
        });
    }
  },

  examples: {
    good: [
      yaml`
        certificates:
          contoso-mail: { issuedBy: contoso-root, domains: [mail.contoso.com], file: certs/contoso-mail.pem }
        authorities:
          contoso-root: { file: certs/contoso-root.pem }
      `,
    ],
    bad: [
      yaml`
        certificates:
          contoso-mail: { issuedBy: contoso-root, domains: [mail.contoso.com], file: certs/weak.pem }
          #                                                                          ^^^^^^^^^^^^^^ has an RSA key of 1024 bits
          #                                                                          ^^^^^^^^^^^^^^ is signed over SHA-1
      `,
    ],
  },
};

function weaknessesOf({ publicKey, signatureAlgorithm, isSelfSigned }: CertificateFacts): readonly string[] {
  const { type, bits } = publicKey;
  const digest = isSelfSigned ? undefined : weakSignatures.get(signatureAlgorithm);
  const isShort = bits !== undefined && (type === 'ec' ? bits < 224 : bits < 2048);
  return [
    ...(isShort ? [`has an ${type.toUpperCase()} key of ${bits} bits`] : []),
    ...(digest === undefined ? [] : [`is signed over ${digest}`]),
  ];
}
