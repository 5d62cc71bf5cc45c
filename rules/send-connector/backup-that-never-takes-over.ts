import { groupedBy, sendRoutes, standbyRoutes, yaml, type RuleModule } from '../../src/rule-kit.ts';

export const rule: RuleModule = {
  severity: 'info',
  summary:
    'A Send connector has a higher cost than another one for the same mail, so it is used only by hand.',
  why: `Cost is compared when mail is routed, not when it cannot be delivered: while the cheaper connector is enabled, mail waits
    in its queue, however long its smart hosts are down, and expires there. The dearer connector gets that mail only once
    someone disables the cheaper one. Smart hosts that shall stand in for each other belong on one connector. A connector
    that takes larger messages than the cheaper one is left alone.`,
  sources: [
    'https://learn.microsoft.com/exchange/mail-flow/mail-routing/connector-selection',
    'EXCH New-SendConnector -AddressSpaces',
    'EXCH New-SendConnector -SmartHosts',
  ],

  check({ topology, report }) {
    for (const routes of sendRoutes(topology).values()) {
      for (const rivals of groupedBy(routes, ({ sites }) => sites)) {
        for (const { route, taken: cheapest } of standbyRoutes(rivals)) {
          if (route.cost > cheapest.cost)
            report({
              at: route.space.at,
              message: `Send connector "${route.connector.name.value}" with cost ${route.cost} gets mail for "${route.pattern.text}" only while "${cheapest.connector.name.value}" with cost ${cheapest.cost} is disabled.`,
              related: [{ at: cheapest.space.at, note: 'the cheaper one' }],
              help: 'Name the smart hosts of both on one connector, if they shall stand in for each other.',
            });
        }
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
          Munich: { addressSpaces: ["SMTP:*;1"], sourceTransportServers: [MBX1] }
          Oslo: { addressSpaces: ["SMTP:*;10"], sourceTransportServers: [MBX2] }
      `,
      yaml`
        sendConnectors:
          Small: { addressSpaces: ["SMTP:*;1"], maxMessageSize: 10MB, sourceTransportServers: [MBX1] }
          Large: { addressSpaces: ["SMTP:*;2"], maxMessageSize: 50MB, sourceTransportServers: [MBX1] }
      `,
    ],
    bad: [
      yaml`
        sendConnectors:
          Provider: { addressSpaces: ["*"], smartHosts: [a.example.net], sourceTransportServers: [MBX1] }
          Spare: { addressSpaces: ["SMTP:*;50"], smartHosts: [b.example.org], sourceTransportServers: [MBX1] }
          #                        ^^^^^^^^^^^ only while "Provider" with cost 1 is disabled
      `,
    ],
  },
};
