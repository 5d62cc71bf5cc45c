import { RangeIndex, yaml, type RuleModule } from '../../src/rule-kit.ts';

export const rule: RuleModule = {
  severity: 'warning',
  summary: 'A server of ours has an address that a partner declares as its own.',
  why: `Connectors serve a partner by its addresses, so our own server is taken for the partner there, and whoever sends to the
    partner reaches us. Most often the range of the partner is wider than the partner is.`,
  sources: ['DOC R10', 'EXCH New-ReceiveConnector -RemoteIPRanges'],

  check({ topology, report }) {
    const ours = topology.servers.flatMap(({ name, addresses }) =>
      addresses.flatMap((address) => (address.parsed ? [{ name, address, ...address.parsed }] : [])),
    );
    const among = new RangeIndex(ours);
    for (const partner of topology.partners) {
      for (const range of partner.addresses) {
        const met = range.parsed && among.firstInside(range.parsed);
        if (!met) continue;
        report({
          at: range.at,
          message: `Range ${range.value} of partner "${partner.name.value}" holds ${met.address.value}, an address of our server "${met.name.value}".`,
          related: [{ at: met.address.at, note: 'our server' }],
          help: 'Name the addresses that the partner sends from.',
        });
      }
    }
  },

  examples: {
    good: [
      yaml`
        servers:
          EDGE1: { role: edge, fqdn: edge1.contoso.com, addresses: [192.0.2.25] }
        partners:
          fabrikam: { domains: [fabrikam.com], addresses: [192.0.2.26, 198.51.100.0/24] }
      `,
    ],
    bad: [
      yaml`
        servers:
          EDGE1: { role: edge, fqdn: edge1.contoso.com, addresses: [192.0.2.25] }
        partners:
          fabrikam: { domains: [fabrikam.com], addresses: [198.51.100.0/24, 192.0.2.0/24] }
          #                                                                 ^^^^^^^^^^^^ holds 192.0.2.25, an address of our server "EDGE1"
      `,
    ],
  },
};
