import { yaml, type Authority, type Certificate, type PemFile, type RuleModule } from '../../src/rule-kit.ts';

export const rule: RuleModule = {
  severity: 'error',
  summary: 'The file of a certificate or of an authority is none that a certificate can be read from.',
  why: `The file is copied into the transport bundle, imported by the scripts, and compared with what the topology says. It
    is PEM: text with BEGIN CERTIFICATE. The .cer that Windows exports as DER, and a .pfx, are not.`,
  sources: ['RFC 7468 §2', 'RFC 7468 §5', 'EXCH Import-ExchangeCertificate'],

  check({ topology, certificateOf, report }) {
    const check = (kind: string, { name, file }: Authority | Certificate): void => {
      if (!file) return;
      const fault = faultOf(certificateOf(file.value));
      if (fault === undefined) return;
      report({
        at: file.at,
        message: `File "${file.value}" of ${kind} "${name.value}" ${fault}.`,
        help: 'Export the certificate as PEM, which is also called Base-64 encoded X.509.',
      });
    };
    for (const certificate of topology.certificates) check('certificate', certificate);
    for (const authority of topology.authorities) check('authority', authority);
  },

  examples: {
    good: [
      yaml`
        certificates:
          contoso-mail: { issuedBy: public, domains: [mail.contoso.com], file: certs/contoso-mail.pem }
          other: { issuedBy: public, domains: [mail.contoso.com], file: missing/contoso-mail.pem }
      `,
    ],
    bad: [
      yaml`
        certificates:
          contoso-mail: { issuedBy: public, domains: [mail.contoso.com], file: certs/no-certificate.pem }
          #                                                                    ^^^^^^^^^^^^^^^^^^^^^^^^ holds no certificate in PEM
      `,
    ],
  },
};

function faultOf(file: PemFile): string | undefined {
  switch (file.kind) {
    case 'missing':
      return undefined;
    case 'unreadable':
      return `cannot be read, for ${file.reason}`;
    case 'read':
      if (file.malformedCertificates > 0) return 'has a certificate that cannot be read';
      return file.certificates.length === 0 ? 'holds no certificate in PEM' : undefined;
  }
}
