import { parseIpRange, reachesInternet, relate, yaml, type RuleModule } from '../../src/rule-kit.ts';

export const rule: RuleModule = {
  severity: 'warning',
  summary: 'An address of somebody else counts as a mail server of ours.',
  why: `The anti-spam agents skip the servers in InternalSMTPServers when they look for who sent a message first. With a
    partner's addresses or a part of the Internet among them, whoever connects from there is never judged.`,
  sources: ['EXCH Set-TransportConfig -InternalSMTPServers'],

  check({ topology, report }) {
    const { written } = topology.transportConfig;
    const node = written.find(({ key }) => key.value === 'internalSMTPServers')?.node;
    for (const item of node?.kind === 'list' ? node.items : node ? [node] : []) {
      const range = item.kind === 'scalar' ? parseIpRange(item.text) : undefined;
      if (!range) continue;
      const met = topology.partners
        .flatMap(({ name, addresses }) => addresses.map((address) => ({ name, address })))
        .find(({ address }) => address.parsed && relate(address.parsed, range) !== 'apart');
      if (!met && !reachesInternet([range])) continue;
      report({
        at: item.at,
        message: met
          ? `${range.text} counts as a mail server of ours, and is an address of partner "${met.name.value}".`
          : `${range.text} counts as mail servers of ours, and holds a part of the Internet.`,
        related: met ? [{ at: met.address.at, note: "the partner's address" }] : [],
        help: 'Name the mail servers of the organization alone.',
      });
    }
  },

  examples: {
    good: [
      yaml`
        partners: { fabrikam: { domains: [fabrikam.com], addresses: [198.51.100.0/24] } }
        transportConfig: { internalSMTPServers: [10.0.0.0/8, 192.0.2.25] }
      `,
    ],
    bad: [
      yaml`
        partners: { fabrikam: { domains: [fabrikam.com], addresses: [198.51.100.0/24] } }
        transportConfig: { internalSMTPServers: [10.0.0.0/8, 198.51.100.7, 0.0.0.0-255.255.255.255] }
        #                                                    ^^^^^^^^^^^^ is an address of partner "fabrikam"
        #                                                                  ^^^^^^^^^^^^^^^^^^^^^^^ is an address of partner "fabrikam"
      `,
    ],
  },
};
