import {
  parseTlsCertificateName,
  serversOf,
  smtpCertificatesOn,
  yaml,
  type Certificate,
  type RuleModule,
} from '../../src/rule-kit.ts';

export const rule: RuleModule = {
  severity: 'error',
  summary: 'A Send connector pins a certificate that some of its source servers do not have.',
  why: `TlsCertificateName holds for every source server alike. Mail that is sent by a server without this certificate waits with
    "454 4.7.5 The certificate specified in TlsCertificateName of the SendConnector could not be found", while the other
    servers send: part of the mail is late for no reason that one sees. Certificates are matched by the common name of the
    subject; servers that have certificates of other names are unknown-tls-certificate-name's.`,
  sources: [
    'EXCH New-SendConnector -TlsCertificateName',
    'https://learn.microsoft.com/archive/blogs/lalitbisht/mailflow-issue-from-exchange-on-prem-to-office-365',
  ],

  check({ topology, report }) {
    for (const connector of topology.sendConnectors) {
      const { name, tlsCertificateName } = connector;
      const wanted = tlsCertificateName && commonNameOf(tlsCertificateName.value);
      const servers = serversOf(connector);
      if (!tlsCertificateName || wanted === undefined || servers.length < 2) continue;
      const shown = servers.map((server) => ({ server, there: smtpCertificatesOn(topology, server) }));
      const pinned = shown.flatMap(({ there }) => there.find((one) => hasName(one, wanted)) ?? [])[0];
      if (!pinned) continue;
      for (const { server, there } of shown) {
        if (there.length > 0) continue;
        report({
          at: tlsCertificateName.at,
          message: `Send connector "${name.value}" pins certificate "${pinned.name.value}", which source server "${server.name.value}" does not have.`,
          related: [{ at: pinned.name.at, note: 'the certificate' }],
          help: `Add "${server.name.value}" to installedOn of "${pinned.name.value}".`,
        });
      }
    }
  },

  examples: {
    good: [
      yaml`
        servers:
          MBX1: { role: mailbox, fqdn: mbx1.contoso.com, addresses: [10.0.0.1] }
          MBX2: { role: mailbox, fqdn: mbx2.contoso.com, addresses: [10.0.0.2] }
        certificates:
          mail: { issuedBy: public, domains: [mail.contoso.com], installedOn: [MBX1, MBX2], services: [SMTP] }
        sendConnectors:
          Internet:
            addressSpaces: ["*"]
            sourceTransportServers: [MBX1, MBX2]
            tlsCertificateName: "<I>CN=Example CA<S>CN=mail.contoso.com"
      `,
    ],
    bad: [
      yaml`
        servers:
          MBX1: { role: mailbox, fqdn: mbx1.contoso.com, addresses: [10.0.0.1] }
          MBX2: { role: mailbox, fqdn: mbx2.contoso.com, addresses: [10.0.0.2] }
        certificates:
          mail: { issuedBy: public, domains: [mail.contoso.com], installedOn: [MBX1], services: [SMTP] }
        sendConnectors:
          Internet:
            addressSpaces: ["*"]
            sourceTransportServers: [MBX1, MBX2]
            tlsCertificateName: "<I>CN=Example CA<S>CN=mail.contoso.com"
            #                   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ which source server "MBX2" does not have
      `,
    ],
  },
};

/** Reads the common name of the subject, where it is a plain one. */
function commonNameOf(text: string): string | undefined {
  const subject = parseTlsCertificateName(text)?.subject ?? '';
  return /(?:^|,)\s*CN\s*=\s*"?([^,"]+)/i.exec(subject)?.[1]?.trim().toLowerCase();
}

function hasName({ domains }: Certificate, name: string): boolean {
  return domains.some(({ value }) => value.toLowerCase() === name);
}
