import { yaml, type RuleModule } from '../../src/rule-kit.ts';

export const rule: RuleModule = {
  severity: 'warning',
  summary:
    'A Receive connector listens on port 475 of a Mailbox server, which Mailbox Transport Delivery has.',
  why: `From Exchange 2013 on the Mailbox Transport Delivery service takes mail from Transport on port 475. Its connector is
    seen in no list, so the clash shows only when one of the two services does not start.`,
  sources: ['https://learn.microsoft.com/exchange/mail-flow/connectors/receive-connectors'],

  check({ topology, report }) {
    for (const { name, server, bindings } of topology.receiveConnectors) {
      if (server.target?.role.value !== 'mailbox') continue;
      for (const { parsed, at } of bindings) {
        if (parsed?.port !== 475) continue;
        report({
          at,
          message: `Receive connector "${name.value}" listens on port 475, where "${server.target.name.value}" delivers to mailboxes.`,
          help: 'Take another port.',
        });
      }
    }
  },

  examples: {
    good: [
      yaml`
        servers:
          MBX1: { role: mailbox, fqdn: mbx1.contoso.com, addresses: [10.0.0.11] }
          EDGE1: { role: edge, fqdn: edge1.contoso.com, addresses: [192.0.2.25] }
        receiveConnectors:
          MBX1\\Relay: { bindings: ["0.0.0.0:2526"], remoteIPRanges: [10.0.8.0/24] }
          EDGE1\\Relay: { bindings: ["0.0.0.0:475"], remoteIPRanges: [10.0.8.0/24] }
      `,
    ],
    bad: [
      yaml`
        servers: { MBX1: { role: mailbox, fqdn: mbx1.contoso.com, addresses: [10.0.0.11] } }
        receiveConnectors:
          MBX1\\Relay: { bindings: ["0.0.0.0:475"], remoteIPRanges: [10.0.8.0/24] }
          #                        ^^^^^^^^^^^^^ listens on port 475
      `,
    ],
  },
};
