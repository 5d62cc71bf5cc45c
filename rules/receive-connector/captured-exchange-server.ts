import { authOf, capturedServers, yaml, type RuleModule } from '../../src/rule-kit.ts';

export const rule: RuleModule = {
  severity: 'error',
  summary:
    'A Receive connector takes the connections of another Exchange server of ours and cannot let it in as such.',
  why: `The most specific range decides which connector serves a client, and the others are never tried. Where a connector for
    relaying devices names a network with an Exchange server in it, mail from that server meets it, finds no Exchange
    authentication, and waits in the queue with "451 5.7.3 Cannot achieve Exchange Server authentication". What counts is a
    connector with ExchangeServer in authMechanism and the group ExchangeServers, those of setup among them.`,
  sources: [
    'https://learn.microsoft.com/exchange/mail-flow/connectors/receive-connectors',
    'https://frankysweb.de/en/exchange-server-451-5-7-3-cannot-achieve-exchange-server-authentication',
    'EXCH New-ReceiveConnector -RemoteIPRanges',
  ],

  check({ topology, report }) {
    for (const { connector, range, peer, address, meant } of capturedServers(topology)) {
      const { name, server } = connector;
      const lacks = authOf(connector).includes('ExchangeServer')
        ? 'the group ExchangeServers'
        : 'ExchangeServer in authMechanism';
      report({
        at: range.at,
        message: `Range ${range.value} of "${name.value}" takes the mail of "${peer.name.value}" at ${address.value} away from "${meant}" on "${server.value}", and it lacks ${lacks}.`,
        related: [{ at: address.at, note: `an address of "${peer.name.value}"` }],
        help: `Leave ${address.value} out of the range.`,
      });
    }
  },

  examples: {
    good: [
      yaml`
        servers:
          MBX1: { role: mailbox, fqdn: mbx1.contoso.com, addresses: [10.0.0.11] }
          MBX2: { role: mailbox, fqdn: mbx2.contoso.com, addresses: [10.0.0.12] }
          EDGE1: { role: edge, fqdn: edge1.contoso.com, addresses: [10.0.9.25] }
        receiveConnectors:
          MBX1\\Printers:
            transportRole: FrontendTransport
            bindings: ["0.0.0.0:25"]
            remoteIPRanges: [10.0.8.0/24, 10.0.9.0/24, 10.0.0.13-10.0.0.99]
            permissionGroups: [AnonymousUsers]
          MBX1\\Scanners:
            bindings: ["0.0.0.0:2526"]
            remoteIPRanges: [10.0.0.0/24]
            permissionGroups: [AnonymousUsers]
          MBX2\\Servers:
            bindings: ["0.0.0.0:25"]
            remoteIPRanges: [10.0.0.0/24]
            authMechanism: [Tls, ExchangeServer]
            permissionGroups: [ExchangeServers]
          MBX2\\Old: { enabled: false, bindings: ["0.0.0.0:25"], remoteIPRanges: [10.0.0.11] }
      `,
    ],
    bad: [
      yaml`
        servers:
          MBX1: { role: mailbox, fqdn: mbx1.contoso.com, addresses: [10.0.0.11] }
          MBX2: { role: mailbox, fqdn: mbx2.contoso.com, addresses: [10.0.0.12] }
        receiveConnectors:
          MBX1\\Printers:
            transportRole: FrontendTransport
            bindings: ["10.0.0.11:25"]
            remoteIPRanges: [10.0.8.0/24, 10.0.0.0/24]
            #                             ^^^^^^^^^^^ takes the mail of "MBX2" at 10.0.0.12 away from "Default Frontend MBX1"
            permissionGroups: [AnonymousUsers]
      `,
      yaml`
        organization: { name: Contoso, exchangeVersion: "2010" }
        servers:
          HUB1: { role: hub, fqdn: hub1.contoso.com, addresses: [10.0.0.11], site: Munich }
          EDGE1: { role: edge, fqdn: edge1.contoso.com, addresses: [10.0.9.25], subscribedTo: Munich }
        receiveConnectors:
          HUB1\\Gateways:
            bindings: ["0.0.0.0:25"]
            remoteIPRanges: [10.0.9.0/24]
            #                ^^^^^^^^^^^ takes the mail of "EDGE1" at 10.0.9.25 away from "Default HUB1"
            permissionGroups: [AnonymousUsers]
      `,
    ],
  },
};
