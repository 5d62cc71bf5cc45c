import { yaml, type RuleModule } from '../../src/rule-kit.ts';

/** From here on the attribute of Active Directory is known to be full. */
const most = 1200;

/** So many addresses of which no two are neighbours. */
function addresses(count: number): string {
  return Array.from({ length: count }, (_, index) => `10.${index >> 7}.8.${(index & 127) * 2}`).join(', ');
}

export const rule: RuleModule = {
  severity: 'warning',
  summary: 'A Receive connector has more remote ranges than its entry in Active Directory can hold.',
  why: `The ranges are values of one attribute, and somewhere above ${String(most)} of them the cmdlet fails with an administrative limit.
    Neighbouring addresses can be joined to networks; clients that have nothing else in common can get a second connector.`,
  sources: [
    'https://github.com/MicrosoftDocs/SupportArticles-docs/blob/main/Exchange/ExchangeServer/mailflow/connector-remote-ip-address-limit-exceeded.md',
    'EXCH Set-ReceiveConnector -RemoteIPRanges',
  ],

  check({ topology, report }) {
    for (const { name, remoteIPRanges, written, partner } of topology.receiveConnectors) {
      if (remoteIPRanges.length <= most) continue;
      const list = written.find(({ key }) => key.value === 'remoteIPRanges');
      report({
        at: list?.key.at ?? partner?.at ?? name.at,
        message: `Receive connector "${name.value}" has ${remoteIPRanges.length} remote ranges, and about ${most} can be stored.`,
        help: 'Join neighbouring addresses to networks, or divide them among connectors.',
      });
    }
  },

  examples: {
    good: [
      yaml`
        receiveConnectors:
          MBX1\\Relay:
            bindings: ["0.0.0.0:2526"]
            remoteIPRanges: [${addresses(most)}]
      `,
    ],
    bad: [
      yaml`
        receiveConnectors:
          MBX1\\Relay:
            bindings: ["0.0.0.0:2526"]
            remoteIPRanges: [${addresses(most + 1)}]
          # ^^^^^^^^^^^^^^ has 1201 remote ranges
      `,
    ],
  },
};
