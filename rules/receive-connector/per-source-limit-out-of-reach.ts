import { receiveSetting, writtenValue, yaml, type RuleModule } from '../../src/rule-kit.ts';

export const rule: RuleModule = {
  severity: 'warning',
  summary: 'The number of connections that one client may have is more than another limit lets it have.',
  why: `A client is held by two limits at once: MaxInboundConnectionPerSource, and MaxInboundConnectionPercentagePerSource of
    the connections that are left of MaxInboundConnection, 2 percent by default. Whoever raises the first for a busy
    gateway and forgets the second still sees "421 4.3.2" in its logs.`,
  sources: [
    'EXCH New-ReceiveConnector -MaxInboundConnectionPerSource',
    'EXCH New-ReceiveConnector -MaxInboundConnectionPercentagePerSource',
    'https://onprem.wtf/post/exchange-2010-and-maxinboundconnectionpersource/',
  ],

  check({ topology, report }) {
    for (const connector of topology.receiveConnectors) {
      const perSource = writtenValue(connector, 'maxInboundConnectionPerSource');
      const limit = receiveSetting(topology, connector, 'maxInboundConnection');
      const percentage = receiveSetting(topology, connector, 'maxInboundConnectionPercentagePerSource');
      const [wanted, all, share] = [perSource, limit, percentage].map((one) => countOf(one?.value));
      if (!perSource || wanted === undefined || all === undefined || share === undefined) continue;
      const most = Math.floor((all * share) / 100);
      if (wanted <= most) continue;
      report({
        at: perSource.at,
        message: `Receive connector "${connector.name.value}" lets one client have ${wanted} connections, and ${share} percent of ${all} are ${most}.`,
        related: [limit, percentage].flatMap((one) =>
          one?.source === 'written' ? [{ at: one.at, note: 'the other limit' }] : [],
        ),
        help: 'Raise maxInboundConnectionPercentagePerSource as well.',
      });
    }
  },

  examples: {
    good: [
      yaml`
        servers: { MBX1: { role: mailbox, fqdn: mbx1.contoso.com, addresses: [10.0.0.11] } }
        receiveConnectors:
          MBX1\\Gateway: { bindings: ["0.0.0.0:26"], remoteIPRanges: [10.0.8.7], maxInboundConnectionPerSource: 100 }
          MBX1\\Scanner:
            bindings: ["0.0.0.0:27"]
            remoteIPRanges: [10.0.8.8]
            maxInboundConnectionPerSource: 500
            maxInboundConnectionPercentagePerSource: 50
          MBX1\\Default MBX1:
            bindings: ["0.0.0.0:2525"]
            remoteIPRanges: [10.0.0.0/8]
            maxInboundConnectionPerSource: 1000
      `,
    ],
    bad: [
      yaml`
        receiveConnectors:
          MBX1\\Gateway: { bindings: ["0.0.0.0:26"], remoteIPRanges: [10.0.8.7], maxInboundConnectionPerSource: 200 }
          #                                                                                                    ^^^ 2 percent of 5000 are 100
          MBX1\\Scanner:
            bindings: ["0.0.0.0:27"]
            remoteIPRanges: [10.0.8.8]
            maxInboundConnection: 100
            maxInboundConnectionPerSource: 60
            #                              ^^ 50 percent of 100 are 50
            maxInboundConnectionPercentagePerSource: 50
      `,
    ],
  },
};

/** Reads a count; `unlimited` and what is none say nothing here. */
function countOf(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,10}$/.test(text) ? Number(text) : undefined;
}
