import { authoritativeDomains, serversOf, yaml, type RuleModule } from '../../src/rule-kit.ts';

export const rule: RuleModule = {
  severity: 'warning',
  summary: 'A Send connector is for a domain whose mail never leaves the organization.',
  why: `For an authoritative domain Exchange knows every recipient: mail for those it has is delivered, mail for others is
    returned as undeliverable, and no Send connector is asked. Where some mailboxes are elsewhere, the domain is an
    internalRelay domain. Recipients here whose external address is in the domain are still sent through the connector, as
    in the domain that a hybrid organization shares with Exchange Online, which is left alone.`,
  sources: [
    'https://learn.microsoft.com/exchange/mail-flow/accepted-domains/accepted-domains',
    'EXCH New-AcceptedDomain -DomainType',
  ],

  check({ topology, report }) {
    const own = authoritativeDomains(topology);
    for (const connector of topology.sendConnectors) {
      if (!connector.enabled.value || serversOf(connector).some(({ role }) => role.value === 'edge'))
        continue;
      // That a partner's domain is one of ours is told at the partner.
      if (connector.server || connector.partner) continue;
      for (const { parsed, at } of connector.addressSpaces) {
        if (parsed?.kind !== 'smtp' || parsed.pattern.kind !== 'domain') continue;
        const { ascii } = parsed.pattern.domain;
        const accepted = own.get(ascii);
        if (!accepted) continue;
        report({
          at,
          message: `Send connector "${connector.name.value}" is for "${ascii}", an authoritative domain, whose mail never leaves.`,
          related: [{ at: accepted.type.at, note: 'every recipient is here' }],
          help: 'Make the domain an internalRelay one where some recipients are elsewhere, or remove the address space.',
        });
      }
    }
  },

  examples: {
    good: [
      yaml`
        organization: { name: Contoso, exchangeVersion: "2016", acceptedDomains: { contoso.com: internalRelay } }
        sendConnectors:
          Other half: { addressSpaces: [contoso.com], smartHosts: [10.0.9.9], sourceTransportServers: [MBX1] }
      `,
      yaml`
        servers:
          EDGE1: { role: edge, fqdn: edge1.contoso.com, addresses: [192.0.2.1] }
        sendConnectors:
          Inward: { server: EDGE1, addressSpaces: [contoso.com], smartHosts: [10.0.0.1] }
      `,
    ],
    bad: [
      yaml`
        organization: { name: Contoso, exchangeVersion: "2016", acceptedDomains: { contoso.com: authoritative } }
        sendConnectors:
          Other half: { addressSpaces: [contoso.com], smartHosts: [10.0.9.9], sourceTransportServers: [MBX1] }
          #                             ^^^^^^^^^^^ whose mail never leaves
      `,
    ],
  },
};
