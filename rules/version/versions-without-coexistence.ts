import { compareVersions, yaml, type ExchangeVersion, type RuleModule } from '../../src/rule-kit.ts';

/** The oldest version that may stand in the organization beside each one. */
const oldestBeside: Readonly<Record<ExchangeVersion, ExchangeVersion>> = {
  '2007': '2007',
  '2010': '2007',
  '2013': '2007',
  '2016': '2010',
  '2019': '2013',
  SE: '2016',
};

export const rule: RuleModule = {
  severity: 'error',
  summary: 'An organization has two Exchange versions that cannot stand side by side.',
  why: `Setup of a version refuses to begin while the organization has servers that are too old for it: 2016 goes back to 2010,
    2019 to 2013, and SE to 2016. Edge servers are not counted here, for they are no part of the directory.`,
  sources: [
    'https://learn.microsoft.com/exchange/plan-and-deploy/system-requirements',
    'https://learn.microsoft.com/exchange/plan-and-deploy/supportability-matrix',
  ],

  check({ topology, report }) {
    const inside = topology.servers.filter(({ role }) => role.value !== 'edge');
    const newest = inside.reduce<(typeof inside)[number] | undefined>(
      (best, one) => (!best || compareVersions(one.version.value, best.version.value) > 0 ? one : best),
      undefined,
    );
    if (!newest) return;
    const oldest = oldestBeside[newest.version.value];
    for (const { name, version } of inside) {
      if (compareVersions(version.value, oldest) >= 0) continue;
      report({
        at: version.source === 'written' ? version.at : name.at,
        message: `Server "${name.value}" of Exchange ${version.value} cannot stand beside "${newest.name.value}" of Exchange ${newest.version.value}.`,
        related: [{ at: newest.version.at, note: `Exchange ${newest.version.value}` }],
        help: `Retire the servers that are older than Exchange ${oldest} first.`,
      });
    }
  },

  examples: {
    good: [
      yaml`
        organization: { name: Contoso, exchangeVersion: "2016" }
        servers:
          MBX1: { role: mailbox, fqdn: mbx1.contoso.com, addresses: [10.0.0.11] }
          HUB1: { role: hub, exchangeVersion: "2010", fqdn: hub1.contoso.com, addresses: [10.0.0.12] }
          EDGE1: { role: edge, exchangeVersion: "2007", fqdn: edge1.contoso.com, addresses: [192.0.2.25] }
      `,
    ],
    bad: [
      yaml`
        organization: { name: Contoso, exchangeVersion: "2019" }
        servers:
          MBX1: { role: mailbox, fqdn: mbx1.contoso.com, addresses: [10.0.0.11] }
          HUB1: { role: hub, exchangeVersion: "2010", fqdn: hub1.contoso.com, addresses: [10.0.0.12] }
          #                                   ^^^^^^ cannot stand beside "MBX1" of Exchange 2019
      `,
    ],
  },
};
