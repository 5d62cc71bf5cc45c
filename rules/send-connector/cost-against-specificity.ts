import {
  routeKey,
  sendRoutes,
  spacesAround,
  yaml,
  type RuleModule,
  type SendRoute,
} from '../../src/rule-kit.ts';

export const rule: RuleModule = {
  severity: 'warning',
  summary:
    'A Send connector has a higher cost than another one, but is taken first, for its address space is the closer one.',
  why: `Exchange looks for the most specific address space first and compares costs only between connectors that have the same
    one. So fabrikam.com with cost 100 goes before * with cost 1, and a connector that was meant to stand back takes all mail
    for its domain. A cost higher than that of the wider space, where no other connector has the same space, does nothing.`,
  sources: [
    'https://learn.microsoft.com/exchange/mail-flow/mail-routing/connector-selection',
    'EXCH New-SendConnector -AddressSpaces',
  ],

  check({ topology, report }) {
    const routes = sendRoutes(topology);
    const cheapest = new Map(
      [...routes].map(([key, all]) => [key, all.reduce((best, one) => (one.cost < best.cost ? one : best))]),
    );
    for (const [route, ...rivals] of routes.values()) {
      // Between rivals with the same space the cost has its meaning.
      if (!route || rivals.length > 0 || route.cost === 1) continue;
      const wider = widerRoute(route, cheapest);
      if (!wider) continue;
      report({
        at: route.space.at,
        message: `Send connector "${route.connector.name.value}" with cost ${route.cost} takes all mail for "${route.pattern.text}", before "${wider.connector.name.value}" with cost ${wider.cost} for "${wider.pattern.text}".`,
        related: [{ at: wider.space.at, note: 'wider, so it is looked at later' }],
        help: 'Leave the cost out if that is meant, else give both connectors the same address space.',
      });
    }
  },

  examples: {
    good: [
      yaml`
        sendConnectors:
          Fabrikam: { addressSpaces: ["SMTP:fabrikam.com;5"], sourceTransportServers: [MBX1] }
          Internet: { addressSpaces: ["SMTP:*;10"], sourceTransportServers: [MBX1] }
      `,
      yaml`
        sendConnectors:
          First: { addressSpaces: [fabrikam.com], sourceTransportServers: [MBX1] }
          Second: { addressSpaces: ["SMTP:fabrikam.com;5"], sourceTransportServers: [MBX2] }
          Internet: { addressSpaces: ["*"], sourceTransportServers: [MBX1] }
      `,
    ],
    bad: [
      yaml`
        sendConnectors:
          Internet: { addressSpaces: ["*"], sourceTransportServers: [MBX1] }
          Leased line: { addressSpaces: ["SMTP:*.fabrikam.com;90"], sourceTransportServers: [MBX2] }
          #                              ^^^^^^^^^^^^^^^^^^^^^^^^ takes all mail for "*.fabrikam.com", before "Internet"
      `,
    ],
  },
};

/** Finds the closest wider space of another connector that costs less. */
function widerRoute(route: SendRoute, cheapest: ReadonlyMap<string, SendRoute>): SendRoute | undefined {
  const [, ...wider] = spacesAround(route.pattern);
  return wider
    .flatMap((space) => cheapest.get(routeKey(route.owner, space)) ?? [])
    .find(({ cost, connector }) => connector !== route.connector && cost < route.cost);
}
