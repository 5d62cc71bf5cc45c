import { authOf, sameName, yaml, type RuleModule } from '../../src/rule-kit.ts';

export const rule: RuleModule = {
  severity: 'error',
  summary:
    'A Receive connector authenticates Exchange servers and calls itself by another name than its server has.',
  why: `Servers of the organization check the name that the connector shows when they authenticate, so with ExchangeServer in
    authMechanism the FQDN is the server's own, its computer name, or none. The cmdlets refuse another one. A public name
    belongs to a connector of its own, for clients from outside.`,
  sources: [
    'EXCH Set-ReceiveConnector -Fqdn',
    'https://oxfordsbsguy.com/2016/02/20/exchange-2013-initial-configuration-settings-how-to-change-the-fqdn-on-the-default-frontend-receive-connector-part-9/',
  ],

  check({ topology, report }) {
    for (const connector of topology.receiveConnectors) {
      const { name, fqdn } = connector;
      const server = connector.server.target;
      if (!server || fqdn.source !== 'written' || !authOf(connector).includes('ExchangeServer')) continue;
      if (sameName(fqdn.value, server.fqdn.value) || sameName(fqdn.value, server.name.value)) continue;
      report({
        at: fqdn.at,
        message: `Receive connector "${name.value}" has ExchangeServer in authMechanism and calls itself "${fqdn.value}", which is no name of "${server.name.value}".`,
        related: [{ at: server.fqdn.at, note: 'the name of the server' }],
        help: `Write ${server.fqdn.value}, or make a connector without ExchangeServer for this name.`,
      });
    }
  },

  examples: {
    good: [
      yaml`
        servers: { MBX1: { role: mailbox, fqdn: mbx1.contoso.com, addresses: [10.0.0.11] } }
        receiveConnectors:
          MBX1\\Servers:
            bindings: ["10.0.0.11:2526"]
            remoteIPRanges: [10.0.0.12]
            fqdn: MBX1.contoso.com
            authMechanism: [Tls, ExchangeServer]
            permissionGroups: [ExchangeServers]
          MBX1\\Partners:
            bindings: ["10.0.0.11:2527"]
            remoteIPRanges: [198.51.100.7]
            fqdn: mail.contoso.com
            permissionGroups: [AnonymousUsers]
      `,
    ],
    bad: [
      yaml`
        servers: { MBX1: { role: mailbox, fqdn: mbx1.contoso.com, addresses: [10.0.0.11] } }
        receiveConnectors:
          MBX1\\Default Frontend MBX1:
            bindings: ["0.0.0.0:25", "[::]:25"]
            remoteIPRanges: ["0.0.0.0-255.255.255.255", "::/0"]
            fqdn: mail.contoso.com
            #     ^^^^^^^^^^^^^^^^ which is no name of "MBX1"
      `,
    ],
  },
};
