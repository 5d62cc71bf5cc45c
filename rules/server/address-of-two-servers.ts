import { yaml, type RuleModule, type Server, type Span } from '../../src/rule-kit.ts';

export const rule: RuleModule = {
  severity: 'warning',
  summary: 'Two servers have one address.',
  why: `An address is on one network adapter at a time. Mail for the one server may reach the other, and rules that follow the
    way of mail follow the wrong one. Servers behind a load balancer have addresses of their own; its address is no
    server's, and stands under networks.`,
  sources: ['EXCH New-ReceiveConnector -Bindings', 'RFC 5227 §1'],

  check({ topology, report }) {
    const known = new Map<string, { readonly server: Server; readonly at: Span }>();
    for (const server of topology.servers) {
      for (const { value, at, parsed } of server.addresses) {
        if (!parsed) continue;
        const key = `${parsed.family} ${parsed.first} ${parsed.zone ?? ''}`;
        const earlier = known.get(key);
        // An address that one server has twice is repeated-value's; a link-local one is another on each link.
        if (!earlier) known.set(key, { server, at });
        else if (earlier.server !== server && !/^fe[89ab]/i.test(value))
          report({
            at,
            message: `Server "${server.name.value}" has the address ${value}, which is one of "${earlier.server.name.value}".`,
            related: [{ at: earlier.at, note: 'the other server' }],
            help: 'Write the address that each server has.',
          });
      }
    }
  },

  examples: {
    good: [
      yaml`
        servers:
          MBX1: { role: mailbox, fqdn: mbx1.contoso.com, addresses: [10.0.0.11, "fe80::1"] }
          MBX2: { role: mailbox, fqdn: mbx2.contoso.com, addresses: [10.0.0.12, "fe80::1"] }
      `,
    ],
    bad: [
      yaml`
        servers:
          MBX1: { role: mailbox, fqdn: mbx1.contoso.com, addresses: [10.0.0.11, "2001:db8::11"] }
          MBX2: { role: mailbox, fqdn: mbx2.contoso.com, addresses: [10.0.0.12, "2001:db8:0::11"] }
          #                                                                     ^^^^^^^^^^^^^^^^ which is one of "MBX1"
      `,
    ],
  },
};
