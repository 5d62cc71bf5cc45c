import { yaml, type Authority, type Certificate, type RuleModule } from '../../src/rule-kit.ts';

export const rule: RuleModule = {
  severity: 'warning',
  summary: 'The file of a certificate or of an authority is not there.',
  why: `The file is copied into the transport bundle and named in the scripts, so both lack it. A path is relative to
    the topology file. Private keys are not looked for: they rightly stay on the machine that uses them.`,
  sources: ['EXCH Import-ExchangeCertificate', 'DOC R15'],

  check({ topology, fileExists, report }) {
    const missing = (kind: string, { name, file }: Authority | Certificate): void => {
      if (!file || fileExists(file.value)) return;
      report({
        at: file.at,
        message: `File "${file.value}" of ${kind} "${name.value}" is not there.`,
        help: 'Put the PEM file there, or correct the path.',
      });
    };
    for (const certificate of topology.certificates) missing('certificate', certificate);
    for (const authority of topology.authorities) missing('authority', authority);
  },

  examples: {
    good: [
      yaml`
        certificates:
          contoso-mail:
            issuedBy: contoso-root
            domains: [mail.contoso.com]
            file: certs/contoso-mail.pem
            privateKey: missing/contoso-mail.key
        authorities:
          contoso-root: { file: certs/contoso-root.pem }
      `,
    ],
    bad: [
      yaml`
        certificates:
          contoso-mail:
            issuedBy: contoso-root
            domains: [mail.contoso.com]
            file: missing/contoso-mail.pem
            #     ^^^^^^^^^^^^^^^^^^^^^^^^ of certificate "contoso-mail" is not there
        authorities:
          contoso-root: { file: missing/contoso-root.pem }
          #                     ^^^^^^^^^^^^^^^^^^^^^^^^ of authority "contoso-root" is not there
      `,
    ],
  },
};
