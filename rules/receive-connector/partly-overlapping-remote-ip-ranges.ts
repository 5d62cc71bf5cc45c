import { crossingRanges, yaml, type RuleModule } from '../../src/rule-kit.ts';

export const rule: RuleModule = {
  severity: 'error',
  summary: 'Two Receive connectors on one server share a binding, and only part of a remote IP range.',
  why: `The connector with the most specific range serves a client, so Exchange accepts overlapping
    ranges only when one lies wholly inside the other. Of two that merely cross, neither is more specific.`,
  sources: ['EXCH New-ReceiveConnector -RemoteIPRanges'],

  check({ topology, report }) {
    for (const [{ connector: earlier, range: theirs }, { connector: later, range: ours }] of crossingRanges(
      topology,
    )) {
      report({
        at: ours.at,
        message: `Range ${ours.value} of "${later.name.value}" shares only part of ${theirs.value} of "${earlier.name.value}".`,
        related: [{ at: theirs.at, note: 'the other range' }],
        help: 'Put one range wholly inside the other, or pull them apart.',
      });
    }
  },

  examples: {
    good: [
      yaml`
        servers:
          MBX1: { role: mailbox, fqdn: mbx1.contoso.com, addresses: [10.0.0.11] }
        receiveConnectors:
          Anyone: { server: MBX1, bindings: ["0.0.0.0:2526"], remoteIPRanges: [0.0.0.0-255.255.255.255] }
          Scanner: { server: MBX1, bindings: ["0.0.0.0:2526"], remoteIPRanges: [192.0.2.10] }
      `,
      yaml`
        servers:
          MBX1: { role: mailbox, fqdn: mbx1.contoso.com, addresses: [10.0.0.11] }
          MBX2: { role: mailbox, fqdn: mbx2.contoso.com, addresses: [10.0.0.12] }
        receiveConnectors:
          Relay A: { server: MBX1, bindings: ["0.0.0.0:25"], remoteIPRanges: [10.0.0.1-10.0.0.50] }
          Relay B: { server: MBX2, bindings: ["0.0.0.0:25"], remoteIPRanges: [10.0.0.40-10.0.0.90] }
          Relay C: { server: MBX1, bindings: ["0.0.0.0:26"], remoteIPRanges: [10.0.0.40-10.0.0.90] }
      `,
    ],
    bad: [
      yaml`
        servers:
          MBX1: { role: mailbox, fqdn: mbx1.contoso.com, addresses: [10.0.0.11] }
        receiveConnectors:
          Relay A: { server: MBX1, bindings: ["0.0.0.0:25"], remoteIPRanges: [10.0.0.1-10.0.0.50] }
          Relay B: { server: MBX1, bindings: ["10.0.0.11:25"], remoteIPRanges: [10.0.0.40-10.0.0.90] }
          #                                                                     ^^^^^^^^^^^^^^^^^^^ shares only part of 10.0.0.1-10.0.0.50
      `,
    ],
  },
};
