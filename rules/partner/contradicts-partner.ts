import {
  isCovered,
  isSubdomainOf,
  parseDomainPattern,
  relate,
  sameDomain,
  yaml,
  type AddressSpace,
  type DomainPattern,
  type Partner,
  type RuleContext,
  type RuleModule,
} from '../../src/rule-kit.ts';

export const rule: RuleModule = {
  severity: 'error',
  summary: 'A connector reaches beyond what its partner declares.',
  why: `A partner says once which domains and addresses are its own. A connector may narrow that down; where it writes
    something else, one of the two is wrong: clients that are not the partner's get its rights, or its mail takes
    another way. The subdomains of a partner's domain count as its own.`,
  sources: [
    'DOC S7',
    'DOC R10',
    'EXCH New-SendConnector -AddressSpaces',
    'EXCH New-ReceiveConnector -RemoteIPRanges',
  ],

  check(context) {
    checkRanges(context);
    checkAddressSpaces(context);
  },

  examples: {
    good: [
      yaml`
        servers: { HUB01: { role: mailbox, fqdn: hub01.contoso.com, addresses: [192.0.2.11] } }
        partners: { fabrikam: { domains: [fabrikam.com], addresses: [198.51.100.0/24] } }
        receiveConnectors:
          From Fabrikam:
            { server: HUB01, partner: fabrikam, bindings: ["192.0.2.11:25"], remoteIPRanges: [198.51.100.10] }
      `,
      yaml`
        partners: { fabrikam: { domains: [fabrikam.com, fabrikam.net] } }
        sendConnectors:
          To Fabrikam: { partner: fabrikam, addressSpaces: ["SMTP:*.fabrikam.com;5"] }
      `,
    ],
    bad: [
      yaml`
        servers: { HUB01: { role: mailbox, fqdn: hub01.contoso.com, addresses: [192.0.2.11] } }
        partners: { fabrikam: { domains: [fabrikam.com], addresses: [198.51.100.0/24] } }
        receiveConnectors:
          From Fabrikam:
            server: HUB01
            partner: fabrikam
            bindings: ["192.0.2.11:25"]
            remoteIPRanges: [198.51.100.0/23, 203.0.113.7]
            #                ^^^^^^^^^^^^^^^ reaches beyond the addresses of partner "fabrikam"
            #                                 ^^^^^^^^^^^ lies outside the addresses of partner "fabrikam"
      `,
      yaml`
        partners: { fabrikam: { domains: [fabrikam.com] } }
        sendConnectors:
          To Fabrikam: { partner: fabrikam, addressSpaces: [fabrikam.com, fabrikam.net] }
          #                                                               ^^^^^^^^^^^^ outside the domains
      `,
    ],
  },
};

function checkRanges({ topology, report }: RuleContext): void {
  for (const { name, partner, remoteIPRanges, remoteIPRangesSource } of topology.receiveConnectors) {
    if (!partner?.target || remoteIPRangesSource !== 'written') continue;
    const { addresses } = partner.target;
    const declared = addresses.flatMap(({ parsed }) => parsed ?? []);
    // A partner that declares nothing is not contradicted; what cannot be read is reported by itself.
    if (declared.length === 0 || declared.length < addresses.length) continue;
    for (const { value, parsed, at } of remoteIPRanges) {
      if (!parsed || isCovered(parsed, declared)) continue;
      const isPartly = declared.some((one) => relate(one, parsed) !== 'apart');
      const lies = isPartly ? 'reaches beyond' : 'lies outside';
      report({
        at,
        message: `Range ${value} of Receive connector "${name.value}" ${lies} the addresses of partner "${partner.value}".`,
        related: [{ at: partner.target.name.at, note: 'the partner' }],
        help: "Keep to the partner's addresses, or add these to them.",
      });
    }
  }
}

function checkAddressSpaces({ topology, report }: RuleContext): void {
  const patterns = new Map<Partner, readonly (DomainPattern | undefined)[]>();
  const patternsOf = (partner: Partner): readonly (DomainPattern | undefined)[] => {
    const known = patterns.get(partner) ?? partner.domains.map(({ value }) => parseDomainPattern(value));
    patterns.set(partner, known);
    return known;
  };
  for (const { name, partner, addressSpaces, addressSpacesSource } of topology.sendConnectors) {
    if (!partner?.target || addressSpacesSource !== 'written') continue;
    for (const { value, parsed, at } of addressSpaces) {
      if (!parsed || liesInside(parsed, patternsOf(partner.target))) continue;
      report({
        at,
        message: `Address space "${value}" of Send connector "${name.value}" lies outside the domains of partner "${partner.value}".`,
        related: [{ at: partner.target.name.at, note: 'the partner' }],
        help: "Keep to the partner's domains, or add this one to them.",
      });
    }
  }
}

function liesInside(space: AddressSpace, patterns: readonly (DomainPattern | undefined)[]): boolean {
  // Address spaces of other kinds say nothing about domains.
  if (space.kind === 'other' || patterns.length === 0) return true;
  if (space.kind === 'accepted-domains' || space.pattern.kind === 'all') return false;
  const { domain } = space.pattern;
  return patterns.some(
    (own) =>
      own === undefined ||
      own.kind === 'all' ||
      sameDomain(domain, own.domain) ||
      isSubdomainOf(domain, own.domain),
  );
}
