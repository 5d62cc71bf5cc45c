import { wordIn, yaml, type RuleModule } from '../../src/rule-kit.ts';

export const rule: RuleModule = {
  severity: 'error',
  summary: 'A Receive connector offers no authentication and some authentication at once.',
  why: `None says that no client can authenticate, so it stands alone: the cmdlets refuse it beside another mechanism.`,
  sources: ['EXCH New-ReceiveConnector -AuthMechanism'],

  check({ topology, report }) {
    for (const connector of topology.receiveConnectors) {
      const { name, authMechanism } = connector;
      const others = authMechanism.value.filter((one) => one !== 'None');
      if (others.length === 0 || others.length === authMechanism.value.length) continue;
      report({
        at: wordIn(connector, 'authMechanism', 'None') ?? authMechanism.at,
        message: `Receive connector "${name.value}" has "None" beside "${others.join(', ')}" in authMechanism.`,
        help: 'Remove None, or everything else.',
      });
    }
  },

  examples: {
    good: [
      yaml`
        receiveConnectors:
          MBX1\\Printers: { bindings: ["0.0.0.0:2526"], remoteIPRanges: [10.0.8.0/24], authMechanism: [None] }
          MBX1\\Scanners: { bindings: ["0.0.0.0:2527"], remoteIPRanges: [10.0.9.0/24], authMechanism: [Tls, BasicAuth] }
      `,
    ],
    bad: [
      yaml`
        receiveConnectors:
          MBX1\\Printers: { bindings: ["0.0.0.0:2526"], remoteIPRanges: [10.0.8.0/24], authMechanism: [Tls, None] }
          #                                                                                                ^^^^ "None" beside "Tls"
      `,
    ],
  },
};
