import { parseSmtpDomain, yaml, type RuleModule, type Server } from '../../src/rule-kit.ts';

export const rule: RuleModule = {
  severity: 'error',
  summary: 'Two servers have one fully qualified domain name.',
  why: `A server knows by its name that it is talking to itself, and ends such a session: mail between the two is returned with
    "5.3.5 System incorrectly configured". The name that all servers show to others is that of their connectors.`,
  sources: [
    'https://learn.microsoft.com/exchange/mail-flow/non-delivery-reports-and-bounce-messages/non-delivery-reports-and-bounce-messages',
    'EXCH New-ReceiveConnector -Fqdn',
  ],

  check({ topology, report }) {
    const known = new Map<string, Server>();
    for (const server of topology.servers) {
      const { name, fqdn } = server;
      const key = parseSmtpDomain(fqdn.value)?.ascii;
      const earlier = key === undefined ? undefined : known.get(key);
      if (key !== undefined && !earlier) known.set(key, server);
      if (!earlier) continue;
      report({
        at: fqdn.at,
        message: `Server "${name.value}" has the FQDN "${fqdn.value}" of server "${earlier.name.value}".`,
        related: [{ at: earlier.fqdn.at, note: 'the other server' }],
        help: 'Write the name that each server has, and a common one under fqdn of its connectors.',
      });
    }
  },

  examples: {
    good: [
      yaml`
        servers:
          EDGE1: { role: edge, fqdn: edge1.contoso.com, addresses: [192.0.2.25] }
          EDGE2: { role: edge, fqdn: edge2.contoso.com, addresses: [192.0.2.26] }
        receiveConnectors:
          EDGE1\\Fabrikam: { bindings: ["192.0.2.25:25"], remoteIPRanges: [198.51.100.7], fqdn: mail.contoso.com }
          EDGE2\\Fabrikam: { bindings: ["192.0.2.26:25"], remoteIPRanges: [198.51.100.7], fqdn: mail.contoso.com }
      `,
    ],
    bad: [
      yaml`
        servers:
          EDGE1: { role: edge, fqdn: mail.contoso.com, addresses: [192.0.2.25] }
          EDGE2: { role: edge, fqdn: Mail.contoso.com, addresses: [192.0.2.26] }
          #                          ^^^^^^^^^^^^^^^^ "Mail.contoso.com" of server "EDGE1"
      `,
    ],
  },
};
