import {
  groupedBy,
  parseDomainPattern,
  printDomainPattern,
  spacesAround,
  yaml,
  type RuleModule,
  type SendConnector,
} from '../../src/rule-kit.ts';

export const rule: RuleModule = {
  severity: 'warning',
  summary:
    'An Edge server takes mail for an accepted domain that none of its Send connectors brings inwards.',
  why: `An Edge server without a subscription finds the way inwards by a Send connector of its own. It takes mail for all accepted
    domains, and what its inward connector does not name goes to its Unreachable queue, or out to the Internet again by the
    connector for all domains. "contoso.com" as an address space does not have the subdomains; "--" has every accepted
    domain.`,
  sources: [
    'https://learn.microsoft.com/exchange/architecture/edge-transport-servers/configure-without-edgesync',
    'https://learn.microsoft.com/troubleshoot/exchange/mailflow/hop-count-exceeded-possible-mail-loop',
    'EXCH New-SendConnector -AddressSpaces',
  ],

  check({ topology, report }) {
    const inward = topology.organization.acceptedDomains.filter(({ type }) => type.value !== 'externalRelay');
    const local = topology.sendConnectors.filter(({ server, enabled }) => server?.target && enabled.value);
    for (const connectors of groupedBy(local, ({ server }) => server?.value.toLowerCase() ?? '')) {
      const edge = connectors[0]?.server?.target;
      const spaces = new Map(connectors.flatMap((connector) => spacesIn(connector)));
      if (!edge || edge.role.value !== 'edge' || spaces.has('--')) continue;
      const lost = inward.filter(({ domain }) => !isServed(domain.value, spaces));
      const leading = inward.find(({ domain }) => isServed(domain.value, spaces));
      const way = leading && serving(leading.domain.value, spaces);
      // Where no accepted domain is named, how mail gets inside is not in the file.
      if (!way) continue;
      for (const { domain } of lost) {
        report({
          at: domain.at,
          message: `Edge server "${edge.name.value}" has no Send connector that brings mail for "${domain.value}" inwards.`,
          related: [{ at: way.name.at, note: `this one brings other domains inwards` }],
          help: `Add "${domain.value}" to the addressSpaces of "${way.name.value}", or write "--" there for all accepted domains.`,
        });
      }
    }
  },

  examples: {
    good: [
      yaml`
        organization:
          name: Contoso
          exchangeVersion: "2016"
          acceptedDomains: { contoso.com: authoritative, eu.contoso.com: authoritative }
        servers:
          EDGE1: { role: edge, fqdn: edge1.contoso.com, addresses: [192.0.2.1] }
        sendConnectors:
          Inward: { server: EDGE1, addressSpaces: ["*.contoso.com"], smartHosts: [10.0.0.1] }
          Internet: { server: EDGE1, addressSpaces: ["*"] }
      `,
    ],
    bad: [
      yaml`
        organization:
          name: Contoso
          exchangeVersion: "2016"
          acceptedDomains: { contoso.com: authoritative, eu.contoso.com: authoritative }
          #                                              ^^^^^^^^^^^^^^ no Send connector that brings mail for "eu.contoso.com" inwards
        servers:
          EDGE1: { role: edge, fqdn: edge1.contoso.com, addresses: [192.0.2.1] }
        sendConnectors:
          Inward: { server: EDGE1, addressSpaces: [contoso.com], smartHosts: [10.0.0.1] }
          Internet: { server: EDGE1, addressSpaces: ["*"] }
      `,
    ],
  },
};

function spacesIn(connector: SendConnector): readonly (readonly [string, SendConnector])[] {
  return connector.addressSpaces.flatMap(({ parsed }) => {
    if (parsed === undefined || parsed.kind === 'other') return [];
    return [[parsed.kind === 'smtp' ? printDomainPattern(parsed.pattern) : '--', connector] as const];
  });
}

function serving(text: string, spaces: ReadonlyMap<string, SendConnector>): SendConnector | undefined {
  const pattern = parseDomainPattern(text);
  if (!pattern) return undefined;
  const space = spacesAround(pattern).find((one) => one !== '*' && spaces.has(one));
  return space === undefined ? undefined : spaces.get(space);
}

/** What is no domain is another rule's, and "*" among the accepted domains as well. */
function isServed(text: string, spaces: ReadonlyMap<string, SendConnector>): boolean {
  const pattern = parseDomainPattern(text);
  return !pattern || pattern.kind === 'all' || serving(text, spaces) !== undefined;
}
