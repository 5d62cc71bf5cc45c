import { reachesInternet, yaml, type RuleModule } from '../../src/rule-kit.ts';

export const rule: RuleModule = {
  severity: 'warning',
  summary: "A partner's Receive connector takes mail without TLS.",
  why: `The source document ends its Receive connector with AuthMechanism Tls and RequireTLS, so that nothing of the
    partner's mail crosses the Internet in the clear. Tls alone offers encryption and leaves it to the partner.
    Where Domain Security is on, domain-secure-without-required-tls says the same as an error.`,
  sources: ['DOC R19', 'EXCH Set-ReceiveConnector -RequireTLS', 'RFC 3207 §4'],

  check({ topology, report }) {
    for (const connector of topology.receiveConnectors) {
      const { name, partner, requireTLS, authMechanism } = connector;
      if (!partner || connector.domainSecureEnabled.value) continue;
      const offersTls = authMechanism.value.includes('Tls');
      if (requireTLS.value && offersTls) continue;
      // A server that the public sends to must not require TLS.
      if (reachesInternet(connector.remoteIPRanges.flatMap(({ parsed }) => parsed ?? []))) continue;
      const isWritten = requireTLS.source === 'written' && !requireTLS.value;
      report({
        at: requireTLS.value || (!offersTls && !isWritten) ? authMechanism.at : requireTLS.at,
        message: offersTls
          ? `Receive connector "${name.value}" takes mail of partner "${partner.value}" without TLS.`
          : `Receive connector "${name.value}" of partner "${partner.value}" has no "Tls" in its authMechanism.`,
        help: offersTls ? 'Set requireTLS: true.' : 'Set requireTLS: true and authMechanism: [Tls].',
      });
    }
  },

  examples: {
    good: [
      yaml`
        servers: { HUB01: { role: mailbox, fqdn: hub01.contoso.com, addresses: [192.0.2.11] } }
        partners: { fabrikam: { domains: [fabrikam.com], addresses: [198.51.100.0/24] } }
        receiveConnectors:
          From Fabrikam:
            { server: HUB01, partner: fabrikam, bindings: ["192.0.2.11:25"], authMechanism: [Tls], requireTLS: true }
      `,
      yaml`
        servers: { HUB01: { role: mailbox, fqdn: hub01.contoso.com, addresses: [10.0.0.11] } }
        receiveConnectors:
          From the printers: { server: HUB01, bindings: ["10.0.0.11:25"], remoteIPRanges: [10.0.8.0/24] }
      `,
    ],
    bad: [
      yaml`
        servers: { HUB01: { role: mailbox, fqdn: hub01.contoso.com, addresses: [192.0.2.11] } }
        partners: { fabrikam: { domains: [fabrikam.com], addresses: [198.51.100.0/24] } }
        receiveConnectors:
          From Fabrikam:
        # ^^^^^^^^^^^^^ takes mail of partner "fabrikam" without TLS
            { server: HUB01, partner: fabrikam, bindings: ["192.0.2.11:25"], authMechanism: [Tls] }
      `,
      yaml`
        servers: { HUB01: { role: mailbox, fqdn: hub01.contoso.com, addresses: [192.0.2.11] } }
        partners: { fabrikam: { domains: [fabrikam.com], addresses: [198.51.100.0/24] } }
        receiveConnectors:
          From Fabrikam:
            server: HUB01
            partner: fabrikam
            bindings: ["192.0.2.11:25"]
            authMechanism: [None]
            #              ^^^^^^ no "Tls"
      `,
    ],
  },
};
