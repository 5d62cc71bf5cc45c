import { yaml, type RuleModule } from '../../src/rule-kit.ts';

export const rule: RuleModule = {
  severity: 'error',
  lock: 'locked',
  summary: 'A private key stands in a file that is handed on as a certificate.',
  why: `The file of a certificate or an authority is public: it is copied into the transport bundle and into what partners are
    given. Whoever has the private key can pose as us. A key that lay in such a file should be thought of as lost, and the
    certificate renewed.`,
  sources: ['RFC 7468 §10', 'EXCH Export-ExchangeCertificate -BinaryEncoded'],

  check({ topology, certificateOf, report }) {
    for (const { name, file } of [...topology.certificates, ...topology.authorities]) {
      if (!file) continue;
      const contents = certificateOf(file.value);
      if (contents.kind !== 'read' || contents.privateKeys.length === 0) continue;
      report({
        at: file.at,
        message: `File "${file.value}" of "${name.value}" holds a private key.`,
        help: 'Leave the certificate alone in the file, and renew it with a new key.',
      });
    }
  },

  examples: {
    good: [
      yaml`
        certificates:
          contoso-mail:
            { issuedBy: public, domains: [mail.contoso.com], file: certs/contoso-mail.pem, privateKey: keys/other.key }
      `,
    ],
    bad: [
      yaml`
        certificates:
          contoso-mail: { issuedBy: public, domains: [mail.contoso.com], file: certs/with-key.pem }
          #                                                                    ^^^^^^^^^^^^^^^^^^ holds a private key
      `,
    ],
  },
};
