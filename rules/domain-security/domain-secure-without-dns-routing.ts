import { yaml, type RuleModule } from '../../src/rule-kit.ts';

export const rule: RuleModule = {
  severity: 'error',
  summary: 'A Send connector has Domain Security, but uses smart hosts or ignores STARTTLS.',
  why: `Domain Security compares the certificate of the server that the mail is handed to with the recipient's domain.
    So Exchange must find that server by the domain's MX records, not be sent to a smart host, and must start TLS
    with it. Otherwise mail for the domains on TLSSendDomainSecureList waits in the queue and expires.`,
  sources: ['EXCH New-SendConnector -DomainSecureEnabled', 'DOC S9', 'DOC S13'],

  check({ topology, report }) {
    for (const connector of topology.sendConnectors) {
      const { name, domainSecureEnabled, dnsRoutingEnabled, smartHosts, ignoreSTARTTLS } = connector;
      if (!domainSecureEnabled.value) continue;
      const related = [{ at: domainSecureEnabled.at, note: 'Domain Security' }];
      const [smartHost] = smartHosts;
      if (smartHost || !dnsRoutingEnabled.value) {
        const route = smartHost ? `sends to smart host "${smartHost.value}"` : 'does not route by DNS';
        report({
          at: dnsRoutingEnabled.value && smartHost ? smartHost.at : dnsRoutingEnabled.at,
          message: `Send connector "${name.value}" has Domain Security, but ${route}.`,
          related,
          help: 'Route by DNS without smart hosts, or set domainSecureEnabled: false.',
        });
      }
      if (ignoreSTARTTLS.value) {
        report({
          at: ignoreSTARTTLS.at,
          message: `Send connector "${name.value}" has Domain Security, but ignores STARTTLS.`,
          related,
          help: 'Set ignoreSTARTTLS: false.',
        });
      }
    }
  },

  examples: {
    good: [
      yaml`
        servers: { EDGE01: { role: edge, fqdn: mail.contoso.com, addresses: [192.0.2.25], subscribedTo: Munich } }
        sendConnectors:
          To Fabrikam:
            { addressSpaces: [fabrikam.com], domainSecureEnabled: true, sourceTransportServers: [EDGE01] }
      `,
      yaml`
        servers: { HUB01: { role: mailbox, fqdn: hub01.contoso.com, addresses: [192.0.2.11] } }
        sendConnectors:
          To Fabrikam:
            { addressSpaces: [fabrikam.com], smartHosts: [in.fabrikam.com], sourceTransportServers: [HUB01] }
      `,
    ],
    bad: [
      yaml`
        servers: { HUB01: { role: mailbox, fqdn: hub01.contoso.com, addresses: [192.0.2.11] } }
        sendConnectors:
          To Fabrikam:
            addressSpaces: [fabrikam.com]
            smartHosts: [in.fabrikam.com]
            #           ^^^^^^^^^^^^^^^^^ sends to smart host "in.fabrikam.com"
            domainSecureEnabled: true
            sourceTransportServers: [HUB01]
      `,
      yaml`
        servers: { HUB01: { role: mailbox, fqdn: hub01.contoso.com, addresses: [192.0.2.11] } }
        sendConnectors:
          To Fabrikam:
            addressSpaces: [fabrikam.com]
            domainSecureEnabled: true
            ignoreSTARTTLS: true
            #               ^^^^ ignores STARTTLS
            sourceTransportServers: [HUB01]
      `,
    ],
  },
};
