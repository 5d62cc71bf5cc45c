import { authOf, sameName, yaml, type RuleModule } from '../../src/rule-kit.ts';

export const rule: RuleModule = {
  severity: 'warning',
  summary: 'The connector "Default SERVER" that setup made has another FQDN than its server.',
  why: `The other servers of the organization send to this connector and expect the server's own name there. The reference
    asks to leave it alone, for mail between the servers fails otherwise. Where ExchangeServer stands in authMechanism,
    foreign-fqdn-with-exchange-server-auth speaks of the names that the cmdlet refuses.`,
  sources: ['EXCH Set-ReceiveConnector -Fqdn'],

  check({ topology, report }) {
    for (const connector of topology.receiveConnectors) {
      const { name, fqdn } = connector;
      const server = connector.server.target;
      if (!server || fqdn.source !== 'written' || sameName(fqdn.value, server.fqdn.value)) continue;
      if (!sameName(name.value, `Default ${server.name.value}`)) continue;
      if (authOf(connector).includes('ExchangeServer') && !sameName(fqdn.value, server.name.value)) continue;
      report({
        at: fqdn.at,
        message: `"${name.value}" takes the mail of the other servers, and its FQDN "${fqdn.value}" is not the server's.`,
        related: [{ at: server.fqdn.at, note: 'the name that they expect' }],
        help: 'Leave its FQDN as it is, and make another connector for the other name.',
      });
    }
  },

  examples: {
    good: [
      yaml`
        organization: { name: Contoso, exchangeVersion: "2010" }
        servers: { HUB1: { role: hub, fqdn: hub1.contoso.com, addresses: [10.0.0.11] } }
        receiveConnectors:
          HUB1\\Default HUB1:
            bindings: ["0.0.0.0:25"]
            remoteIPRanges: [0.0.0.0-255.255.255.255]
            fqdn: hub1.contoso.com
          HUB1\\Internet:
            bindings: ["10.0.0.11:2525"]
            remoteIPRanges: [0.0.0.0-255.255.255.255]
            fqdn: mail.contoso.com
      `,
    ],
    bad: [
      yaml`
        organization: { name: Contoso, exchangeVersion: "2010" }
        servers: { HUB1: { role: hub, fqdn: hub1.contoso.com, addresses: [10.0.0.11] } }
        receiveConnectors:
          HUB1\\Default HUB1:
            bindings: ["0.0.0.0:25"]
            remoteIPRanges: [0.0.0.0-255.255.255.255]
            authMechanism: [Tls]
            fqdn: mail.contoso.com
            #     ^^^^^^^^^^^^^^^^ "mail.contoso.com" is not the server's
      `,
    ],
  },
};
