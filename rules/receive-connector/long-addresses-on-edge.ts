import { writtenTrue, yaml, type RuleModule } from '../../src/rule-kit.ts';

export const rule: RuleModule = {
  severity: 'error',
  summary: 'A Receive connector on an Edge server takes long X.400 addresses.',
  why: `XLONGADDR, by which an address may be 1,860 characters long, is for mail between servers of the organization. The
    parameter can be used on connectors of the Transport service inside alone, not on an Edge server.`,
  sources: ['EXCH New-ReceiveConnector -LongAddressesEnabled'],

  check({ topology, report }) {
    for (const connector of topology.receiveConnectors) {
      const { name, server } = connector;
      const long = writtenTrue(connector, 'longAddressesEnabled');
      if (!long || server.target?.role.value !== 'edge') continue;
      report({
        at: long.at,
        message: `Receive connector "${name.value}" takes long addresses, and "${server.target.name.value}" is an Edge server.`,
        related: [{ at: server.target.role.at, note: 'its role' }],
        help: 'Remove longAddressesEnabled.',
        fix: { description: 'Turn long addresses off.', edits: [{ at: long.at, text: 'false' }] },
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
          EDGE1\\Gateway: { bindings: ["192.0.2.25:26"], remoteIPRanges: [10.0.8.7], longAddressesEnabled: false }
          MBX1\\Gateway: { bindings: ["10.0.0.11:26"], remoteIPRanges: [10.0.8.7], longAddressesEnabled: true }
      `,
    ],
    bad: [
      yaml`
        servers: { EDGE1: { role: edge, fqdn: edge1.contoso.com, addresses: [192.0.2.25] } }
        receiveConnectors:
          EDGE1\\Gateway: { bindings: ["192.0.2.25:26"], remoteIPRanges: [10.0.8.7], longAddressesEnabled: true }
          #                                                                                               ^^^^ takes long addresses
      `,
    ],
  },
};
