import { authoritativeDomains, parseSmtpDomain, yaml, type RuleModule } from '../../src/rule-kit.ts';

export const rule: RuleModule = {
  severity: 'warning',
  summary: "A domain is both ours and a partner's.",
  why: `Mail for an authoritative domain is delivered here or returned, and never reaches the partner that the domain is said to
    belong to. Mail from the partner with such a sender looks as if it came from inside. A domain that both share is an
    internalRelay one.`,
  sources: [
    'https://learn.microsoft.com/exchange/mail-flow/accepted-domains/accepted-domains',
    'EXCH New-AcceptedDomain -DomainType',
  ],

  check({ topology, report }) {
    const own = authoritativeDomains(topology);
    for (const partner of topology.partners) {
      for (const { value, at } of partner.domains) {
        const ascii = parseSmtpDomain(value)?.ascii;
        const accepted = own.get(ascii ?? '');
        if (!accepted) continue;
        report({
          at,
          message: `Domain "${value}" of partner "${partner.name.value}" is an authoritative domain of ours, so its mail stays here.`,
          related: [{ at: accepted.domain.at, note: 'our domain' }],
          help: 'Remove it on one side, or accept it as an internalRelay domain.',
        });
      }
    }
  },

  examples: {
    good: [
      yaml`
        organization: { name: Contoso, exchangeVersion: "2016", acceptedDomains: { contoso.com: authoritative } }
        partners: { fabrikam: { domains: [fabrikam.com, lab.contoso.com] } }
      `,
    ],
    bad: [
      yaml`
        organization: { name: Contoso, exchangeVersion: "2016", acceptedDomains: { contoso.com: authoritative } }
        partners: { fabrikam: { domains: [fabrikam.com, Contoso.com] } }
        #                                               ^^^^^^^^^^^ is an authoritative domain of ours
      `,
    ],
  },
};
