import { yaml, type RuleModule } from '../../src/rule-kit.ts';

export const rule: RuleModule = {
  severity: 'error',
  summary: 'A Send connector for all domains requires TLS of every mail server there is.',
  why: `Mail for "*" that is routed by DNS goes to whatever servers the world has, and some of them offer no TLS. Mail for
    those waits in the queue and expires after two days, with event 2015 each time. TLS can be required of those whom one
    knows: of a partner's domains, or of a smart host. Without requireTLS Exchange still uses TLS wherever it is offered.`,
  sources: ['DOC B2', 'EXCH New-SendConnector -RequireTLS', 'EXCH event 2015', 'RFC 3207 §4'],

  check({ topology, report }) {
    for (const {
      name,
      requireTLS,
      dnsRoutingEnabled,
      smartHosts,
      addressSpaces,
    } of topology.sendConnectors) {
      if (!requireTLS.value || !dnsRoutingEnabled.value || smartHosts.length > 0) continue;
      const all = addressSpaces.find(
        ({ parsed }) => parsed?.kind === 'smtp' && parsed.pattern.kind === 'all',
      );
      if (!all) continue;
      report({
        at: requireTLS.at,
        message: `Send connector "${name.value}" requires TLS of every mail server on the Internet.`,
        related: [{ at: all.at, note: 'all domains' }],
        help: 'Require TLS on a connector for the domains that offer it, and set requireTLS: false here.',
      });
    }
  },

  examples: {
    good: [
      yaml`
        sendConnectors:
          Internet: { addressSpaces: ["*"] }
          To Fabrikam: { addressSpaces: ["*.fabrikam.com"], requireTLS: true }
          Filter: { addressSpaces: ["*"], smartHosts: [smtp.filter.example], requireTLS: true }
      `,
    ],
    bad: [
      yaml`
        sendConnectors:
          Internet: { addressSpaces: [fabrikam.com, "SMTP:*;10"], requireTLS: true }
          #                                                                   ^^^^ requires TLS of every mail server
      `,
    ],
  },
};
