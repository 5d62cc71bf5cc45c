import { reachesInternet, writtenTrue, yaml, type RuleModule } from '../../src/rule-kit.ts';

export const rule: RuleModule = {
  severity: 'info',
  summary:
    'A Receive connector hides X-ANONYMOUSTLS, which depends on a setting of the server that no topology has.',
  why: `Behind a device that must read the traffic, servers of the organization can do without TLS between them. The cmdlet
    takes SuppressXAnonymousTls only where UseDowngradedExchangeServerAuth was set to true on the server before
    (Set-TransportService, in 2010 Set-TransportServer), and the connector must be for the servers behind the device alone:
    on one for the whole Internet this is a warning.`,
  sources: [
    'EXCH Set-ReceiveConnector -SuppressXAnonymousTls',
    'EXCH Set-TransportService -UseDowngradedExchangeServerAuth',
  ],

  check({ topology, report }) {
    for (const connector of topology.receiveConnectors) {
      const { name, remoteIPRanges, server } = connector;
      const suppressed = writtenTrue(connector, 'suppressXAnonymousTls');
      if (!suppressed) continue;
      const isWide = reachesInternet(remoteIPRanges.flatMap(({ parsed }) => parsed ?? []));
      report({
        at: suppressed.at,
        message: isWide
          ? `Receive connector "${name.value}" hides X-ANONYMOUSTLS from every client on the Internet.`
          : `Receive connector "${name.value}" hides X-ANONYMOUSTLS, which "${server.value}" allows only with UseDowngradedExchangeServerAuth.`,
        help: isWide
          ? 'Make a connector of its own for the servers that need it.'
          : `Set UseDowngradedExchangeServerAuth to true on ${server.value} before.`,
        severity: isWide ? 'warning' : 'info',
      });
    }
  },

  examples: {
    good: [
      yaml`
        receiveConnectors:
          MBX1\\Servers: { bindings: ["0.0.0.0:26"], remoteIPRanges: [10.9.0.11], suppressXAnonymousTls: false }
      `,
    ],
    bad: [
      yaml`
        receiveConnectors:
          MBX1\\Servers: { bindings: ["0.0.0.0:26"], remoteIPRanges: [10.9.0.11], suppressXAnonymousTls: true }
          #                                                                                             ^^^^ which "MBX1" allows only with UseDowngradedExchangeServerAuth
          MBX1\\Internet: { bindings: ["0.0.0.0:27"], usage: internet, suppressXAnonymousTls: true }
          #                                                                                  ^^^^ from every client on the Internet
      `,
    ],
  },
};
