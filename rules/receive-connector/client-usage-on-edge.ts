import { compareVersions, versionOf, yaml, type RuleModule } from '../../src/rule-kit.ts';

export const rule: RuleModule = {
  severity: 'error',
  summary: 'A Receive connector on an Edge server is of the usage client.',
  why: `Clients log on with accounts of the organization, which an Edge server outside of it does not know. The usage is not
    available there, as the page on Receive connectors says from Exchange 2016 on.`,
  sources: [
    'EXCH New-ReceiveConnector -Usage',
    'https://learn.microsoft.com/exchange/mail-flow/connectors/receive-connectors',
  ],

  check({ topology, report }) {
    for (const connector of topology.receiveConnectors) {
      const { name, server, usage } = connector;
      if (usage.value !== 'client' || server.target?.role.value !== 'edge') continue;
      if (compareVersions(versionOf(topology, connector), '2016') < 0) continue;
      report({
        at: usage.at,
        message: `Receive connector "${name.value}" is for clients that log on, which Edge server "${server.target.name.value}" cannot let in.`,
        related: [{ at: server.target.role.at, note: 'its role' }],
        help: 'Put the connector on a server of the organization, or choose another usage.',
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
          MBX1\\Clients: { usage: client, bindings: ["0.0.0.0:2587"], remoteIPRanges: [10.0.0.0/8] }
          EDGE1\\Internet: { usage: internet, bindings: ["192.0.2.25:25"] }
      `,
    ],
    bad: [
      yaml`
        servers: { EDGE1: { role: edge, fqdn: edge1.contoso.com, addresses: [192.0.2.25] } }
        receiveConnectors:
          EDGE1\\Clients: { usage: client, bindings: ["192.0.2.25:587"], remoteIPRanges: [10.0.0.0/8] }
          #                       ^^^^^^ is for clients that log on
      `,
    ],
  },
};
