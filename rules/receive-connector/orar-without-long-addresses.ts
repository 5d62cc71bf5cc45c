import { isOn, writtenTrue, yaml, type RuleModule } from '../../src/rule-kit.ts';

export const rule: RuleModule = {
  severity: 'warning',
  summary:
    'A Receive connector takes the originator-requested alternate recipient, but not the long addresses it comes as.',
  why: `XORAR lets a sender name who gets a message that cannot be delivered. Such an X.400 address is often longer than SMTP
    allows, and is cut off unless the connector takes long addresses, too.`,
  sources: ['EXCH New-ReceiveConnector -OrarEnabled', 'EXCH New-ReceiveConnector -LongAddressesEnabled'],

  check({ topology, report }) {
    for (const connector of topology.receiveConnectors) {
      const orar = writtenTrue(connector, 'orarEnabled');
      if (!orar || isOn(topology, connector, 'longAddressesEnabled')) continue;
      report({
        at: orar.at,
        message: `Receive connector "${connector.name.value}" takes alternate recipients, but no long addresses.`,
        help: 'Set longAddressesEnabled: true as well.',
      });
    }
  },

  examples: {
    good: [
      yaml`
        receiveConnectors:
          MBX1\\Gateway:
            bindings: ["10.0.0.11:26"]
            remoteIPRanges: [10.0.8.7]
            longAddressesEnabled: true
            orarEnabled: true
          MBX1\\Scanner: { bindings: ["10.0.0.11:27"], remoteIPRanges: [10.0.8.8], orarEnabled: false }
      `,
    ],
    bad: [
      yaml`
        receiveConnectors:
          MBX1\\Gateway: { bindings: ["10.0.0.11:26"], remoteIPRanges: [10.0.8.7], orarEnabled: true }
          #                                                                                    ^^^^ but no long addresses
      `,
    ],
  },
};
