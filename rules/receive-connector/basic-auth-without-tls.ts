import { wordIn, yaml, type RuleModule } from '../../src/rule-kit.ts';

export const rule: RuleModule = {
  severity: 'warning',
  summary: 'A Receive connector takes passwords from clients that have not started TLS.',
  why: `BasicAuth is AUTH LOGIN: name and password in Base64, which anyone on the way can read. With BasicAuthRequireTLS the
    connector offers it only after STARTTLS, and with requireTLS nothing is taken before.`,
  sources: [
    'EXCH New-ReceiveConnector -AuthMechanism',
    'https://learn.microsoft.com/exchange/mail-flow/connectors/receive-connectors',
    'RFC 4954 §9',
  ],

  check({ topology, report }) {
    for (const connector of topology.receiveConnectors) {
      const { name, authMechanism, requireTLS } = connector;
      const { value: offered } = authMechanism;
      if (!offered.includes('BasicAuth') || offered.includes('BasicAuthRequireTLS') || requireTLS.value)
        continue;
      const missing = offered.includes('Tls') ? 'BasicAuthRequireTLS' : 'Tls and BasicAuthRequireTLS';
      report({
        at: wordIn(connector, 'authMechanism', 'BasicAuth') ?? authMechanism.at,
        message: `Receive connector "${name.value}" takes passwords without TLS.`,
        help: `Add ${missing} to authMechanism.`,
      });
    }
  },

  examples: {
    good: [
      yaml`
        receiveConnectors:
          MBX1\\Clients: { usage: client, bindings: ["0.0.0.0:2587"], remoteIPRanges: [10.0.0.0/8] }
          MBX1\\Scanners:
            bindings: ["0.0.0.0:2526"]
            remoteIPRanges: [10.0.8.0/24]
            authMechanism: [Tls, BasicAuth]
            requireTLS: true
      `,
    ],
    bad: [
      yaml`
        receiveConnectors:
          MBX1\\Scanners:
            bindings: ["0.0.0.0:2526"]
            remoteIPRanges: [10.0.8.0/24]
            authMechanism: [Tls, BasicAuth]
            #                    ^^^^^^^^^ takes passwords without TLS
            permissionGroups: [ExchangeUsers]
      `,
    ],
  },
};
