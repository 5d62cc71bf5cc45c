import {
  announcedName,
  parseSmtpDomain,
  presentedCertificate,
  serversOf,
  smtpCertificatesOn,
  yaml,
  type ReceiveConnector,
  type RuleModule,
  type SendConnector,
} from '../../src/rule-kit.ts';

export const rule: RuleModule = {
  severity: 'warning',
  summary: 'A connector announces an FQDN that no SMTP certificate on its server holds.',
  why: `Exchange chooses the certificate by the connector's FQDN, among those that are installed on the server and
    enabled for SMTP. Without one it does not offer STARTTLS and logs event 12014; a domain-secure Send connector has
    nothing to show. A wildcard stands for one label. The self-signed certificate that setup makes holds the server's
    own FQDN, so only other names can be left uncovered.`,
  sources: ['DOC R9', 'EXCH New-ReceiveConnector -Fqdn', 'EXCH New-SendConnector -Fqdn', 'RFC 6125 §6.4.3'],

  check({ topology, report }) {
    for (const connector of [...topology.receiveConnectors, ...topology.sendConnectors]) {
      if (!connector.enabled.value || !needsCertificate(connector)) continue;
      for (const server of serversOf(connector)) {
        const name = announcedName(connector, server);
        if (!parseSmtpDomain(name)) continue;
        if (presentedCertificate(topology, connector, server).kind !== 'none') continue;
        // Domain Security without any certificate is an error of untrusted-domain-secure-certificate.
        const there = smtpCertificatesOn(topology, server);
        if (there.length === 0 && connector.domainSecureEnabled.value && connector.partner) continue;
        report({
          at: connector.fqdn?.at ?? connector.name.at,
          message: `No SMTP certificate on "${server.name.value}" holds "${name}", the FQDN of ${kindOf(connector)} connector "${connector.name.value}".`,
          related: there.map((one) => ({ at: one.name.at, note: 'an SMTP certificate there' })),
          help: 'Install a certificate with that name and enable it for SMTP, or announce a name that one holds.',
        });
      }
    }
  },

  examples: {
    good: [
      yaml`
        servers: { HUB01: { role: mailbox, fqdn: hub01.contoso.com, addresses: [192.0.2.11] } }
        certificates:
          contoso-mail: { issuedBy: public, domains: ["*.contoso.com"], installedOn: [HUB01], services: [SMTP] }
        receiveConnectors:
          From Fabrikam:
            { server: HUB01, bindings: ["192.0.2.11:25"], remoteIPRanges: [198.51.100.7], fqdn: mail.contoso.com }
      `,
      yaml`
        servers: { HUB01: { role: mailbox, fqdn: hub01.contoso.com, addresses: [192.0.2.11] } }
        receiveConnectors:
          From Fabrikam: { server: HUB01, bindings: ["192.0.2.11:25"], remoteIPRanges: [198.51.100.7] }
      `,
    ],
    bad: [
      yaml`
        servers: { HUB01: { role: mailbox, fqdn: hub01.contoso.com, addresses: [192.0.2.11] } }
        certificates:
          contoso-mail: { issuedBy: public, domains: ["*.contoso.com"], installedOn: [HUB01], services: [SMTP] }
        receiveConnectors:
          From Fabrikam:
            server: HUB01
            bindings: ["192.0.2.11:25"]
            remoteIPRanges: [198.51.100.7]
            fqdn: smtp.eu.contoso.com
            #     ^^^^^^^^^^^^^^^^^^^ No SMTP certificate on "HUB01" holds "smtp.eu.contoso.com"
      `,
    ],
  },
};

/** STARTTLS is offered by Tls; towards others a certificate is shown only where Domain Security asks for it. */
function needsCertificate(connector: ReceiveConnector | SendConnector): boolean {
  return 'authMechanism' in connector
    ? connector.authMechanism.value.includes('Tls')
    : connector.domainSecureEnabled.value;
}

function kindOf(connector: ReceiveConnector | SendConnector): 'Receive' | 'Send' {
  return 'authMechanism' in connector ? 'Receive' : 'Send';
}
