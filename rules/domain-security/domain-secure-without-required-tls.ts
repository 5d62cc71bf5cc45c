import { reachesInternet, yaml, type RuleModule } from '../../src/rule-kit.ts';

export const rule: RuleModule = {
  severity: 'error',
  summary: "A partner's Receive connector has Domain Security, but takes mail without TLS.",
  why: `Domain Security looks at the domains on TLSReceiveDomainSecureList only. Whatever else the partner sends would
    still come in the clear, which is why the source document sets RequireTLS on this connector. A connector that
    serves the whole Internet is left alone, for a server that the public sends to must not require TLS.`,
  sources: ['DOC R19', 'EXCH Set-ReceiveConnector -RequireTLS', 'RFC 3207 §4'],

  check({ topology, report }) {
    for (const connector of topology.receiveConnectors) {
      const { name, partner, requireTLS, domainSecureEnabled } = connector;
      if (!domainSecureEnabled.value || requireTLS.value) continue;
      // Exchange's own servers speak to each other over a TLS of their own, which needs no RequireTLS.
      if (!partner && connector.authMechanism.value.includes('ExchangeServer')) continue;
      if (reachesInternet(connector.remoteIPRanges.flatMap(({ parsed }) => parsed ?? []))) continue;
      const isWritten = requireTLS.source === 'written';
      report({
        at: isWritten ? requireTLS.at : domainSecureEnabled.at,
        message: `Receive connector "${name.value}" has Domain Security, but takes mail without TLS.`,
        ...(isWritten && { related: [{ at: domainSecureEnabled.at, note: 'Domain Security' }] }),
        help: 'Set requireTLS: true.',
      });
    }
  },

  examples: {
    good: [
      yaml`
        servers: { EDGE01: { role: edge, fqdn: mail.contoso.com, addresses: [192.0.2.25] } }
        partners: { fabrikam: { domains: [fabrikam.com], addresses: [198.51.100.0/24] } }
        receiveConnectors:
          From Fabrikam:
            { server: EDGE01, partner: fabrikam, bindings: ["192.0.2.25:25"], requireTLS: true, domainSecureEnabled: true }
      `,
      yaml`
        servers: { EDGE01: { role: edge, fqdn: mail.contoso.com, addresses: [192.0.2.25] } }
        receiveConnectors:
          From the Internet:
            { server: EDGE01, usage: internet, bindings: ["0.0.0.0:25"], domainSecureEnabled: true }
      `,
    ],
    bad: [
      yaml`
        servers: { EDGE01: { role: edge, fqdn: mail.contoso.com, addresses: [192.0.2.25] } }
        partners: { fabrikam: { domains: [fabrikam.com], addresses: [198.51.100.0/24] } }
        receiveConnectors:
          From Fabrikam:
            server: EDGE01
            partner: fabrikam
            bindings: ["192.0.2.25:25"]
            domainSecureEnabled: true
            #                    ^^^^ takes mail without TLS
      `,
      yaml`
        servers: { EDGE01: { role: edge, fqdn: mail.contoso.com, addresses: [192.0.2.25] } }
        partners: { fabrikam: { domains: [fabrikam.com], addresses: [198.51.100.0/24] } }
        receiveConnectors:
          From Fabrikam:
            server: EDGE01
            partner: fabrikam
            bindings: ["192.0.2.25:25"]
            requireTLS: false
            #           ^^^^^ takes mail without TLS
            domainSecureEnabled: true
      `,
    ],
  },
};
