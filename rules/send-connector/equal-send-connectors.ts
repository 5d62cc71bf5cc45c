import { groupedBy, sendRoutes, standbyRoutes, yaml, type RuleModule } from '../../src/rule-kit.ts';

export const rule: RuleModule = {
  severity: 'warning',
  summary: 'Two Send connectors are equal in all that selection compares, so one of them is never used.',
  why: `Among connectors with the same address space, cost and source servers Exchange takes the one whose name comes first,
    every time. It shares nothing out between connectors, and does not go on to the second one when the first one's smart
    hosts are down. Load is shared between the source servers and the smart hosts of one connector. A second connector
    that takes larger messages than the first is left alone.`,
  sources: [
    'https://learn.microsoft.com/exchange/mail-flow/mail-routing/connector-selection',
    'https://techgenix.com/transport-high-availability-exchange-2013-part4/',
    'EXCH New-SendConnector -AddressSpaces',
  ],

  check({ topology, report }) {
    for (const routes of sendRoutes(topology).values()) {
      for (const twins of groupedBy(routes, ({ cost, sources }) => `${cost} ${sources}`)) {
        for (const { route, taken } of standbyRoutes(twins)) {
          report({
            at: route.space.at,
            message: `All mail for "${route.pattern.text}" takes "${taken.connector.name.value}", for "${route.connector.name.value}" has the same cost and source servers and comes later in the alphabet.`,
            related: [{ at: taken.space.at, note: 'the one that is taken' }],
            help: 'Name the source servers and smart hosts of both on one connector.',
          });
        }
      }
    }
  },

  examples: {
    good: [
      yaml`
        sendConnectors:
          A: { addressSpaces: ["*"], sourceTransportServers: [MBX1] }
          B: { addressSpaces: ["*"], sourceTransportServers: [MBX2] }
      `,
      yaml`
        sendConnectors:
          A small: { addressSpaces: ["*"], maxMessageSize: 10MB, sourceTransportServers: [MBX1] }
          B large: { addressSpaces: ["*"], maxMessageSize: 50MB, sourceTransportServers: [MBX1] }
      `,
    ],
    bad: [
      yaml`
        sendConnectors:
          Provider 2: { addressSpaces: ["*"], smartHosts: [b.example.net], sourceTransportServers: [MBX1, MBX2] }
          #                             ^^^ All mail for "*" takes "Provider 1"
          Provider 1: { addressSpaces: ["*"], smartHosts: [a.example.net], sourceTransportServers: [MBX2, MBX1] }
      `,
    ],
  },
};
