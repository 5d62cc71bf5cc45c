import { compareVersions, versionOf, wordIn, yaml, type RuleModule } from '../../src/rule-kit.ts';

export const rule: RuleModule = {
  severity: 'error',
  summary: 'A Receive connector on an Edge server has the permission group ExchangeLegacyServers.',
  why: `The group is one of Active Directory, which an Edge server is not part of: it is not available there, as the page on
    Receive connectors says from Exchange 2016 on.`,
  sources: [
    'https://learn.microsoft.com/exchange/mail-flow/connectors/receive-connectors',
    'EXCH New-ReceiveConnector -PermissionGroups',
  ],

  check({ topology, report }) {
    for (const connector of topology.receiveConnectors) {
      const { name, server } = connector;
      const at = wordIn(connector, 'permissionGroups', 'ExchangeLegacyServers');
      if (!at || server.target?.role.value !== 'edge') continue;
      if (compareVersions(versionOf(topology, connector), '2016') < 0) continue;
      report({
        at,
        message: `Receive connector "${name.value}" has "ExchangeLegacyServers", a group that Edge server "${server.value}" does not know.`,
        related: [{ at: server.target.role.at, note: 'its role' }],
        help: 'Remove ExchangeLegacyServers.',
      });
    }
  },

  examples: {
    good: [
      yaml`
        servers:
          EDGE1: { role: edge, fqdn: edge1.contoso.com, addresses: [192.0.2.25] }
          MBX1: { role: mailbox, fqdn: mbx1.contoso.com, addresses: [10.0.0.11] }
        receiveConnectors:
          EDGE1\\Inward: { usage: internal, bindings: ["192.0.2.25:26"], remoteIPRanges: [10.0.0.11] }
          MBX1\\Servers: { usage: internal, bindings: ["10.0.0.11:26"], remoteIPRanges: [10.0.0.12] }
      `,
    ],
    bad: [
      yaml`
        servers: { EDGE1: { role: edge, fqdn: edge1.contoso.com, addresses: [192.0.2.25] } }
        receiveConnectors:
          EDGE1\\Inward:
            bindings: ["192.0.2.25:26"]
            remoteIPRanges: [10.0.0.11]
            authMechanism: [Tls, ExchangeServer]
            permissionGroups: [ExchangeServers, ExchangeLegacyServers]
            #                                   ^^^^^^^^^^^^^^^^^^^^^ a group that Edge server "EDGE1" does not know
      `,
    ],
  },
};
