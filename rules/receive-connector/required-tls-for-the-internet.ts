import { grants, reachesInternet, yaml, type RuleModule } from '../../src/rule-kit.ts';

export const rule: RuleModule = {
  severity: 'warning',
  summary: 'A Receive connector that takes mail from everyone on the Internet turns away who cannot do TLS.',
  why: `A server that stands in MX records must not require STARTTLS for mail from others: many senders have no TLS, or one
    that is too old, and their mail comes back. Require it where the clients are known, or on the port for submission.`,
  sources: ['RFC 3207 §4', 'EXCH Set-ReceiveConnector -RequireTLS'],

  check({ topology, report }) {
    for (const connector of topology.receiveConnectors) {
      const { name, requireTLS, partner, remoteIPRanges, bindings } = connector;
      if (!requireTLS.value || partner || !bindings.some(({ parsed }) => parsed?.port === 25)) continue;
      if (!reachesInternet(remoteIPRanges.flatMap(({ parsed }) => parsed ?? []))) continue;
      if (!grants(connector, 'at connect', 'ms-Exch-SMTP-Submit')) continue;
      report({
        at: requireTLS.at,
        message: `Receive connector "${name.value}" takes mail from the Internet on port 25, but only with TLS.`,
        help: 'Set requireTLS: false here, and require TLS on connectors of the partners that you know.',
      });
    }
  },

  examples: {
    good: [
      yaml`
        receiveConnectors:
          EDGE1\\Internet: { usage: internet, bindings: ["0.0.0.0:25"] }
          EDGE1\\Fabrikam:
            bindings: ["0.0.0.0:25"]
            remoteIPRanges: [198.51.100.0/24]
            requireTLS: true
            permissionGroups: [AnonymousUsers]
          MBX1\\Clients:
            usage: client
            bindings: ["0.0.0.0:2587"]
            remoteIPRanges: [0.0.0.0-255.255.255.255]
            requireTLS: true
      `,
    ],
    bad: [
      yaml`
        receiveConnectors:
          EDGE1\\Internet: { usage: internet, bindings: ["0.0.0.0:25"], requireTLS: true }
          #                                                                        ^^^^ but only with TLS
      `,
    ],
  },
};
