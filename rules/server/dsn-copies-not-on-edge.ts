import { yaml, type RuleModule } from '../../src/rule-kit.ts';

export const rule: RuleModule = {
  severity: 'info',
  summary: 'Copies of delivery reports are asked for, and Edge servers do not hear of it.',
  why: `GenerateCopyOfDSNFor holds for the servers of the organization. An Edge server makes reports of its own and has a
    setting of its own, which EdgeSync does not carry; our scripts leave it alone.`,
  sources: ['EXCH Set-TransportConfig -GenerateCopyOfDSNFor'],

  check({ topology, report }) {
    const copies = topology.transportConfig.written.find(({ key }) => key.value === 'generateCopyOfDSNFor');
    const edges = topology.servers.filter(({ role }) => role.value === 'edge');
    const isEmpty = copies?.node.kind === 'list' && copies.node.items.length === 0;
    if (!copies || isEmpty || edges.length === 0) return;
    report({
      at: copies.key.at,
      message: `Copies of delivery reports are made inside the organization, and not on ${edges.map(({ name }) => `"${name.value}"`).join(', ')}.`,
      related: edges.map(({ name }) => ({ at: name.at, note: 'an Edge server' })),
      help: 'Run Set-TransportConfig -GenerateCopyOfDSNFor on each Edge server as well.',
    });
  },

  examples: {
    good: [
      yaml`
        servers: { MBX1: { role: mailbox, fqdn: mbx1.contoso.com, addresses: [10.0.0.11] } }
        transportConfig: { generateCopyOfDSNFor: [5.7.1] }
      `,
      yaml`
        servers: { EDGE1: { role: edge, fqdn: edge1.contoso.com, addresses: [192.0.2.25] } }
        transportConfig: { generateCopyOfDSNFor: [] }
      `,
    ],
    bad: [
      yaml`
        servers: { EDGE1: { role: edge, fqdn: edge1.contoso.com, addresses: [192.0.2.25] } }
        transportConfig: { generateCopyOfDSNFor: [5.7.1] }
        #                  ^^^^^^^^^^^^^^^^^^^^ and not on "EDGE1"
      `,
    ],
  },
};
