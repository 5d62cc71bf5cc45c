import { serversOf, writtenTrue, yaml, type RuleModule } from '../../src/rule-kit.ts';

export const rule: RuleModule = {
  severity: 'info',
  summary: 'A Send connector asks the external DNS servers of its source servers, which no topology shows.',
  why: `useExternalDNSServersEnabled chooses between two lists of DNS servers that each transport server has. The external
    one is set by ExternalDNSServers, or taken from the network adapter meant for it; where neither was set up, lookups go
    to the same servers as before, or fail.`,
  sources: [
    'EXCH New-SendConnector -UseExternalDNSServersEnabled',
    'EXCH Set-TransportService -ExternalDNSServers',
  ],

  check({ topology, report }) {
    for (const connector of topology.sendConnectors) {
      const value = writtenTrue(connector, 'useExternalDNSServersEnabled');
      if (!value) continue;
      const names = serversOf(connector).map(({ name }) => `"${name.value}"`);
      report({
        at: value.at,
        message: `Send connector "${connector.name.value}" asks the external DNS servers of ${names.join(' and ') || 'its source servers'}.`,
        help: 'See to it that ExternalDNSServers is set on each of them.',
      });
    }
  },

  examples: {
    good: [
      yaml`
        sendConnectors:
          Internet: { addressSpaces: ["*"], useExternalDNSServersEnabled: false }
      `,
    ],
    bad: [
      yaml`
        servers:
          MBX1: { role: mailbox, fqdn: mbx1.contoso.com, addresses: [10.0.0.11] }
          MBX2: { role: mailbox, fqdn: mbx2.contoso.com, addresses: [10.0.0.12] }
        sendConnectors:
          Internet: { addressSpaces: ["*"], sourceTransportServers: [MBX1, MBX2], useExternalDNSServersEnabled: true }
          #                                                                                                     ^^^^ the external DNS servers of "MBX1" and "MBX2"
      `,
    ],
  },
};
