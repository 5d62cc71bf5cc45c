import { certificatesIn, printDistinguishedName, yaml, type RuleModule } from '../../src/rule-kit.ts';

export const rule: RuleModule = {
  severity: 'warning',
  summary: 'The file of an authority holds a certificate that is no root.',
  why: `Trust begins at a root, which signs itself. Windows takes an intermediate authority for trusted only where its root is
    trusted as well, so installing it alone changes nothing, and chains that end in it stay untrusted.`,
  sources: ['DOC R15', 'RFC 5280 §6.1'],

  check({ topology, certificateOf, report }) {
    for (const authority of topology.authorities) {
      const certificates = certificatesIn(certificateOf, authority);
      if (certificates.length === 0 || !authority.file || certificates.some((one) => one.isSelfSigned))
        continue;
      const [first] = certificates;
      report({
        at: authority.file.at,
        message: `File "${authority.file.value}" of authority "${authority.name.value}" holds no root; its certificate was signed by "${printDistinguishedName(first?.issuer ?? '')}".`,
        help: 'Put the root there, and the intermediate certificates into the files of the certificates.',
      });
    }
  },

  examples: {
    good: [
      yaml`
        authorities:
          contoso-root: { file: certs/contoso-root.pem }
          fabrikam: { file: certs/self-signed.pem }
      `,
    ],
    bad: [
      yaml`
        authorities:
          contoso-issuing: { file: certs/contoso-issuing.pem }
          #                        ^^^^^^^^^^^^^^^^^^^^^^^^^ holds no root; its certificate was signed by "CN=Contoso Root"
      `,
    ],
  },
};
