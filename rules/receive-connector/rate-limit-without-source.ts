import { wordIn, writtenValue, yaml, type RuleModule } from '../../src/rule-kit.ts';

export const rule: RuleModule = {
  severity: 'warning',
  summary: 'A Receive connector limits the rate of messages and counts nobody.',
  why: `MessageRateLimit is counted for each client address, each user or both, as MessageRateSource says. With None nothing is
    counted, and the limit that stands in the file holds back nobody.`,
  sources: [
    'EXCH New-ReceiveConnector -MessageRateSource',
    'EXCH New-ReceiveConnector -MessageRateLimit',
    'https://learn.microsoft.com/exchange/mail-flow/message-rate-limits',
  ],

  check({ topology, report }) {
    for (const connector of topology.receiveConnectors) {
      const limit = writtenValue(connector, 'messageRateLimit');
      const nobody = wordIn(connector, 'messageRateSource', 'None');
      if (!limit || !nobody || limit.value.toLowerCase() === 'unlimited') continue;
      report({
        at: limit.at,
        message: `Receive connector "${connector.name.value}" allows ${limit.value} messages in a minute, and its messageRateSource is "None".`,
        related: [{ at: nobody, note: 'nobody is counted' }],
        help: 'Write messageRateSource: [IPAddress] or [User], or remove the limit.',
      });
    }
  },

  examples: {
    good: [
      yaml`
        servers: { MBX1: { role: mailbox, fqdn: mbx1.contoso.com, addresses: [10.0.0.11] } }
        receiveConnectors:
          MBX1\\Scanners:
            bindings: ["0.0.0.0:2526"]
            remoteIPRanges: [10.0.8.0/24]
            messageRateLimit: 60
            messageRateSource: [IPAddress]
          MBX1\\Newsletter:
            bindings: ["0.0.0.0:2527"]
            remoteIPRanges: [10.0.9.9]
            messageRateLimit: unlimited
            messageRateSource: [None]
      `,
    ],
    bad: [
      yaml`
        servers: { MBX1: { role: mailbox, fqdn: mbx1.contoso.com, addresses: [10.0.0.11] } }
        receiveConnectors:
          MBX1\\Scanners:
            bindings: ["0.0.0.0:2526"]
            remoteIPRanges: [10.0.8.0/24]
            messageRateLimit: 60
            #                 ^^ allows 60 messages in a minute, and its messageRateSource is "None"
            messageRateSource: [None]
      `,
    ],
  },
};
