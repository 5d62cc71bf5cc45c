import { mailRoute, ownHops, probesOf, yaml, type RuleModule } from '../../src/rule-kit.ts';

export const rule: RuleModule = {
  severity: 'warning',
  summary: 'Mail is handed to an Edge server that has no Send connector for it.',
  why: `An Edge server delivers nothing itself: it needs a Send connector for whatever it gets. An Edge server without a
    subscription has the connectors alone that are made on it, and mail for other domains goes to its Unreachable queue and
    expires there. So a connector inside that hands it all mail needs one on the Edge server that sends all mail on.`,
  sources: [
    'https://learn.microsoft.com/exchange/architecture/edge-transport-servers/configure-without-edgesync',
    'EXCH New-SendConnector -AddressSpaces',
  ],

  check({ topology, report }) {
    const hops = ownHops(topology).filter(({ target }) => target.role.value === 'edge');
    if (hops.length === 0) return;
    const route = mailRoute(topology);
    for (const { connector, target, at } of hops) {
      const lost = probesOf(connector).find(
        ({ domain }) => route.decide(target, domain).kind === 'unreachable',
      );
      if (!lost) continue;
      report({
        at,
        message: `Send connector "${connector.name.value}" hands mail for "${lost.space}" to Edge server "${target.name.value}", which has no Send connector for it.`,
        related: [{ at: target.name.at, note: 'the Edge server' }],
        help: `Make a Send connector with "server: ${target.name.value}" and "${lost.space}" among its addressSpaces.`,
      });
    }
  },

  examples: {
    good: [
      yaml`
        servers:
          MBX1: { role: mailbox, fqdn: mbx1.contoso.com, addresses: [10.0.0.1] }
          EDGE1: { role: edge, fqdn: edge1.contoso.com, addresses: [192.0.2.1] }
        sendConnectors:
          Outward: { addressSpaces: ["*"], smartHosts: [192.0.2.1], sourceTransportServers: [MBX1] }
          Internet: { server: EDGE1, addressSpaces: ["*"] }
      `,
    ],
    bad: [
      yaml`
        servers:
          MBX1: { role: mailbox, fqdn: mbx1.contoso.com, addresses: [10.0.0.1] }
          EDGE1: { role: edge, fqdn: edge1.contoso.com, addresses: [192.0.2.1] }
        sendConnectors:
          Outward: { addressSpaces: ["*"], smartHosts: [edge1.contoso.com], sourceTransportServers: [MBX1] }
          #                                             ^^^^^^^^^^^^^^^^^ which has no Send connector for it
          Fabrikam: { server: EDGE1, addressSpaces: [fabrikam.com] }
      `,
    ],
  },
};
