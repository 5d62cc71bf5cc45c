import { yaml, type RuleModule } from '../../src/rule-kit.ts';

export const rule: RuleModule = {
  severity: 'error',
  summary: 'A server inside is subscribed to a site, or an Edge server is in one.',
  why: `A site belongs to Active Directory. Servers of the organization are in one; an Edge server is not part of the
    directory and can be subscribed to one instead. Where the two are mixed up, a subscription that mail depends on is
    missing. On an Edge server the site alone does nothing, and this is a warning.`,
  sources: [
    'EXCH New-EdgeSubscription -Site',
    'https://learn.microsoft.com/exchange/architecture/edge-transport-servers/edge-subscriptions',
  ],

  check({ topology, report }) {
    for (const { name, role, site, subscribedTo } of topology.servers) {
      const isEdge = role.value === 'edge';
      const misplaced = isEdge ? site : subscribedTo;
      if (!misplaced) continue;
      report({
        at: misplaced.at,
        message: isEdge
          ? `Edge server "${name.value}" is in the site "${misplaced.value}", and no Edge server is in one.`
          : `Server "${name.value}" is subscribed to "${misplaced.value}", and only Edge servers are subscribed.`,
        related: [{ at: role.at, note: 'its role' }],
        severity: isEdge ? 'warning' : 'error',
        help: isEdge
          ? 'Write subscribedTo where it has a subscription, else remove "site".'
          : 'Write "site" for the site that it is in.',
      });
    }
  },

  examples: {
    good: [
      yaml`
        servers:
          MBX1: { role: mailbox, fqdn: mbx1.contoso.com, addresses: [10.0.0.11], site: Munich }
          EDGE1: { role: edge, fqdn: edge1.contoso.com, addresses: [192.0.2.25], subscribedTo: Munich }
          EDGE2: { role: edge, fqdn: edge2.contoso.com, addresses: [192.0.2.26] }
      `,
    ],
    bad: [
      yaml`
        servers:
          MBX1: { role: mailbox, fqdn: mbx1.contoso.com, addresses: [10.0.0.11], subscribedTo: Munich }
          #                                                                                    ^^^^^^ only Edge servers are subscribed
          EDGE1: { role: edge, fqdn: edge1.contoso.com, addresses: [192.0.2.25], site: Munich }
          #                                                                            ^^^^^^ no Edge server is in one
      `,
    ],
  },
};
