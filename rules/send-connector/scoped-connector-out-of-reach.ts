import {
  routeKey,
  sendRoutes,
  serversOf,
  siteOf,
  spacesAround,
  writtenTrue,
  yaml,
  type RuleModule,
  type SendConnector,
  type SendRoute,
} from '../../src/rule-kit.ts';

/** Who sees the connectors of one space. */
interface Sight {
  readonly everyone: boolean;
  readonly sites: ReadonlySet<string>;
}

export const rule: RuleModule = {
  severity: 'warning',
  summary:
    'A Send connector is scoped to its site, and servers of another site have no connector for its mail.',
  why: `A scoped connector is seen only by servers in the Active Directory sites of its source servers. For servers elsewhere it
    does not exist: mail there that no other connector serves goes to the Unreachable queue, waits and expires.`,
  sources: [
    'EXCH New-SendConnector -IsScopedConnector',
    'https://learn.microsoft.com/exchange/mail-flow/mail-routing/connector-selection',
  ],

  check({ topology, report }) {
    // EdgeSync gives every subscribed Edge server a connector for all domains, which everyone sees.
    if (topology.servers.some((one) => one.subscribedTo && one.setupDefaults === 'present')) return;
    const inside = topology.servers.filter(({ role }) => role.value === 'hub' || role.value === 'mailbox');
    const sights = new Map([...sendRoutes(topology)].map(([key, routes]) => [key, sightOf(routes)]));
    for (const connector of topology.sendConnectors) {
      const scoped = writtenTrue(connector, 'isScopedConnector');
      if (!scoped || !connector.enabled.value || connector.server) continue;
      if (serversOf(connector).some((server) => siteOf(server) === undefined)) continue;
      for (const { parsed } of connector.addressSpaces) {
        if (parsed?.kind !== 'smtp') continue;
        const around = spacesAround(parsed.pattern).flatMap(
          (space) => sights.get(routeKey('organization', space)) ?? [],
        );
        if (around.some(({ everyone }) => everyone)) continue;
        const blind = inside.find(
          ({ site }) => site && !around.some(({ sites }) => sites.has(key(site.value))),
        );
        if (!blind) continue;
        report({
          at: scoped.at,
          message: `"${blind.name.value}" has no Send connector for "${parsed.pattern.text}", for "${connector.name.value}" is scoped to ${sitesIn(connector)}.`,
          related: [{ at: blind.site?.at ?? blind.name.at, note: 'another site' }],
          help: 'Remove isScopedConnector, or make a connector for the other site.',
        });
        break;
      }
    }
  },

  examples: {
    good: [
      yaml`
        servers:
          MBX1: { role: mailbox, fqdn: mbx1.contoso.com, addresses: [10.0.0.1], site: Munich }
          MBX2: { role: mailbox, fqdn: mbx2.contoso.com, addresses: [10.1.0.1], site: Oslo }
        sendConnectors:
          Munich: { addressSpaces: ["*"], isScopedConnector: true, sourceTransportServers: [MBX1] }
          Oslo: { addressSpaces: ["*"], isScopedConnector: true, sourceTransportServers: [MBX2] }
          Fabrikam: { addressSpaces: [fabrikam.com], isScopedConnector: true, sourceTransportServers: [MBX2] }
      `,
    ],
    bad: [
      yaml`
        servers:
          MBX1: { role: mailbox, fqdn: mbx1.contoso.com, addresses: [10.0.0.1], site: Munich }
          MBX2: { role: mailbox, fqdn: mbx2.contoso.com, addresses: [10.1.0.1], site: Oslo }
        sendConnectors:
          Internet:
            addressSpaces: ["*"]
            isScopedConnector: true
            #                  ^^^^ "MBX2" has no Send connector for "*"
            sourceTransportServers: [MBX1]
      `,
    ],
  },
};

function key(site: string): string {
  return site.toLowerCase();
}

function sightOf(routes: readonly SendRoute[]): Sight {
  const sites = routes.flatMap(({ connector }) => serversOf(connector).map((server) => siteOf(server) ?? ''));
  return { everyone: routes.some(({ isScoped }) => !isScoped), sites: new Set(sites.map(key)) };
}

function sitesIn(connector: SendConnector): string {
  const sites = new Set(serversOf(connector).map((server) => siteOf(server) ?? ''));
  return [...sites].map((site) => `"${site}"`).join(' and ');
}
