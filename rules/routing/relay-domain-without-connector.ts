import {
  parseDomainPattern,
  printDomainPattern,
  sendRoutes,
  spacesAround,
  yaml,
  type AcceptedDomain,
  type DomainPattern,
  type RuleModule,
  type Topology,
} from '../../src/rule-kit.ts';

export const rule: RuleModule = {
  severity: 'warning',
  summary: 'A relay domain has no Send connector that takes its mail on.',
  why: `Mail for a relay domain that no mailbox here takes is sent on by a Send connector for that domain. Without one it waits in
    the Unreachable queue; and where the connector for all domains takes it, the MX records usually lead back here, until
    the message is returned with "554 5.4.14 Hop count exceeded". A domain that "delivery" names, or whose MX the file gives
    under "dns", is left alone.`,
  sources: [
    'https://learn.microsoft.com/troubleshoot/exchange/mailflow/hop-count-exceeded-possible-mail-loop',
    'https://learn.microsoft.com/exchange/mail-flow/accepted-domains/accepted-domains',
    'EXCH New-AcceptedDomain -DomainType',
  ],

  check({ topology, report }) {
    const { organization, delivery, dns } = topology;
    const known = new Set([
      ...delivery.map(({ domain }) => domain.value.toLowerCase()),
      ...dns.filter(({ mx }) => mx.length > 0).map(({ name }) => name.value.toLowerCase()),
    ]);
    const served = servedBy(topology);
    const isSynced = topology.servers.some((one) => one.subscribedTo && one.setupDefaults === 'present');
    for (const accepted of organization.acceptedDomains) {
      const { domain, type } = accepted;
      if (type.value === 'authoritative' || known.has(domain.value.toLowerCase())) continue;
      const pattern = parseDomainPattern(domain.value);
      if (!pattern || pattern.kind === 'all' || hasOwnConnector(pattern, served)) continue;
      report({
        at: domain.at,
        message: `Relay domain "${domain.value}" has no Send connector of its own, and ${
          served.spaces.has('*') || isSynced
            ? 'the one for all domains sends its mail where the MX records say, which may be here'
            : 'none for all domains either'
        }.`,
        related: [{ at: type.at, note: wordsFor(accepted) }],
        help: `Make a Send connector with "${domain.value}" among its addressSpaces, and the next server as its smart host.`,
      });
    }
  },

  examples: {
    good: [
      yaml`
        organization: { name: Contoso, exchangeVersion: "2016", acceptedDomains: { lab.contoso.com: internalRelay } }
        sendConnectors:
          Lab: { addressSpaces: ["*.contoso.com"], smartHosts: [10.0.9.9], sourceTransportServers: [MBX1] }
      `,
      yaml`
        organization: { name: Contoso, exchangeVersion: "2016", acceptedDomains: { lab.contoso.com: internalRelay } }
        sendConnectors:
          Internet: { addressSpaces: ["*"], sourceTransportServers: [MBX1] }
        dns:
          lab.contoso.com: { mx: [[10, mx.lab.contoso.com]] }
      `,
    ],
    bad: [
      yaml`
        organization:
          name: Contoso
          exchangeVersion: "2016"
          acceptedDomains: { contoso.com: authoritative, lab.contoso.com: internalRelay }
          #                                              ^^^^^^^^^^^^^^^ has no Send connector of its own
        sendConnectors:
          Internet: { addressSpaces: ["*"], sourceTransportServers: [MBX1] }
      `,
    ],
  },
};

function wordsFor({ type }: AcceptedDomain): string {
  return type.value === 'internalRelay'
    ? 'what has no mailbox here is relayed inside'
    : 'its mail is relayed outside';
}

/** The spaces that enabled connectors have, whoever owns them, and the domains that something of this lies below. */
interface Served {
  readonly spaces: ReadonlySet<string>;
  readonly parents: ReadonlySet<string>;
}

function servedBy(topology: Topology): Served {
  const patterns = [...sendRoutes(topology).values()].flatMap(([route]) => (route ? [route.pattern] : []));
  const parents = patterns.flatMap((pattern) =>
    pattern.kind === 'all'
      ? []
      : pattern.domain.labels.map((_, index) => pattern.domain.labels.slice(index + 1).join('.')),
  );
  return { spaces: new Set(patterns.map(printDomainPattern)), parents: new Set(parents) };
}

/** Of subdomains by a wildcard, a connector for one of them is sign enough that somebody thought of it. */
function hasOwnConnector(pattern: DomainPattern, { spaces, parents }: Served): boolean {
  if (spacesAround(pattern).some((space) => space !== '*' && spaces.has(space))) return true;
  return pattern.kind === 'wildcard' && parents.has(pattern.domain.ascii);
}
