import { serversOf, smtpCertificatesOn, yaml, type RuleModule } from '../../src/rule-kit.ts';

/** Reads the common name of the subject in `<I>issuer<S>subject`, where it is a domain; others can be anything. */
function commonNameIn(text: string): string | undefined {
  const subject = /<S>(.*)$/is.exec(text)?.[1] ?? '';
  const name = /(?:^|,)\s*CN\s*=\s*"?([^,"]+)/i.exec(subject)?.[1]?.trim();
  return name !== undefined && /^(\*\.)?[a-z0-9-]+(\.[a-z0-9-]+)+$/i.test(name) ? name : undefined;
}

export const rule: RuleModule = {
  severity: 'warning',
  summary: 'A connector pins a certificate by a subject that no certificate on its server has.',
  why: `TlsCertificateName names issuer and subject of one certificate. After a renewal under another name the connector still
    looks for the old one: a Send connector answers "454 4.7.5", a Receive connector offers no STARTTLS. Only subjects
    whose common name is a domain are compared, with the names of the declared certificates for SMTP.`,
  sources: [
    'EXCH New-ReceiveConnector -TlsCertificateName',
    'EXCH New-SendConnector -TlsCertificateName',
    'https://learn.microsoft.com/archive/blogs/lalitbisht/mailflow-issue-from-exchange-on-prem-to-office-365',
  ],

  check({ topology, report }) {
    for (const connector of [...topology.sendConnectors, ...topology.receiveConnectors]) {
      const { name, tlsCertificateName } = connector;
      const wanted = tlsCertificateName && commonNameIn(tlsCertificateName.value);
      if (!tlsCertificateName || wanted === undefined) continue;
      for (const server of serversOf(connector)) {
        const certificates = smtpCertificatesOn(topology, server);
        const names = certificates.flatMap(({ domains }) => domains.map(({ value }) => value.toLowerCase()));
        // A server whose certificates nobody declared may have any.
        if (names.length === 0 || names.includes(wanted.toLowerCase())) continue;
        report({
          at: tlsCertificateName.at,
          message: `"${name.value}" wants a certificate for "${wanted}", and none for SMTP on "${server.name.value}" has that name.`,
          related: certificates.slice(0, 1).map((one) => ({ at: one.name.at, note: 'a certificate there' })),
          help: 'Write issuer and subject of a certificate that is installed there.',
        });
        break;
      }
    }
  },

  examples: {
    good: [
      yaml`
        servers: { EDGE1: { role: edge, fqdn: edge1.contoso.com, addresses: [192.0.2.25] } }
        certificates:
          mail: { issuedBy: public, domains: [mail.contoso.com], installedOn: [EDGE1], services: [SMTP] }
        receiveConnectors:
          EDGE1\\Fabrikam:
            bindings: ["192.0.2.25:25"]
            remoteIPRanges: [198.51.100.7]
            tlsCertificateName: <I>CN=Some Authority, C=US<S>CN=Mail.contoso.com, O=Contoso
          EDGE1\\Adatum:
            bindings: ["192.0.2.25:26"]
            remoteIPRanges: [198.51.100.8]
            tlsCertificateName: <I>CN=Some Authority, C=US<S>CN=Contoso Mail, O=Contoso
      `,
    ],
    bad: [
      yaml`
        servers: { EDGE1: { role: edge, fqdn: edge1.contoso.com, addresses: [192.0.2.25] } }
        certificates:
          mail: { issuedBy: public, domains: [mail.contoso.com], installedOn: [EDGE1], services: [SMTP] }
        receiveConnectors:
          EDGE1\\Fabrikam:
            bindings: ["192.0.2.25:25"]
            remoteIPRanges: [198.51.100.7]
            tlsCertificateName: <I>CN=Some Authority, C=US<S>CN=smtp.contoso.com, O=Contoso
            #                   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ none for SMTP on "EDGE1" has that name
      `,
    ],
  },
};
