import { addWords, yaml, type RuleModule } from '../../src/rule-kit.ts';

export const rule: RuleModule = {
  severity: 'error',
  summary: 'A Receive connector requires TLS and does not offer it.',
  why: `STARTTLS is offered where authMechanism has Tls. The cmdlets refuse RequireTLS without it: no client could ever send.
    Where Domain Security is on, domain-secure-without-tls-auth says the same.`,
  sources: ['EXCH New-ReceiveConnector -RequireTLS', 'EXCH New-ReceiveConnector -AuthMechanism', 'DOC R19'],

  check({ topology, report }) {
    for (const connector of topology.receiveConnectors) {
      const { name, requireTLS, authMechanism } = connector;
      if (!requireTLS.value || authMechanism.value.includes('Tls')) continue;
      if (connector.domainSecureEnabled.value) continue;
      const isNone = authMechanism.value.includes('None');
      const fix = isNone ? undefined : addWords(connector, 'authMechanism', ['Tls']);
      report({
        at: requireTLS.at,
        message: `Receive connector "${name.value}" requires TLS, but its authMechanism lacks "Tls".`,
        related: [{ at: authMechanism.at, note: 'what it offers' }],
        help: isNone ? 'Write Tls in place of None.' : 'Add Tls to authMechanism.',
        ...(fix && { fix }),
      });
    }
  },

  examples: {
    good: [
      yaml`
        receiveConnectors:
          MBX1\\Fabrikam: { bindings: ["0.0.0.0:2526"], remoteIPRanges: [198.51.100.7], requireTLS: true }
          MBX1\\Printers: { bindings: ["0.0.0.0:2526"], remoteIPRanges: [10.0.8.0/24], authMechanism: [None] }
      `,
    ],
    bad: [
      yaml`
        receiveConnectors:
          MBX1\\Fabrikam:
            bindings: ["0.0.0.0:2526"]
            remoteIPRanges: [198.51.100.7]
            authMechanism: [Integrated]
            requireTLS: true
            #           ^^^^ its authMechanism lacks "Tls"
      `,
    ],
  },
};
